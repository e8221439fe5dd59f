"""/export-formats/: which formats can a corpus leave in, what does each carry, and what can be said to it?"""

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.format_options import option_parameters
from annotations.exporters import EXPORTERS, Exporter
from annotations.exporters.base import FormatUnavailable
from annotations.exporters.carries import IN_ORDER
from annotations.registry import Option

OPTIONS = option_parameters(EXPORTERS)


class ExportFormatsView(APIView):
    """Lists the formats."""

    @extend_schema(operation_id="export_formats", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """All formats, also those whose library is not installed, with the reason."""
        return Response({"results": [_described(exporter) for exporter in EXPORTERS.values()]})


def _described(exporter: Exporter) -> dict[str, object]:
    missing = FormatUnavailable(format=exporter.key, library=exporter.library)
    return {
        "key": exporter.key,
        "title": _(exporter.title),
        "suffix": exporter.suffix,
        "media_type": exporter.media_type,
        "carries": [feature for feature in IN_ORDER if feature in exporter.carries],
        "carries_in_part": [feature for feature in IN_ORDER if feature in exporter.reports],
        "options": [_option(option) for option in exporter.options],
        "available": exporter.available,
        "reason": "" if exporter.available else _(missing.message).format(**missing.data),
    }


def _option(option: Option) -> dict[str, object]:
    return {
        "key": option.key,
        "title": _(option.title),
        "hint": _(option.hint) if option.hint else "",
        "default": option.default,
        "choices": [{"value": value, "title": _(title)} for value, title in option.choices],
    }
