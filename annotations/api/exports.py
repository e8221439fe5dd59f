"""/projects/{slug}/export/: the corpus as a stream."""

from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.exporters import EXPORTERS
from annotations.exporters.compress import gzipped
from annotations.queries.records import stream_records
from annotations.queries.selection import FilterInvalid, Selection, selection_from

FILTERS = [
    OpenApiParameter("kind", str, description="Kinds of sets, comma separated: annotator, gold, machine, imported."),
    OpenApiParameter("status", str, description="Statuses of sets, comma separated."),
    OpenApiParameter("source", str, description="The outlet's name."),
    OpenApiParameter("published_from", OpenApiTypes.DATE, description="First day of publication."),
    OpenApiParameter("published_to", OpenApiTypes.DATE, description="Day after the last day of publication."),
    OpenApiParameter("unannotated", bool, description="Also articles without any chosen set."),
]


class AnyNegotiation(BaseContentNegotiation):
    """Leaves `format` to the view: it names a file format, not a renderer."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """The first parser."""
        return next(iter(parsers))

    def select_renderer(self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None) -> Any:
        """The first renderer, whatever is accepted."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


def _selection(request: Request, slug: str) -> Selection:
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    if not policy.can_export(request.user, project):
        raise PermissionDenied
    return selection_from(request.query_params, project=project)


class ExportView(APIView):
    """Streams a project's records in a format."""

    content_negotiation_class = AnyNegotiation

    @extend_schema(
        operation_id="projects_export",
        parameters=[
            OpenApiParameter("format", str, description=f"One of: {', '.join(EXPORTERS)}."),
            OpenApiParameter("compress", str, enum=["gzip"], description="Ask for a gzip file."),
            *FILTERS,
        ],
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        """Yields the same bytes as `manage.py export_corpus` with the same filter."""
        selection = _selection(request, slug)
        name = request.query_params.get("format", "jsonl")
        if name not in EXPORTERS:
            raise FilterInvalid(field="format", value=name, known=", ".join(EXPORTERS))
        compress = request.query_params.get("compress", "")
        if compress not in ("", "gzip"):
            raise FilterInvalid(field="compress", value=compress, known="gzip")
        exporter = EXPORTERS[name]
        chunks = exporter.write(stream_records(selection))
        filename = f"{selection.project.slug}.{exporter.suffix}"
        if compress:
            chunks, filename = gzipped(chunks), f"{filename}.gz"
        media_type = "application/gzip" if compress else exporter.media_type
        response = StreamingHttpResponse(chunks, content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        # Already packed or not worth a second pass: the middleware would gzip each chunk again.
        response["Content-Encoding"] = "identity"
        return response


class ExportCountView(APIView):
    """Counts what an export would hold."""

    @extend_schema(
        operation_id="projects_export_count",
        parameters=FILTERS,
        responses={
            200: {"type": "object", "properties": {"articles": {"type": "integer"}, "sets": {"type": "integer"}}}
        },
    )
    def get(self, request: Request, slug: str) -> Response:
        """The number of articles and sets that the same filter exports."""
        selection = _selection(request, slug)
        articles = selection.articles()
        sets = selection.sets().filter(article__in=articles.values("article"))
        return Response({"articles": articles.count(), "sets": sets.count()})
