"""/projects/{slug}/export/articles/ and /preview/: what would an export hold, and what would it look like?"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.exports import (
    FORMAT,
    PARAMETERS,
    AnyNegotiation,
    asked_exporter,
    asked_selection,
)
from annotations.api.pagination import KeysetPagination
from annotations.models import AnnotationSet, ProjectArticle, SetKind, SetStatus
from annotations.queries.chosen import chosen_places, with_sets
from annotations.queries.exports import PREVIEWED, look
from annotations.queries.selection import Selection


class ChosenSetSerializer(serializers.ModelSerializer[AnnotationSet]):
    """A chosen set: whose, how far, and how much it holds before `only` and `without` narrow what is written."""

    kind = serializers.ChoiceField(choices=SetKind.choices)
    status = serializers.ChoiceField(choices=SetStatus.choices)
    spans = serializers.IntegerField(source="span_count")
    relations = serializers.IntegerField(source="relation_count")

    class Meta:
        model = AnnotationSet
        fields = ("id", "uid", "kind", "status", "pseudonym", "spans", "relations", "updated_at")


class ChosenArticleSerializer(serializers.Serializer[Any]):
    """An article that an export would hold; its text is at /articles/{id}/."""

    id = serializers.IntegerField(source="article.pk")
    uid = serializers.CharField(source="article.uid")
    headline = serializers.CharField(source="article.headline")
    source = serializers.CharField(source="article.source.name", default=None, allow_null=True)  # type: ignore[assignment]  # a field, no attribute
    published_at = serializers.DateTimeField(source="article.published_at", allow_null=True)
    sets = ChosenSetSerializer(many=True)


class PreviewSerializer(serializers.Serializer[dict[str, Any]]):
    """What an export begins with; `content` is null where that is no text, `file` its name in a ZIP."""

    format = serializers.CharField()
    media_type = serializers.CharField()
    articles = serializers.IntegerField(help_text="How many of the first articles it was made of, at most.")
    content = serializers.CharField(allow_null=True)
    truncated = serializers.BooleanField()
    file = serializers.CharField(allow_blank=True)
    files = serializers.ListField(child=serializers.CharField())


class InOrder(KeysetPagination):
    """Pages in the order that an export writes in."""

    ordering = "id"


class ExportArticlesView(ListAPIView[ProjectArticle]):
    """Lists the articles that the same filter exports."""

    queryset = ProjectArticle.objects.none()
    serializer_class = ChosenArticleSerializer
    pagination_class = InOrder
    filter_backends = ()
    selection: Selection

    @extend_schema(operation_id="projects_export_articles", parameters=PARAMETERS)
    def get(self, request: Request, slug: str) -> Response:
        """The chosen articles in the order of the export, each with its chosen sets; `page_size` up to 200."""
        self.selection = asked_selection(request, slug)
        return self.list(request)

    def get_queryset(self) -> QuerySet[ProjectArticle]:
        """The places of the chosen articles."""
        return chosen_places(self.selection)

    def paginate_queryset(self, queryset: QuerySet[ProjectArticle, Any] | Sequence[Any]) -> list[Any]:
        """Returns a page with the sets of its articles."""
        return with_sets(self.selection, super().paginate_queryset(queryset) or [])


class ExportPreviewView(APIView):
    """Shows what an export would look like."""

    content_negotiation_class = AnyNegotiation

    @extend_schema(
        operation_id="projects_export_preview",
        parameters=[*FORMAT, *PARAMETERS],
        responses=PreviewSerializer,
    )
    def get(self, request: Request, slug: str) -> Response:
        """The first 32 kB of what the first three articles are in a format; of a ZIP its first file of text."""
        selection, exporter = asked_selection(request, slug), asked_exporter(request)
        found = look(exporter, selection, options=request.query_params)
        shown = {
            "format": exporter.key,
            "media_type": exporter.media_type,
            "articles": min(selection.limit or PREVIEWED, PREVIEWED),
            "content": found.text,
            "truncated": found.is_cut,
            "file": found.name,
            "files": list(found.files),
        }
        return Response(PreviewSerializer(shown).data)
