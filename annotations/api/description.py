"""What does the OpenAPI document say of every endpoint alike? Its errors, all in one shape."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from rest_framework import exceptions

from annotations.actions.operations import SetClosed
from annotations.api.errors import MEDIA_TYPE, problem_details
from annotations.api.parsers import BodyTooLarge

PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
ANYBODY = frozenset({"tokens_create"})
METHODS = frozenset({"get", "put", "post", "patch", "delete"})
# Status -> the component's name and what it says.
ERRORS = {
    "400": ("Unreadable", "The body, or what stands in the address, can't be read."),
    "401": ("Unauthenticated", "No token, or one that has expired or been taken back."),
    "403": ("Forbidden", "Your role does not allow it."),
    "404": ("NotFound", "There is no such thing, or it is not for you to see."),
    "406": ("NotAcceptable", "The answer can't be given in a type that `Accept` names."),
    "409": ("Conflict", "It is not any more as you have seen it; nothing was written."),
    "413": ("TooLarge", "The body is larger than this endpoint takes."),
    "415": ("UnsupportedType", "The body is of a type that this endpoint does not read."),
    "422": ("Invalid", "A field or parameter is not valid; `errors` names each."),
    "429": ("TooMany", "Too many requests; `Retry-After` says for how many seconds to wait."),
}


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yields path, method and description of each operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield path, method, operation


def describe_errors(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Adds to each operation the errors it can end in, as references to one set of responses; a hook of Spectacular."""
    cases = _cases()
    shared = {name: _response(status, said, cases[status]) for status, (name, said) in ERRORS.items()}
    result["components"]["responses"] = shared
    for _path, _method, operation in operations(result):
        responses = operation["responses"]
        for status, response in responses.items():
            if status >= "400":
                response["content"] = PROBLEM
        for status in _possible(operation):
            responses.setdefault(status, {"$ref": f"#/components/responses/{ERRORS[status][0]}"})
        operation["responses"] = dict(sorted(responses.items()))
    return result


def _possible(operation: dict[str, Any]) -> Iterator[str]:
    yield from ("400", "406", "429")
    if operation["operationId"] not in ANYBODY:
        yield from ("401", "403")
    else:
        yield "401"
    asked = [one["in"] for one in operation.get("parameters", [])]
    if "path" in asked or "query" in asked:
        yield "404"
    if "query" in asked or "requestBody" in operation:
        yield "422"
    if "requestBody" in operation:
        yield from ("413", "415")


def _cases() -> dict[str, Exception]:
    """Returns what the answer of each status is shown by, in the active language."""
    return {
        "400": exceptions.ParseError(),
        "401": exceptions.NotAuthenticated(),
        "403": exceptions.PermissionDenied(),
        "404": exceptions.NotFound(),
        "406": exceptions.NotAcceptable(),
        "409": SetClosed(status="submitted"),
        "413": BodyTooLarge(f"The body may have {settings.OPERATIONS_MAX_BYTES} bytes at most."),
        "415": exceptions.UnsupportedMediaType("text/plain"),
        "422": exceptions.ValidationError({"page_size": [exceptions.ErrorDetail("1–200", code="out_of_range")]}),
        "429": exceptions.Throttled(wait=20),
    }


def _response(status: str, said: str, case: Exception) -> dict[str, Any]:
    shown = problem_details(case, {})
    content = {MEDIA_TYPE: PROBLEM[MEDIA_TYPE] | {"example": shown.data if shown else None}}
    response: dict[str, Any] = {"description": said, "content": content}
    if status == "429":
        wait = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}, "required": True}
        response["headers"] = {"Retry-After": wait}
    return response
