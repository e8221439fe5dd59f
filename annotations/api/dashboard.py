"""/projects/{slug}/dashboard/: the figures of a project's dashboard; an annotator's are those of their own work."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.api.agreement import FigureSerializer
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.queries.dashboard import SPANS_OF_DAYS, scope_from
from annotations.queries.dashboard_figures import PLAIN, Figures
from annotations.queries.forecast import Outlook
from annotations.queries.selection import FilterInvalid
from annotations.queries.stances import MOST_CELLS


class StagesSerializer(serializers.Serializer[Any]):
    """How many articles stand where, each at its furthest stage."""

    total = serializers.IntegerField()
    gold = serializers.IntegerField()
    review = serializers.IntegerField(help_text="Handed in by all who read them, and not yet gold.")
    in_hand = serializers.IntegerField()
    assigned = serializers.IntegerField()
    free = serializers.IntegerField()


class ForecastSerializer(serializers.Serializer[Any]):
    """When the last article becomes gold at the pace of the last four weeks, or why that can't be said."""

    outlook = serializers.ChoiceField(choices=[outlook.value for outlook in Outlook])
    day = serializers.DateField(allow_null=True)
    pace = serializers.FloatField(allow_null=True, help_text="Articles a day.")
    deadline = serializers.DateField(allow_null=True)


class MinutesSerializer(serializers.Serializer[Any]):
    """How long an article takes, in minutes: median and quartiles."""

    median = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    articles = serializers.IntegerField()


class DaySerializer(serializers.Serializer[Any]):
    """How many articles were gold, and handed in, by the end of a day."""

    day = serializers.DateField()
    gold = serializers.IntegerField()
    handed_in = serializers.IntegerField()


class WeekSerializer(serializers.Serializer[Any]):
    """A week from Saturday on."""

    begins = serializers.DateField()
    count = serializers.IntegerField()


class PersonSerializer(serializers.Serializer[Any]):
    """One annotator, under their pseudonym."""

    person = serializers.CharField()
    gold = serializers.IntegerField()
    review = serializers.IntegerField(help_text="Handed in, and not yet gold.")
    in_hand = serializers.IntegerField()
    assigned = serializers.IntegerField()
    f1 = serializers.FloatField(allow_null=True, help_text="Of their spans with the gold sets', when last measured.")
    compared = serializers.IntegerField(help_text="On so many articles.")
    minutes = MinutesSerializer()
    last_at = serializers.DateTimeField(allow_null=True)


class LabelCountSerializer(serializers.Serializer[Any]):
    """How often a label was given."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    kind = serializers.CharField()
    count = serializers.IntegerField()


class MentionedSerializer(serializers.Serializer[Any]):
    """An entity, and how many mentions are linked to it."""

    key = serializers.CharField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field, no attribute
    name = serializers.CharField()
    mentions = serializers.IntegerField()


class CorpusSerializer(serializers.Serializer[Any]):
    """What stands in the counted sets."""

    whose = serializers.ChoiceField(choices=[policy.OWN, policy.GOLD, policy.EVERYONE])
    sets = serializers.IntegerField()
    kinds = serializers.DictField(child=serializers.IntegerField(), help_text="Annotations by kind of label.")
    linked = serializers.IntegerField(help_text="Mentions that are linked to an entity.")
    distinct = serializers.IntegerField(help_text="Entities they are linked to.")
    entities = MentionedSerializer(many=True)


class StanceCellSerializer(serializers.Serializer[Any]):
    """The stances of one holder towards one target; names are empty where there is none (`implicit`, `article`, …)."""

    holder = serializers.CharField()
    holder_name = serializers.CharField(allow_blank=True)
    target = serializers.CharField()
    target_name = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField()
    favor = serializers.IntegerField()
    against = serializers.IntegerField()


class HappeningSerializer(serializers.Serializer[Any]):
    """Something that happened: a person's same acts of one day together."""

    at = serializers.DateTimeField()
    what = serializers.CharField(help_text="A transition's key, `import` or `guideline`.")
    who = serializers.CharField(allow_blank=True)
    by_other = serializers.BooleanField(help_text="By somebody whose name is not for you.")
    headline = serializers.CharField(allow_blank=True)
    article = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)


class MeasuredSerializer(serializers.Serializer[Any]):
    """One measuring of agreement."""

    made_at = serializers.DateTimeField()
    kind = serializers.CharField(help_text="Of the labels that alpha is of.")
    alpha = FigureSerializer()
    exact = FigureSerializer()
    partial = FigureSerializer()  # type: ignore[assignment]  # a field, no attribute
    relations = FigureSerializer()


class GuidelineDaySerializer(serializers.Serializer[Any]):
    """When a version of the guideline was published."""

    version = serializers.IntegerField()
    day = serializers.DateField()


class TrendSerializer(serializers.Serializer[Any]):
    """Agreement over time, the last measuring of each day."""

    threshold = serializers.FloatField()
    points = MeasuredSerializer(many=True)
    guideline_versions = GuidelineDaySerializer(many=True)


class DashboardSerializer(serializers.Serializer[Any]):
    """The parts that were asked for."""

    stages = StagesSerializer(required=False)
    forecast = ForecastSerializer(required=False)
    minutes = MinutesSerializer(required=False)
    progress = DaySerializer(many=True, required=False)
    pace = WeekSerializer(many=True, required=False)
    people = PersonSerializer(many=True, required=False)
    labels = LabelCountSerializer(many=True, required=False)
    corpus = CorpusSerializer(required=False)
    stances = StanceCellSerializer(
        many=True, required=False, help_text=f"The {MOST_CELLS:,} cells that hold most stances, the strongest first."
    )
    latest = HappeningSerializer(many=True, required=False)
    trend = TrendSerializer(required=False, allow_null=True, help_text="Null for annotators: it would unblind them.")


class DashboardView(APIView):
    """Where a project stands."""

    @extend_schema(
        operation_id="projects_dashboard",
        parameters=[
            OpenApiParameter("parts", str, description=f"Only these, with commas between: {', '.join(PLAIN)}."),
            OpenApiParameter("days", str, enum=SPANS_OF_DAYS, description="What was handed in in the last days."),
            OpenApiParameter("since", str, description="What was handed in from this day, month or year on."),
            OpenApiParameter("until", str, description="What was handed in up to this day, month or year."),
            OpenApiParameter("source", str, description="Articles of one outlet, by its name."),
            OpenApiParameter("annotator", str, description="One person's work, by pseudonym; not for annotators."),
        ],
        responses={
            200: DashboardSerializer,
            422: OpenApiResponse(ProblemSerializer, "A value that means nothing"),
            404: OpenApiResponse(ProblemSerializer, "No such project for you"),
        },
    )
    def get(self, request: SignedRequest, slug: str) -> Response:
        """The figures of the dashboard; an annotator sees those of their own work."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        scope = scope_from(request.query_params, project=project, by=request.user)
        asked = [part for part in request.query_params.get("parts", "").split(",") if part] or list(PLAIN)
        for part in asked:
            if part not in PLAIN:
                raise FilterInvalid(field="parts", value=part, known=", ".join(PLAIN))
        figures = Figures(scope)
        return Response({part: PLAIN[part](figures) for part in asked})
