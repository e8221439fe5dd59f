"""/projects/{slug}/agreement/: the last figures of how far a project's annotators agree."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.api.serializers import ProblemSerializer
from annotations.queries.agreement import examples_of, fingerprint, last_report, parse_cell


class FigureSerializer(serializers.Serializer[Any]):
    """A measure with its 95 % interval; null where nothing was there to be measured."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class LabelAgreementSerializer(serializers.Serializer[Any]):
    """One span label; spans are counted once for each pair of people."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    spans = serializers.IntegerField()
    exact = FigureSerializer()
    partial = FigureSerializer()  # type: ignore[assignment]  # a field, no attribute
    alpha = FigureSerializer()


class PairAgreementSerializer(serializers.Serializer[Any]):
    """Two people, under their pseudonyms."""

    people = serializers.ListField(child=serializers.CharField())
    articles = serializers.IntegerField()
    exact = FigureSerializer()
    partial = FigureSerializer()  # type: ignore[assignment]  # a field, no attribute
    relations = FigureSerializer()


class CohenSerializer(FigureSerializer):
    """Cohen's kappa of two people."""

    people = serializers.ListField(child=serializers.CharField())


class FleissSerializer(FigureSerializer):
    """Fleiss' kappa of the units that so many people gave a value."""

    people = serializers.IntegerField()


class DocumentAgreementSerializer(serializers.Serializer[Any]):
    """One label of whole articles, with its topic."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    topic = serializers.CharField(allow_null=True)
    units = serializers.IntegerField()
    equal = FigureSerializer()
    alpha = FigureSerializer()
    cohen = CohenSerializer(many=True)
    fleiss = FleissSerializer(many=True)


class ConfusionSerializer(serializers.Serializer[Any]):
    """How often the first of two people said one label where the second said the other; null for nothing."""

    one = serializers.CharField(allow_null=True)
    other = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()


class ExampleSpanSerializer(serializers.Serializer[Any]):
    """A span of an example; ranges are code points of the article's text, half-open. Long quotes are cut."""

    ranges = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    quote = serializers.CharField()


class ExampleSerializer(serializers.Serializer[Any]):
    """A place where two people differ: the article's uid, their pseudonyms, the span of each."""

    article = serializers.CharField()
    people = serializers.ListField(child=serializers.CharField())
    spans = serializers.ListField(child=ExampleSpanSerializer(allow_null=True))


class GoldScoreSerializer(serializers.Serializer[Any]):
    """One person's spans on the gold articles of one outlet; matched are those with the same bounds and label."""

    person = serializers.CharField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field, no attribute
    articles = serializers.IntegerField()
    matched = serializers.IntegerField()
    spans = serializers.IntegerField()
    gold = serializers.IntegerField(help_text="Spans of the gold sets on the same articles.")


class ReportSerializer(serializers.Serializer[Any]):
    """All figures; docs/agreement.md says what each means."""

    articles = serializers.IntegerField(help_text="That two annotators or more have handed in.")
    annotations = serializers.IntegerField(help_text="Spans and relations on them.")
    people = serializers.ListField(child=serializers.CharField())
    exact = FigureSerializer()
    partial = FigureSerializer()  # type: ignore[assignment]  # a field, no attribute
    relations = FigureSerializer()
    relations_on_matched_spans = FigureSerializer()
    alpha = serializers.DictField(child=FigureSerializer(), help_text="Over words, by kind of label.")
    labels = LabelAgreementSerializer(many=True)
    pairs = PairAgreementSerializer(many=True)
    documents = DocumentAgreementSerializer(many=True)
    confusion = ConfusionSerializer(many=True)
    gold = GoldScoreSerializer(many=True, required=False, help_text="How close each person comes to the gold sets.")


class AgreementSerializer(serializers.Serializer[Any]):
    """The last report, null where nothing was measured yet."""

    made_at = serializers.DateTimeField(allow_null=True)
    stale = serializers.BooleanField(help_text="Finished sets have come, gone or changed since.")
    report = ReportSerializer(allow_null=True)
    examples = ExampleSerializer(many=True, help_text="Those kept of the cell that was asked for.")


class AgreementView(APIView):
    """How far annotators agree."""

    @extend_schema(
        operation_id="projects_agreement",
        parameters=[
            OpenApiParameter("cell", str, description="Also examples of one cell of confusion, `ORG:LOC` or `ORG:`.")
        ],
        responses={
            200: AgreementSerializer,
            403: OpenApiResponse(ProblemSerializer, "Not for annotators: it would unblind them"),
            404: OpenApiResponse(ProblemSerializer, "No such project for you"),
        },
    )
    def get(self, request: Request, slug: str) -> Response:
        """The figures that were last measured; measuring is begun on the project's page."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        if not policy.can_see_agreement(request.user, project):
            raise PermissionDenied
        report, cell = last_report(project), request.query_params.get("cell")
        return Response(
            {
                "made_at": report and report.made_at,
                "stale": report is not None and report.fingerprint != fingerprint(project),
                "report": report and report.result,
                "examples": examples_of(report, parse_cell(cell)) if report and cell else [],
            }
        )
