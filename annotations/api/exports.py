"""/projects/{slug}/export/: the corpus as a stream, its size and its losses; /export-formats/: what it can be."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.api.export_formats import OPTIONS
from annotations.exporters import EXPORTERS, Exporter
from annotations.exporters.compress import gzipped
from annotations.exporters.losses import HAPPENED, Losses
from annotations.queries.exports import begun, measure
from annotations.queries.selection import DAYS, FILTERS, FLAGS, FilterInvalid, Selection, flag, selection_from

_TYPES = dict.fromkeys(FLAGS, bool) | dict.fromkeys(DAYS, OpenApiTypes.DATE) | {"agreement": float, "limit": int}
PARAMETERS = [
    OpenApiParameter(name, _TYPES.get(name, str), description=described) for name, described in FILTERS.items()
]
FORMAT = [
    OpenApiParameter("format", str, enum=list(EXPORTERS), description="The format, `jsonl` unless said."),
    *OPTIONS,
]


# Packed on the way a corpus should not take longer than unpacked; a file that is kept is packed well.
QUICK = 1
PACKED = ("application/zip",)


class AnyNegotiation(BaseContentNegotiation):
    """Leaves `format` to the view: it names a file format, not a renderer."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """The first parser."""
        return next(iter(parsers))

    def select_renderer(self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None) -> Any:
        """The first renderer, whatever is accepted."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


def asked_selection(request: Request, slug: str) -> Selection:
    """Returns what the request selects of a project. Raises Http404, PermissionDenied and FilterInvalid."""
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    if not policy.can_export(request.user, project):
        raise PermissionDenied
    return selection_from(request.query_params, project=project)


def asked_exporter(request: Request) -> Exporter:
    """Returns the format that the request names, the native one where none. Raises FilterInvalid."""
    name = request.query_params.get("format") or "jsonl"
    if name not in EXPORTERS:
        raise FilterInvalid(field="format", value=name, known=", ".join(EXPORTERS))
    return EXPORTERS[name]


def accepts_gzip(headers: Mapping[str, str]) -> bool:
    """Whether `Accept-Encoding` names gzip, and not to refuse it."""
    for said in headers.get("Accept-Encoding", "").lower().split(","):
        name, _mark, weight = said.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight == "" or weight.strip("0.") != ""
    return False


def _until_read(chunks: Iterator[bytes], losses: Losses) -> Iterator[bytes]:
    with losses:
        yield from chunks


class ExportView(APIView):
    """Streams a project's records in a format."""

    content_negotiation_class = AnyNegotiation

    @extend_schema(
        operation_id="projects_export",
        parameters=[
            *FORMAT,
            OpenApiParameter("compress", str, enum=["gzip"], description="Ask for a gzip file."),
            OpenApiParameter("strict", bool, description="Refuse, before the first byte, what the format can't hold."),
            *PARAMETERS,
        ],
        responses={(200, exporter.media_type): OpenApiTypes.BINARY for exporter in EXPORTERS.values()},
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        """Yields the same bytes as `manage.py export_corpus` with the same filter.

        With `updated_after` the header `Newsroom-Cursor` says where the next pull goes on.
        """
        selection, exporter = asked_selection(request, slug), asked_exporter(request)
        compress = request.query_params.get("compress", "")
        if compress not in ("", "gzip"):
            raise FilterInvalid(field="compress", value=compress, known="gzip")
        options, strict = request.query_params, flag(request.query_params, "strict")
        chunks, losses = begun(exporter, selection, options=options, strict=strict)
        filename = f"{selection.project.slug}.{exporter.suffix}"
        chunks = _until_read(chunks, losses)
        if compress:
            chunks, filename = gzipped(chunks), f"{filename}.gz"
        packed = not compress and exporter.media_type not in PACKED and accepts_gzip(request.headers)
        if packed:
            chunks = gzipped(chunks, level=QUICK, at_once=True)
        media_type = "application/gzip" if compress else exporter.media_type
        response = StreamingHttpResponse(chunks, content_type=media_type)
        if selection.window is not None:
            response["Newsroom-Cursor"] = selection.window.cursor
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        # Said here: the middleware would gzip each chunk again.
        response["Content-Encoding"] = "gzip" if packed else "identity"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


class ExportCountView(APIView):
    """Counts what an export would hold."""

    @extend_schema(
        operation_id="projects_export_count",
        parameters=PARAMETERS,
        responses={
            200: {"type": "object", "properties": {"articles": {"type": "integer"}, "sets": {"type": "integer"}}}
        },
    )
    def get(self, request: Request, slug: str) -> Response:
        """The number of articles and sets that the same filter exports."""
        articles, sets = asked_selection(request, slug).count()
        return Response({"articles": articles, "sets": sets})


class ExportLossesView(APIView):
    """Says what an export in a format would lose."""

    content_negotiation_class = AnyNegotiation

    @extend_schema(
        operation_id="projects_export_losses",
        parameters=[*FORMAT, *PARAMETERS],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request, slug: str) -> Response:
        """Counts by kind and the first cases of each, as the same export would; it takes as long as the export."""
        selection, exporter = asked_selection(request, slug), asked_exporter(request)
        with Losses(format=exporter.key) as losses:
            measure(exporter, selection, options=request.query_params, losses=losses)
            counts = [
                {"code": code, "title": _(HAPPENED[code]), "count": count}
                for code, count in losses.counts.most_common()
            ]
            return Response(
                {
                    "format": exporter.key,
                    "total": losses.counts.total(),
                    "losses": counts,
                    "examples": losses.as_builtins(),
                }
            )
