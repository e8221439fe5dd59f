"""/projects/{slug}/concordance/: where words stand in a project's articles, and one label for many of the places."""

from collections import Counter
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.giving import label_hits, preview
from annotations.api.bulk_edits import BulkEditSerializer
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.api.throttles import PacedThrottle, ScopedThrottle
from annotations.models import Project
from annotations.queries.concordance import PAGE, WINDOW, Concordance, Line, concordance, spread
from annotations.queries.concordance_filter import ORDERS, choice_from
from annotations.queries.giving import MOST_HITS, Asked, Plan

FILTERS = [
    OpenApiParameter("q", str, required=True, description='Words, "a phrase", begin*; as the search reads them.'),
    OpenApiParameter("whose", str, description="Whose labels are read: own; for reviewers also gold, everyone."),
    OpenApiParameter(
        "label", str, description="A label's key, `-key` for hits without it, `none` for unlabelled hits."
    ),
    OpenApiParameter("source", str, description="The outlet's name."),
    OpenApiParameter("since", str, description="First day of publication: a day, month or year, Jalali or Gregorian."),
    OpenApiParameter("until", str, description="Last day of publication."),
    OpenApiParameter("order", str, enum=ORDERS, description=f"Others than corpus sort the first {WINDOW} hits."),
]


class SaidSerializer(serializers.Serializer[Any]):
    """A label that a hit bears."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    exact = serializers.BooleanField(help_text="On exactly these words; else on a span around them.")
    sets = serializers.IntegerField(help_text="In how many sets.")


class LineSerializer(serializers.Serializer[Any]):
    """A hit with its contexts, neighbouring slices of the text; offsets are code points, half-open."""

    article = serializers.IntegerField()
    text_sha256 = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    before = serializers.CharField()
    quote = serializers.CharField()
    after = serializers.CharField()
    more_before = serializers.BooleanField(help_text="The paragraph begins further before.")
    more_after = serializers.BooleanField()
    labels = SaidSerializer(many=True)
    headline = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field, no attribute
    published_at = serializers.DateTimeField(allow_null=True)


class ConcordanceSerializer(serializers.Serializer[Any]):
    """A page of hits; `next` and `previous` are cursors."""

    hits = LineSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    partial = serializers.BooleanField(  # type: ignore[assignment]  # a field, no attribute
        help_text="It looked through as many articles as one page may; go on with `next`."
    )
    sorted_hits = serializers.IntegerField(allow_null=True)
    more_unsorted = serializers.BooleanField()
    spread = serializers.DictField(
        child=serializers.IntegerField(), help_text="Labels of spans of exactly these words, whatever the filter."
    )


class HitSerializer(serializers.Serializer[Any]):
    """A chosen hit, as a page said it."""

    article = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    start = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    end = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    quote = serializers.CharField(max_length=2000, trim_whitespace=False)


class LabelHitsSerializer(serializers.Serializer[None]):
    """Hits to bear a label; with `preview` nothing is written."""

    id = serializers.UUIDField(help_text="Made by the client; the same again is done once.")
    label = serializers.CharField(max_length=40)  # type: ignore[assignment]  # a field, no attribute
    hits = HitSerializer(many=True, allow_empty=False, max_length=MOST_HITS)  # type: ignore[call-arg]  # known with `many`
    into = serializers.ChoiceField([policy.OWN, policy.GOLD], default=policy.OWN)
    begin = serializers.BooleanField(default=False, help_text="Begin one's own set on articles that have none.")
    words = serializers.CharField(max_length=500, default="", allow_blank=True)
    preview = serializers.BooleanField(default=False)


class LabelledSerializer(serializers.Serializer[Any]):
    """What becomes, or would become, of each hit, in the order of the request's hits by article."""

    counts = serializers.DictField(child=serializers.IntegerField())
    was = serializers.DictField(child=serializers.IntegerField(), help_text="Labels that are replaced.")
    articles_to_begin = serializers.IntegerField()
    outcomes = serializers.ListField(child=serializers.ListField())
    edit = BulkEditSerializer(allow_null=True)


