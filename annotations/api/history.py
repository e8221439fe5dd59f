"""/annotation-sets/{id}/history/, /versions/{n}/ and /restore/: what was done, stood once, stands again."""

from dataclasses import asdict
from typing import Any

import msgspec
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.restorations import VersionUnknown, restore
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.forms.rejections import explain
from annotations.models import AnnotationSet
from annotations.models.fields import new_uid
from annotations.queries.comparison import compare
from annotations.queries.history import Event, history_page
from annotations.queries.history_rows import KINDS, Place
from annotations.queries.invariants import stored_state
from annotations.queries.restoring import plan_restore
from annotations.queries.versions import state_at

NO_SUCH_SET = OpenApiResponse(ProblemSerializer, "No such set or version for you")


class HistoryAskedSerializer(serializers.Serializer[None]):
    """Which part of a history is asked for."""

    person = serializers.CharField(required=False, default="", help_text="A name as `people` gives it.")
    kind = serializers.ChoiceField(KINDS, required=False, default="")
    before = serializers.CharField(required=False, default="", help_text="`next` of the page before.")


class EventSerializer(serializers.Serializer[Any]):
    """Something that happened, or edits that followed each other closely, as sentences in the caller's language."""

    kind = serializers.CharField(help_text="edit, restore, bulk, spread, merge, arrival, status, comment, verdict …")
    at = serializers.DateTimeField()
    since = serializers.DateTimeField(help_text="Of several edits, when the first was made.")
    by = serializers.CharField(
        allow_null=True, help_text="The annotator's pseudonym, others' names; null: the program."
    )
    text = serializers.CharField(help_text="Empty for plain edits: `edits` says them.")
    note = serializers.CharField(help_text="What a person wrote with it.")
    first_version = serializers.IntegerField(allow_null=True)
    last_version = serializers.IntegerField(allow_null=True)
    edits = serializers.ListField(child=serializers.CharField())


class HistoryPageSerializer(serializers.Serializer[dict[str, Any]]):
    """One page of a history, the newest first."""

    next = serializers.CharField(allow_null=True, help_text="`before` of the next page.")
    people = serializers.ListField(child=serializers.CharField())
    results = EventSerializer(many=True)


class SetVersionSerializer(serializers.Serializer[Any]):
    """What a set held at one version, as a record has it."""

    version = serializers.IntegerField()
    text_sha256 = serializers.CharField()
    spans = serializers.ListField(child=serializers.DictField())
    relations = serializers.ListField(child=serializers.DictField())
    labels = serializers.ListField(child=serializers.DictField())


class RestoreAskedSerializer(serializers.Serializer[None]):
    """Which version is to stand again."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    id = serializers.UUIDField(required=False, help_text="Of this restore: sent again it changes nothing.")
    since = serializers.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1,
        help_text="The version you looked at: a set that was edited since is left alone (409 `moved_on`).",
    )  # fmt: skip


class WantedSerializer(serializers.Serializer[None]):
    """Which version a preview is of."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class RestoredSerializer(serializers.Serializer[Any]):
    """The set's version now, and how many things were changed."""

    version = serializers.IntegerField()
    changed = serializers.IntegerField()


class RestorePreviewSerializer(serializers.Serializer[Any]):
    """What restoring would change, thing by thing, and what does not fit the project any more."""

    version = serializers.IntegerField(help_text="The version that would stand again.")
    since = serializers.IntegerField(help_text="The set's version now.")
    changes = serializers.ListField(child=serializers.DictField())
    misfits = serializers.ListField(child=serializers.DictField())


