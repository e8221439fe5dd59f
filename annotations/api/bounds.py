"""How long may a parameter in an address be, how large a page? Said in the description, and refused by 422."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from annotations.api.description import operations
from annotations.api.errors import plain_problem

LONGEST = 1000
LARGEST = 2**63 - 1
NUMBERS = {"page_size": (1, 200)}


def bound_parameters(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Writes the bounds that all operations share into the description; a hook of Spectacular."""
    for _path, _method, operation in operations(result):
        for parameter in operation.get("parameters", []):
            schema = parameter.get("schema", {})
            kinds, in_address = schema.get("type", ()), parameter["in"] != "header"
            if "string" in kinds and in_address and not {"enum", "format"} & set(schema):
                schema.setdefault("maxLength", LONGEST)
            elif parameter["name"] in NUMBERS:
                schema["minimum"], schema["maximum"] = NUMBERS[parameter["name"]]
            elif "integer" in kinds:
                schema.setdefault("maximum", LARGEST)
    return result


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Returns the problem of a request whose parameters go beyond their bounds, None for all others."""
    errors = list(_errors(request))
    if not errors:
        return None
    return plain_problem(422, "invalid", _("Some fields are not valid."), errors=errors)


def _errors(request: HttpRequest) -> Iterator[dict[str, str]]:
    for name, values in request.GET.lists():
        if any(len(value) > LONGEST for value in values):
            message = _("This may have {most} characters at most.").format(most=LONGEST)
            yield {"field": name[:LONGEST], "code": "max_length", "message": message}
        elif name in NUMBERS and not all(_within(value, *NUMBERS[name]) for value in values):
            least, most = NUMBERS[name]
            message = _("This has to be a number from {least} to {most}.").format(least=least, most=most)
            yield {"field": name, "code": "out_of_range", "message": message}


def _within(value: str, least: int, most: int) -> bool:
    return value.isascii() and value.isdigit() and least <= int(value) <= most