def _project(request: Request, slug: str) -> Project:
    return get_object_or_404(policy.visible_projects(request.user), slug=slug)


NO_PROJECT = {404: OpenApiResponse(ProblemSerializer, "No such project for you")}
INVALID = {422: OpenApiResponse(ProblemSerializer, "A filter or field that means nothing")}
TAKEN = {409: OpenApiResponse(ProblemSerializer, "The id is that of another edit")}


class ConcordanceView(APIView):
    """Where words stand in a project's articles."""

    @extend_schema(
        operation_id="concordance",
        parameters=[*FILTERS, OpenApiParameter("cursor", str), OpenApiParameter("page_size", int)],
        responses={200: ConcordanceSerializer} | NO_PROJECT | INVALID,
    )
    def get(self, request: SignedRequest, slug: str) -> Response:
        """A page of hits, the newest article first; `page_size` up to 200."""
        said = request.query_params
        choice = choice_from(said, project=_project(request, slug), by=request.user)
        size = int(said.get("page_size", PAGE))  # a number from 1 to 200, see `bounds`
        page = concordance(choice, by=request.user, cursor=said.get("cursor", ""), size=size)
        counted = spread(choice, by=request.user)
        return Response(page_data(page) | {"spread": dict(counted.labels)})


class LabelHitsView(SamePerson, APIView):
    """Gives a label to chosen hits."""

    throttle_classes = [PacedThrottle, ScopedThrottle]
    throttle_scope = "bulk_edits"

    @extend_schema(
        operation_id="concordance_label",
        parameters=[PERSON],
        request=LabelHitsSerializer,
        responses={200: LabelledSerializer} | NO_PROJECT | TAKEN | INVALID,
    )
    def post(self, request: Request, slug: str) -> Response:
        """Writes one operation for each hit that needs one, as one bulk edit; or says what it would write."""
        project = _project(request, slug)
        asked = LabelHitsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said: dict[str, Any] = asked.validated_data
        hits = [Asked(**hit) for hit in said["hits"]]
        named = {"by": request.user, "uid": str(said["id"]), "into": said["into"]}
        if said["preview"]:
            return Response(_labelled(preview(project, hits, said["label"], **named)))
        edit, planned = label_hits(project, hits, said["label"], **named, begin=said["begin"], words=said["words"])
        return Response(_labelled(planned) | {"edit": BulkEditSerializer(edit).data})


def _labelled(planned: Plan) -> dict[str, Any]:
    outcomes = [[*one.hit[:3], str(one.fate), one.was] for one in planned.outcomes]
    return {
        "counts": dict(Counter(str(one.fate) for one in planned.outcomes)),
        "was": dict(Counter(one.was for one in planned.outcomes if one.was and one.fate == "relabelled")),
        "articles_to_begin": len(planned.may_begin),
        "outcomes": outcomes,
        "edit": None,
    }


def page_data(page: Concordance) -> dict[str, Any]:
    """Returns a page as the API says it."""
    return {
        "hits": [_line(line) for line in page.lines],
        "next": page.next,
        "previous": page.previous,
        "partial": page.partial,
        "sorted_hits": page.sorted_hits,
        "more_unsorted": page.more_unsorted,
    }


def _line(line: Line) -> dict[str, Any]:
    article = line.hit.article
    return {
        "article": article.pk,
        "text_sha256": article.text_sha256,
        "start": line.hit.start,
        "end": line.hit.end,
        "before": line.before,
        "quote": line.words,
        "after": line.after,
        "more_before": line.row.more_before,
        "more_after": line.row.more_after,
        "labels": [said._asdict() for said in line.hit.said],
        "headline": article.headline,
        "source": article.source,
        "published_at": article.published_at,
    }