class HistoryView(APIView):
    """The history of one annotation set in sentences; `operations/` has it as operations."""

    @extend_schema(
        operation_id="annotation_sets_events",
        parameters=[HistoryAskedSerializer],
        responses={200: HistoryPageSerializer, 404: NO_SUCH_SET},
    )
    def get(self, request: SignedRequest, pk: int) -> Response:
        """What was done to a set, the newest first, about 200 edits a page."""
        asked = HistoryAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        work = _visible(request, pk)
        before = asked.validated_data["before"]
        place = Place.read(before)
        if before and place is None:
            raise NotFound
        page = history_page(
            [work], reader=request.user, person=asked.validated_data["person"], kind=asked.validated_data["kind"],
            before=place,
        )  # fmt: skip
        said = {
            "next": str(page.older) if page.older else None,
            "people": page.people,
            "results": [_event(event) for event in page.events],
        }
        return Response(HistoryPageSerializer(said).data)


class VersionView(APIView):
    """One version of an annotation set."""

    @extend_schema(
        operation_id="annotation_sets_version", responses={200: SetVersionSerializer, 404: NO_SUCH_SET}
    )  # fmt: skip
    def get(self, request: Request, pk: int, version: int) -> Response:
        """What the set held at that version; 0 is before the first edit."""
        work = _visible(request, pk)
        if version > work.version:
            raise NotFound
        state = state_at(work, version)
        spans = sorted(state.spans.values(), key=lambda span: (span.ranges[0][0], -span.ranges[-1][1], span.id))
        return Response(
            {
                "version": version,
                "text_sha256": work.article.text_sha256,
                "spans": msgspec.to_builtins(spans),
                "relations": msgspec.to_builtins(list(state.relations.values())),
                "labels": msgspec.to_builtins(list(state.labels.values())),
            }
        )


class RestoreView(SamePerson, APIView):
    """Restores a version of an annotation set by operations on top of its history."""

    @extend_schema(
        operation_id="annotation_sets_restore_preview",
        parameters=[WantedSerializer],
        responses={200: RestorePreviewSerializer, 404: NO_SUCH_SET},
    )
    def get(self, request: SignedRequest, pk: int) -> Response:
        """What restoring a version would change; nothing is written."""
        work = _visible(request, pk)
        asked = WantedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        version = asked.validated_data["version"]
        if version > work.version:
            raise VersionUnknown(version=version, last=work.version)
        plan = plan_restore(work, version, salt=new_uid())
        drawn = compare(work, stored_state(work), state_at(work, version))
        misfits = [
            {"thing": one.thing, "reason": one.reason, "detail": explain(one.reason, one.data)} for one in plan.misfits
        ]
        changes = [asdict(one) for one in drawn.differences]
        return Response({"version": version, "since": plan.since, "changes": changes, "misfits": misfits})

    @extend_schema(
        operation_id="annotation_sets_restore",
        parameters=[PERSON],
        request=RestoreAskedSerializer,
        responses={
            200: RestoredSerializer,
            403: OpenApiResponse(ProblemSerializer, "Not yours to change"),
            404: NO_SUCH_SET,
            409: OpenApiResponse(ProblemSerializer, "The set is closed, or was edited since"),
            422: OpenApiResponse(ProblemSerializer, "No such version, or some of it does not fit any more"),
        },
    )
    def post(self, request: SignedRequest, pk: int) -> Response:
        """Makes the set hold again what it held at a version, in one step."""
        work = _visible(request, pk)
        asked = RestoreAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        done = restore(
            work, given["version"], by=request.user, uid=str(given.get("id") or new_uid()),
            since=given.get("since"),
        )  # fmt: skip
        return Response({"version": done.version, "changed": done.changed})


def _visible(request: Request, pk: int) -> AnnotationSet:
    rows = policy.visible_sets(request.user).select_related("project", "article", "annotator")
    return get_object_or_404(rows, pk=pk)


def _event(event: Event) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "at": event.at,
        "since": event.since,
        "by": event.who or None,
        "text": str(event.what) if event.what else "",
        "note": event.note,
        "first_version": event.first or None,
        "last_version": event.last or None,
        "edits": [str(phrase) for phrase in event.details],
    }
