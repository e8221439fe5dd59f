"""Which parameters say to a format what its file does not? Those of all formats, each with who understands it."""

from collections.abc import Mapping

from drf_spectacular.utils import OpenApiParameter

from annotations.exporters import Exporter
from annotations.importers import Importer


def option_parameters(formats: Mapping[str, Exporter] | Mapping[str, Importer]) -> list[OpenApiParameter]:
    """Returns a parameter for each key of an option, with all values that any format has for it."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for one in formats.values():
        for option in one.options:
            understood, values = found.setdefault(option.key, ([], []))
            understood.append(one.key)
            values += [value for value, _title in option.choices if value not in values]
    return [
        OpenApiParameter(key, str, enum=values or None, description=f"An option of {', '.join(understood)}.")
        for key, (understood, values) in sorted(found.items())
    ]
