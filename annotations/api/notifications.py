"""/notifications/: what the caller was told."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from annotations import policy
from annotations.actions.notices import mark_read
from annotations.api.signed import SignedRequest
from annotations.forms.notification_words import notice_of
from annotations.jobs.kinds import title_of
from annotations.models import Notification
from annotations.queries.notifications import actor_name, with_lines


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """One thing that happened; `annotation_set` or `job` is what it is about."""

    project = serializers.SerializerMethodField()
    comment = serializers.CharField(source="comment.uid", default=None, help_text="Its id on the set.")
    by = serializers.SerializerMethodField(help_text="Who did it; annotators go by their pseudonym.")
    sentence = serializers.SerializerMethodField(help_text="In the caller's language.")
    words = serializers.SerializerMethodField(help_text="The comment, or the note, that came with it.")

    class Meta:
        model = Notification
        fields = [
            "id", "kind", "project", "annotation_set", "comment", "job", "by", "sentence", "words", "created_at",
            "read_at",
        ]  # fmt: skip

    def get_project(self, row: Notification) -> str | None:
        """The project's slug."""
        work, job = row.annotation_set, row.job
        project = work.project if work else job.project if job else None
        return project.slug if project else None

    def get_by(self, row: Notification) -> str | None:
        """Who did it."""
        return actor_name(row) or None

    def get_sentence(self, row: Notification) -> str:
        """What happened."""
        return strip_tags(notice_of(row, job_title=title_of).sentence)

    def get_words(self, row: Notification) -> str:
        """What was said."""
        return notice_of(row, job_title=title_of).words


class NotificationFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which notifications a list shows."""

    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notification
        fields = ["kind"]


class CountSerializer(serializers.Serializer[Any]):
    """How many were unread."""

    read = serializers.IntegerField()


class NotificationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Notification]):
    """What the caller was told, newest first."""

    queryset = Notification.objects.none()
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    request: SignedRequest

    def get_queryset(self) -> QuerySet[Notification]:
        """The caller's own."""
        return with_lines(policy.own_notifications(self.request.user))

    @extend_schema(request=None, responses={200: NotificationSerializer})
    @action(detail=True, methods=["post"])
    def read(self, request: SignedRequest, pk: str) -> Response:
        """Marks one as read."""
        mark_read(request.user, pk=self.get_object().pk)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        operation_id="notifications_read_all", request=None, responses={200: CountSerializer}, filters=False
    )  # fmt: skip
    @action(detail=False, methods=["post"], url_path="read", filter_backends=[], pagination_class=None)
    def read_all(self, request: SignedRequest) -> Response:
        """Marks all as read."""
        return Response({"read": mark_read(request.user)})
