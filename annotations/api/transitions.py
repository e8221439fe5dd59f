"""/annotation-sets/{id}/transitions/: moving the work on, and how it came to where it is."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from annotations import policy
from annotations.actions.assignments import hand_in
from annotations.actions.transitions import LONGEST_NOTE, move
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import AnnotationSet, SkipReason, StatusChange, User
from annotations.queries.transitions import changes_of, moves_of
from annotations.states import TRANSITIONS


class TransitionSerializer(serializers.Serializer[Any]):
    """A way that is open to the caller; `needs_note` asks for a reason or a comment."""

    key = serializers.CharField()
    target = serializers.CharField()
    needs_note = serializers.BooleanField()


class MoveSerializer(serializers.Serializer[None]):
    """Which transition is to be performed, and why."""

    id = serializers.UUIDField(
        allow_null=True, default=None, help_text="Made by the client; sent again with the same id, it is done once."
    )
    transition = serializers.ChoiceField(choices=sorted(TRANSITIONS))
    note = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True, default="")
    reason = serializers.ChoiceField(
        choices=SkipReason.choices, allow_blank=True, default="", help_text="For `skip`; `other` wants a note, too."
    )


class ChangeSerializer(serializers.ModelSerializer[StatusChange]):
    """A transition that was performed; without `actor` by the program."""

    actor = serializers.SerializerMethodField()

    class Meta:
        model = StatusChange
        fields = ["uid", "transition", "source", "target", "actor", "reason", "note", "at"]

    def get_actor(self, change: StatusChange) -> str | None:
        """The annotator by their pseudonym, as everywhere in the API; others by name."""
        annotation_set: AnnotationSet = self.context["set"]
        if change.actor is None:
            return None
        own = change.actor_id == annotation_set.annotator_id
        return annotation_set.pseudonym if own else change.actor.display_name


class MovedSerializer(serializers.Serializer[dict[str, Any]]):
    """Where the set stands now, which ways are open to the caller, and what was done."""

    status = serializers.CharField()
    transitions = TransitionSerializer(many=True)
    change = ChangeSerializer()


class TransitionsView(SamePerson, GenericAPIView[StatusChange]):
    """The transitions of one annotation set."""

    queryset = StatusChange.objects.none()
    serializer_class = ChangeSerializer
    filter_backends = []

    @extend_schema(operation_id="annotation_sets_transitions_list", responses={200: ChangeSerializer(many=True)})
    def get(self, request: SignedRequest, pk: int) -> Response:
        """Who moved the work on from where to where, the latest first."""
        found = self._set(pk)
        page = self.paginate_queryset(changes_of(found))
        return self.get_paginated_response(ChangeSerializer(page, many=True, context={"set": found}).data)

    @extend_schema(
        operation_id="annotation_sets_transitions_create",
        request=MoveSerializer,
        parameters=[PERSON],
        responses={200: MovedSerializer}
        | {
            403: OpenApiResponse(ProblemSerializer, "Not yours to do"),
            409: OpenApiResponse(ProblemSerializer, "Not from this status, no slot is free, or the id is taken"),
            422: OpenApiResponse(ProblemSerializer, "No such transition, or a note is wanted"),
        },
    )
    def post(self, request: SignedRequest, pk: int) -> Response:
        """Moves the work on. Sent again with the same id, however late, it is done once."""
        found = self._set(pk)
        said = MoveSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        change = _moved(found, by=request.user, **said.validated_data)
        moved = {"status": found.status, "transitions": moves_of(request.user, found), "change": change}
        return Response(MovedSerializer(moved, context={"set": found}).data)

    def _set(self, pk: int) -> AnnotationSet:
        rows = policy.attended_sets(self.request.user).select_related("project").defer("project__guideline")
        return get_object_or_404(rows, pk=pk)


def _moved(found: AnnotationSet, *, by: User, transition: str, note: str, reason: str, id: UUID | None) -> StatusChange:
    uid = str(id) if id else None
    if transition == "submit":
        return hand_in(found, by=by, note=note, uid=uid)
    return move(found, transition, by=by, note=note, reason=reason, uid=uid)
