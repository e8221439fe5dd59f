"""/projects/{slug}/webhooks/: which programs hear of a project's events, and what became of the messages."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from annotations.actions import webhooks as actions
from annotations.api.managing import NOT_MANAGED, OfManagers
from annotations.api.signed import SignedRequest
from annotations.api.tokens import SECRET
from annotations.forms.webhooks import failure_of
from annotations.models import Delivery, Webhook
from annotations.queries.deliveries import webhooks_of


class WebhookSerializer(serializers.Serializer[Any]):
    """A webhook; no `events` means all of them."""

    id = serializers.IntegerField(read_only=True)
    url = serializers.CharField(max_length=500)
    events = serializers.ListField(child=serializers.ChoiceField(choices=list(actions.EVENTS)), required=False)
    active = serializers.BooleanField(required=False)
    created_at = serializers.DateTimeField(read_only=True)


class MadeSerializer(WebhookSerializer):
    """A webhook that was just made, with the secret that is shown this once."""

    secret = serializers.CharField(read_only=True)


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One message, and what became of it."""

    id = serializers.UUIDField(source="uid")
    failure = serializers.SerializerMethodField(help_text="The beginning of the answer, or why none came.")

    class Meta:
        model = Delivery
        fields = [
            "id", "event", "payload", "state", "attempts", "status_code", "failure", "created_at", "next_at",
            "ended_at",
        ]  # fmt: skip

    def get_failure(self, row: Delivery) -> str:
        """What the last attempt failed with."""
        return failure_of(row)


class WebhookViewSet(OfManagers, viewsets.GenericViewSet[Delivery]):
    """The webhooks of a project, for its managers."""

    queryset = Delivery.objects.none()
    serializer_class = WebhookSerializer
    filter_backends: list[Any] = []

    @extend_schema(
        operation_id="projects_webhooks_list", responses={200: WebhookSerializer(many=True)} | NOT_MANAGED
    )  # fmt: skip
    def list(self, request: SignedRequest, slug: str) -> Response:
        """All webhooks."""
        return Response(WebhookSerializer(webhooks_of(self.project), many=True).data)

    @extend_schema(operation_id="projects_webhooks_create", responses={201: MadeSerializer} | NOT_MANAGED)
    def create(self, request: SignedRequest, slug: str) -> Response:
        """Makes a webhook; the answer alone has its secret."""
        asked = WebhookSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        made = actions.make_webhook(self.project, url=data["url"], events=data.get("events", []), by=request.user)
        return Response(MadeSerializer(made).data, status=201, headers=SECRET)

    @extend_schema(operation_id="projects_webhooks_retrieve", responses={200: WebhookSerializer} | NOT_MANAGED)
    def retrieve(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """One webhook."""
        return Response(WebhookSerializer(self._webhook(pk)).data)

    @extend_schema(
        operation_id="projects_webhooks_update",
        request=WebhookSerializer(partial=True),
        responses={200: WebhookSerializer} | NOT_MANAGED,
    )
    def partial_update(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Changes what is named."""
        asked = WebhookSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        return Response(WebhookSerializer(actions.change_webhook(self._webhook(pk), **asked.validated_data)).data)

    @extend_schema(operation_id="projects_webhooks_delete", responses={204: None} | NOT_MANAGED)
    def destroy(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Takes a webhook away with its messages."""
        actions.delete_webhook(self._webhook(pk))
        return Response(status=204)

    @extend_schema(
        operation_id="projects_webhooks_ping", request=None, responses={202: DeliverySerializer} | NOT_MANAGED
    )
    def ping(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Queues a message that only tests the way."""
        return Response(DeliverySerializer(actions.send_ping(self._webhook(pk))).data, status=202)

    @extend_schema(
        operation_id="projects_webhooks_deliveries", responses={200: DeliverySerializer(many=True)} | NOT_MANAGED
    )
    def deliveries(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """The messages, newest first, page by page."""
        rows: QuerySet[Delivery] = self._webhook(pk).deliveries.all()
        return self.get_paginated_response(DeliverySerializer(self.paginate_queryset(rows), many=True).data)

    @extend_schema(
        operation_id="projects_webhooks_again", request=None, responses={202: DeliverySerializer} | NOT_MANAGED
    )
    def again(self, request: SignedRequest, slug: str, pk: int, uid: UUID) -> Response:
        """Sends a message again, under the same id."""
        delivery = get_object_or_404(self._webhook(pk).deliveries, uid=str(uid))
        return Response(DeliverySerializer(actions.send_again(delivery)).data, status=202)

    def _webhook(self, pk: int) -> Webhook:
        return get_object_or_404(webhooks_of(self.project), pk=pk)
