"""/annotation-sets/{id}/comments/: threads on a set, its spans and relations."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import policy
from annotations.actions import comments as actions
from annotations.api.person import SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import AnnotationSet, Comment
from annotations.models.comments import LONGEST_COMMENT
from annotations.queries.comments import comment_data, comments_of, read_up_to


def _text(**options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST_COMMENT, **options)


class CommentSerializer(serializers.Serializer[Comment]):
    """A comment as its reader sees it; `parent` names the thread it answers in, a thread what it is about."""

    id = serializers.UUIDField()
    parent = serializers.UUIDField(allow_null=True)  # type: ignore[assignment]  # a field, no attribute
    span = serializers.UUIDField(allow_null=True)
    relation = serializers.UUIDField(allow_null=True)
    about = serializers.DictField(help_text="What it is about as it stood then: label, quote, or ends.")
    author = serializers.CharField(allow_null=True)
    mine = serializers.BooleanField()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = serializers.CharField(allow_null=True)
    deleted = serializers.BooleanField()
    unread = serializers.BooleanField()

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        """The row for the reader named in the context."""
        return comment_data(
            instance, self.context["set"], reader=self.context["request"].user, upto=self.context["upto"]
        )


class CommentCreateSerializer(serializers.Serializer[None]):
    """What somebody says: on a span, a relation, in a thread (`parent`), or on the article as a whole."""

    id = serializers.UUIDField(help_text="Made by the client; the same id twice is the same comment.")
    text = _text()
    span = serializers.UUIDField(allow_null=True, default=None)
    relation = serializers.UUIDField(allow_null=True, default=None)
    parent = serializers.UUIDField(allow_null=True, default=None)  # type: ignore[assignment]  # a field, no attribute

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuses a comment about two things."""
        if sum(attrs[name] is not None for name in ("span", "relation", "parent")) > 1:
            raise serializers.ValidationError("Name one of span, relation and parent.", code="about_several")
        return {name: str(value) if isinstance(value, UUID) else value for name, value in attrs.items()}


class CommentTextSerializer(serializers.Serializer[None]):
    """The new words of one's own comment."""

    text = _text()


class CommentSeenSerializer(serializers.Serializer[None]):
    """The last comment that the caller has read."""

    comment = serializers.UUIDField()


NO_SET = {404: OpenApiResponse(ProblemSerializer, "No such set or comment for you")}
NOT_YOURS = NO_SET | {403: OpenApiResponse(ProblemSerializer, "You may read it, but not do this")}
NO_THREAD = NOT_YOURS | {422: OpenApiResponse(ProblemSerializer, "The comment begins no thread")}


class CommentViewSet(SamePerson, viewsets.GenericViewSet[Comment]):
    """The comments of one annotation set, for all who may see the set."""

    queryset = Comment.objects.none()
    serializer_class = CommentSerializer
    request: SignedRequest
    lookup_field = "uid"
    filter_backends = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Finds the set among those the caller may see, once who calls is known."""
        super().initial(request, *args, **kwargs)
        visible = policy.attended_sets(request.user).select_related("project").defer("project__guideline")
        self.set: AnnotationSet = get_object_or_404(visible, pk=kwargs["pk"])

    def get_queryset(self) -> QuerySet[Comment]:
        """What the caller sees of the set's comments."""
        return comments_of(self.set)

    def get_serializer_context(self) -> dict[str, Any]:
        """Adds the set, and how far the caller has read."""
        context = super().get_serializer_context()
        return {**context, "set": self.set, "upto": read_up_to(self.request.user, self.set)}

    @extend_schema(operation_id="annotation_sets_comments_list", responses={200: CommentSerializer(many=True)} | NO_SET)
    def list(self, request: SignedRequest, pk: int) -> Response:
        """Comments of the set, newest first."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="annotation_sets_comments_create",
        request=CommentCreateSerializer,
        responses={201: CommentSerializer, 200: OpenApiResponse(CommentSerializer, "It had been made before")}
        | NO_SET
        | {409: OpenApiResponse(ProblemSerializer, "Another comment has this id")}
        | {422: OpenApiResponse(ProblemSerializer, "Not valid, or about something the set never held")},
    )
    def create(self, request: SignedRequest, pk: int) -> Response:
        """Says something; sent again with the same id, it is there once."""
        said = CommentCreateSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        uid = said.validated_data.pop("id")
        comment, made = actions.write_comment(self.set, by=request.user, uid=uid, **said.validated_data)
        return self._answer(comment, status=201 if made else 200)

    @extend_schema(operation_id="annotation_sets_comments_retrieve", responses={200: CommentSerializer} | NO_SET)
    def retrieve(self, request: SignedRequest, pk: int, uid: UUID) -> Response:
        """One comment."""
        return self._answer(self._comment(uid))

    @extend_schema(
        operation_id="annotation_sets_comments_update",
        request=CommentTextSerializer,
        responses={200: CommentSerializer} | NOT_YOURS,
    )
    def partial_update(self, request: SignedRequest, pk: int, uid: UUID) -> Response:
        """Changes the words of the caller's own comment."""
        said = CommentTextSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        text = said.validated_data["text"]
        return self._answer(actions.rewrite_comment(self._comment(uid), by=request.user, text=text))

    @extend_schema(operation_id="annotation_sets_comments_delete", responses={204: None} | NOT_YOURS)
    def destroy(self, request: SignedRequest, pk: int, uid: UUID) -> Response:
        """Takes a comment away: its author may, and managers."""
        actions.delete_comment(self._comment(uid), by=request.user)
        return Response(status=204)

    @extend_schema(
        operation_id="annotation_sets_comments_resolve", request=None, responses={200: CommentSerializer} | NO_THREAD
    )
    def resolve(self, request: SignedRequest, pk: int, uid: UUID) -> Response:
        """Closes a thread."""
        return self._answer(actions.resolve_thread(self._comment(uid), by=request.user))

    @extend_schema(
        operation_id="annotation_sets_comments_reopen", request=None, responses={200: CommentSerializer} | NO_THREAD
    )
    def reopen(self, request: SignedRequest, pk: int, uid: UUID) -> Response:
        """Opens a thread again."""
        return self._answer(actions.reopen_thread(self._comment(uid), by=request.user))

    @extend_schema(
        operation_id="annotation_sets_comments_seen", request=CommentSeenSerializer, responses={204: None} | NO_SET
    )
    def seen(self, request: SignedRequest, pk: int) -> Response:
        """Notes how far the caller has read; others don't see it."""
        said = CommentSeenSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        actions.mark_read(self.set, by=request.user, upto=self._comment(said.validated_data["comment"]))
        return Response(status=204)

    def _comment(self, uid: UUID) -> Comment:
        comment = get_object_or_404(self.get_queryset(), uid=str(uid))
        comment.annotation_set = self.set
        return comment

    def _answer(self, comment: Comment, *, status: int = 200) -> Response:
        return Response(self.get_serializer(comment).data, status=status)
