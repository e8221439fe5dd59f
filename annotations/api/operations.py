"""/annotation-sets/{id}/operations/: edits come in, each gets its verdict; what was done since a version goes out."""

from typing import Any

import msgspec
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.operations import MAX_OPERATIONS, Outcome, Result, apply_operations
from annotations.api.errors import problem
from annotations.api.parsers import RawJSONParser
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import (
    HistorySerializer,
    OperationsReplySerializer,
    OperationsSerializer,
    ProblemSerializer,
    SinceSerializer,
)
from annotations.edits import AnyOperation, envelope_decoder, operation_decoder
from annotations.forms.rejections import explain
from annotations.models import AnnotationSet
from annotations.queries.revisions import steps_since
from annotations.queries.scheme_labels import topics_stamp
from annotations.records import holds_nul


class OperationsView(SamePerson, APIView):
    """Applies operations to an annotation set, each exactly once, and tells what has been applied."""

    parser_classes = [RawJSONParser]

    @extend_schema(
        operation_id="annotation_sets_history",
        parameters=[SinceSerializer, PERSON],
        responses={
            200: HistorySerializer,
            404: OpenApiResponse(ProblemSerializer, "No such set for you"),
            422: OpenApiResponse(ProblemSerializer, "`since` is no version"),
        },
    )
    def get(self, request: Request, pk: int) -> Response:
        """The revisions after `since`, oldest first, with the operations of each: about 500 operations a page."""
        asked = SinceSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        annotation_set = get_object_or_404(policy.visible_sets(request.user).select_related("project"), pk=pk)
        steps = steps_since(annotation_set, asked.validated_data["since"])
        history = {
            "version": annotation_set.version,
            "status": annotation_set.status,
            "editable": annotation_set.is_open and policy.may_edit(request.user, annotation_set),
            "scheme": annotation_set.project.scheme_version,
            "topics": topics_stamp(annotation_set.project_id),
            "revisions": steps,
            "more": bool(steps) and steps[-1].version < annotation_set.version,
        }
        return Response(HistorySerializer(history).data)

    @extend_schema(
        operation_id="annotation_sets_operations",
        parameters=[PERSON],
        request=OperationsSerializer,
        responses={
            200: OperationsReplySerializer,
            404: OpenApiResponse(ProblemSerializer, "No such set for you"),
            409: OpenApiResponse(ProblemSerializer, "Another text, or the set is closed"),
            413: OpenApiResponse(ProblemSerializer, "The body is too large"),
            422: OpenApiResponse(ProblemSerializer, "Every operation was rejected; `results` says why"),
        },
        examples=[
            OpenApiExample(
                "A span",
                request_only=True,
                value={
                    "text_sha256": "4ff51c412d67c6b6e787bb3428310b5c1a37972ff798c5d1f74a831a21d8a1d1",
                    "operations": [
                        {
                            "op_id": "0d9a4c1e-8a57-4f0e-9d3e-6b0f3f1f7f10",
                            "op": "span.create",
                            "id": "c1b1f7b8-5d86-4a35-a3a5-0b9b8c9e2d11",
                            "label": "LOC",
                            "ranges": [[6, 15]],
                            "quote": "کره شمالی",
                        }
                    ],
                },
            )
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        """Judges each operation for itself; `duplicate` means it had been applied before."""
        if not isinstance(request.data, bytes):
            raise ParseError(_("The request has no body."))
        try:
            envelope = envelope_decoder.decode(request.data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ParseError(str(error)) from error
        if len(envelope.operations) > MAX_OPERATIONS:
            return _field_problem("operations", "too_many", f"1 – {MAX_OPERATIONS}")
        operations = [_operation(raw) for raw in envelope.operations]
        try:
            outcome = apply_operations(
                pk, operations, by=request.user, text_sha256=envelope.text_sha256, since=envelope.since
            )
        except AnnotationSet.DoesNotExist as error:
            raise NotFound from error
        return _reply(outcome)


def _field_problem(field: str, code: str, message: str) -> Response:
    return problem(422, "invalid", message, errors=[{"field": field, "code": code, "message": message}])


def _operation(raw: msgspec.Raw) -> AnyOperation | Result:
    """Reads one operation, or says why it can't be read."""
    try:
        operation: AnyOperation = operation_decoder.decode(raw)
    except RecursionError:
        return Result(
            op_id=None, status="rejected", reason="malformed", field="op", data={"problem": "nested too deeply"}
        )
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        path = str(error).rpartition("`$.")[2].rstrip("`") if "`$." in str(error) else "op"
        return Result(op_id=None, status="rejected", reason="malformed", field=path, data={"problem": str(error)})
    if operation.op_id is None:
        return Result(op_id=None, status="rejected", reason="op_id_missing", field="op_id")
    if rb"\u0000" in bytes(raw) and holds_nul(
        msgspec.to_builtins(operation)
    ):  # PostgreSQL can't store it, and no text or attribute has a use for it
        return Result(op_id=operation.op_id, status="rejected", reason="nul", field="op")
    return operation


def _reply(outcome: Outcome) -> Response:
    results = [_result(result) for result in outcome.results]
    if results and all(result["status"] == "rejected" for result in results):
        errors = [
            {"field": f"operations[{at}].{result['field']}", "code": result["reason"], "message": result["detail"]}
            for at, result in enumerate(results)
        ]
        return problem(422, "rejected", errors[0]["message"], errors=errors, version=outcome.version, results=results)
    return Response({"version": outcome.version, "results": results})


def _result(result: Result) -> dict[str, Any]:
    said: dict[str, Any] = {"op_id": result.op_id, "status": result.status}
    if result.version is not None:
        said["version"] = result.version
    if result.reason:
        said |= {"reason": result.reason, "field": result.field, "detail": explain(result.reason, result.data)}
    return said
