"""What does an API client hear when something is wrong? Problem details (RFC 9457), in the client's language."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from annotations.actions import adjudication_errors as adjudication
from annotations.actions.assignments import NotAssignable, NotSubmittable
from annotations.actions.bulk_edits import BulkEditTaken
from annotations.actions.comments import CommentIdTaken, NotYourComment
from annotations.actions.entities import EntityKeyTaken, NotYourKnowledge
from annotations.actions.giving import NotForYou
from annotations.actions.guidelines import GuidelineStale
from annotations.actions.jobs import NotCancellable, NotResumable
from annotations.actions.members import AlreadyMember, LastManager, NameTaken
from annotations.actions.operations import NotYours, SetClosed, WrongText
from annotations.actions.propagations import PropagationIdTaken
from annotations.actions.restorations import MovedOn
from annotations.actions.schemes import DraftChanged, DraftMissing, DraftStale
from annotations.actions.slots import NoFreeSlot
from annotations.actions.transitions import ChangeIdTaken, NotMovable, NotYoursToMove
from annotations.api.person import AnotherPerson
from annotations.api.throttles import refusal_of_nobody
from annotations.errors import NewsroomError
from annotations.forms.told import told

MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[NewsroomError], int] = {
    AnotherPerson: 403,
    NotYours: 403,
    NotAssignable: 403,
    NotForYou: 403,
    NotYourComment: 403,
    NotYourKnowledge: 403,
    AlreadyMember: 409,
    LastManager: 409,
    NameTaken: 409,
    NotYoursToMove: 403,
    adjudication.NotYoursToJudge: 403,
    adjudication.AdjudicatedByAnother: 409,
    adjudication.TooFewSets: 409,
    adjudication.UnitGone: 409,
    adjudication.UnitChanged: 409,
    adjudication.SpansFirst: 409,
    adjudication.SetsMissing: 409,
    adjudication.NothingAgreed: 409,
    adjudication.NothingToUndo: 409,
    adjudication.Overtaken: 409,
    adjudication.NotDone: 409,
    NotMovable: 409,
    BulkEditTaken: 409,
    CommentIdTaken: 409,
    DraftChanged: 409,
    DraftMissing: 409,
    DraftStale: 409,
    EntityKeyTaken: 409,
    GuidelineStale: 409,
    MovedOn: 409,
    PropagationIdTaken: 409,
    ChangeIdTaken: 409,
    NoFreeSlot: 409,
    SetClosed: 409,
    NotCancellable: 409,
    NotResumable: 409,
    NotSubmittable: 409,
    WrongText: 409,
}


def problem(
    status: int, code: str, detail: str, *, errors: list[dict[str, str]] | None = None, **members: Any
) -> Response:
    """Returns a problem document; `errors` name the fields, other members say more."""
    body = _body(status, code, detail, errors)
    return Response(body | members, status=status, content_type=MEDIA_TYPE)


def plain_problem(status: int, code: str, detail: str, *, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """Returns a problem document where no view of the API answers."""
    body = json.dumps(_body(status, code, detail, errors), ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)


def _body(status: int, code: str, detail: str, errors: list[dict[str, str]] | None) -> dict[str, Any]:
    body: dict[str, Any] = {"type": f"urn:newsroom:problem:{code}", "title": code, "status": status, "detail": detail}
    return body | ({"errors": errors} if errors else {})


def problem_details(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turns an exception into a problem document; DRF's exception handler. None lets an unknown one through."""
    set_rollback()
    if isinstance(exception, NewsroomError):
        return problem(STATUS.get(type(exception), 422), exception.code, told(exception))
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    if not isinstance(exception, exceptions.APIException):
        return None
    is_nobody = isinstance(exception, exceptions.NotAuthenticated | exceptions.AuthenticationFailed)
    if is_nobody and context.get("request") is not None:
        exception = refusal_of_nobody(context["request"]) or exception
    code = exception.default_code
    if isinstance(exception, exceptions.ValidationError):
        errors = list(_field_errors(exception.get_full_details()))
        response = problem(422, "invalid", _("Some fields are not valid."), errors=errors)
    else:
        response = problem(exception.status_code, code, str(exception.detail))
    if isinstance(exception, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response["WWW-Authenticate"] = getattr(exception, "auth_header", "Token")
    if isinstance(exception, exceptions.Throttled):
        wait: float | None = exception.wait  # type: ignore[attr-defined]  # the stubs leave it out
        if wait is not None:
            response["Retry-After"] = str(math.ceil(wait))
    return response


def _field_errors(details: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Walks DRF's nested details: {"a": [{"b": [{"message", "code"}]}]} names `a[0].b`."""
    if isinstance(details, Mapping) and {"message", "code"} == set(details):
        yield {"field": field, "code": details["code"], "message": str(details["message"])}
    elif isinstance(details, Mapping):
        for name, value in details.items():
            yield from _field_errors(value, f"{field}.{name}".lstrip("."))
    else:
        for at, value in enumerate(details):
            nested = isinstance(value, Mapping) and "message" not in value
            yield from _field_errors(value, f"{field}[{at}]" if nested else field)
