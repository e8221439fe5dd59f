"""/projects/{slug}/settings/: what a project is set to, and what another setting would do."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.actions.project_settings import ARCHIVED, FIELDS, change_settings, changes_of
from annotations.api.days import DayField
from annotations.api.managing import NOT_MANAGED, OfManagers
from annotations.api.signed import SignedRequest
from annotations.forms.project_settings import LONGEST_DESCRIPTION, LONGEST_TIMEOUT, MOST_OVERLAP
from annotations.models import Project
from annotations.queries.project_consequences import consequences, offered_orders
from annotations.templatetags.project_consequences import said


class SettingsSerializer(serializers.ModelSerializer[Project]):
    """A project's settings; `timeout_hours` null is never, `deadline` null is none."""

    archived = serializers.BooleanField(required=False, help_text="Nothing new is begun or brought in.")
    overlap = serializers.IntegerField(min_value=1, max_value=MOST_OVERLAP, required=False)
    timeout_hours = serializers.IntegerField(min_value=1, max_value=LONGEST_TIMEOUT, allow_null=True, required=False)
    threshold = serializers.FloatField(min_value=0, max_value=1, required=False)
    deadline = DayField(allow_null=True, required=False)
    description = serializers.CharField(max_length=LONGEST_DESCRIPTION, allow_blank=True, required=False)

    class Meta:
        model = Project
        fields = (*FIELDS, ARCHIVED)

    def validate_queue_order(self, order: str) -> str:
        """Refuses an order that nothing is known of in this project."""
        if self.instance is None or order not in offered_orders(self.instance):
            raise serializers.ValidationError(f"nothing to order by: {order}", code="invalid_choice")
        return order

    def to_representation(self, instance: Project) -> dict[str, Any]:
        """Says of being put away only whether it is so."""
        return super().to_representation(instance) | {ARCHIVED: instance.archived_at is not None}


class ConsequenceSerializer(serializers.Serializer[Any]):
    """What the change of one field does."""

    field = serializers.CharField()
    code = serializers.CharField()
    n = serializers.IntegerField()
    message = serializers.CharField(help_text="In the caller's language.")


class ChangedSerializer(serializers.Serializer[Any]):
    """What changed, or would change, and what that does."""

    changes = serializers.DictField(child=serializers.ListField(), help_text="Before and after by field.")
    consequences = ConsequenceSerializer(many=True)
    settings = SettingsSerializer()


class SettingsView(OfManagers, APIView):
    """A project's settings, for its managers."""

    @extend_schema(responses={200: SettingsSerializer} | NOT_MANAGED)
    def get(self, request: SignedRequest, slug: str) -> Response:
        """The settings as they are."""
        return Response(SettingsSerializer(self.project).data)

    @extend_schema(
        parameters=[OpenApiParameter("preview", bool, description="Only says what would happen.")],
        request=SettingsSerializer(partial=True),
        responses={200: ChangedSerializer} | NOT_MANAGED,
    )
    def patch(self, request: SignedRequest, slug: str) -> Response:
        """Changes the fields named, and says what that did; with `preview=true` it only says."""
        asked = SettingsSerializer(self.project, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        changes = changes_of(self.project, wanted)
        effects = consequences(self.project, changes)
        if request.query_params.get("preview", "").lower() not in ("1", "true"):
            change_settings(self.project, by=request.user, **wanted)
        told = [{"field": one.field, "code": one.key, "n": one.n, "message": said(one)} for one in effects]
        return Response(
            {"changes": changes, "consequences": told, "settings": SettingsSerializer(self.project).data}
        )  # fmt: skip
