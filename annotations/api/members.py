"""/projects/{slug}/members/: who is in a project, and as what."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from annotations.actions import members as actions
from annotations.api.managing import NOT_MANAGED, OfManagers
from annotations.api.named import named_or_404
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import Membership, Role
from annotations.queries.members import members_of


class MemberSerializer(serializers.Serializer[Any]):
    """A member, with the pseudonym their work is exported under."""

    user = serializers.CharField(source="membership.user.username")
    name = serializers.CharField(source="membership.user.display_name")
    role = serializers.ChoiceField(source="membership.role", choices=Role.choices)
    pseudonym = serializers.CharField(source="membership.pseudonym")
    open = serializers.IntegerField(help_text="Sets they hold and have not handed in.")
    handed_in = serializers.IntegerField()
    seconds = serializers.IntegerField(help_text="Time on task, idle time left out.")


class RoleSerializer(serializers.Serializer[None]):
    """A role."""

    role = serializers.ChoiceField(choices=Role.choices)


class NewMemberSerializer(RoleSerializer):
    """Somebody who has an account."""

    user = serializers.CharField(max_length=150)


class RemovedSerializer(serializers.Serializer[Any]):
    """What became of the work of somebody who was removed."""

    given_back = serializers.IntegerField(help_text="Open sets that were taken from them; all others stay as they are.")


LAST = {409: OpenApiResponse(ProblemSerializer, "The only manager can't go")}


class MemberViewSet(OfManagers, viewsets.ViewSet):
    """The people of a project, for its managers."""

    @extend_schema(
        operation_id="projects_members_list", responses={200: MemberSerializer(many=True)} | NOT_MANAGED
    )  # fmt: skip
    def list(self, request: SignedRequest, slug: str) -> Response:
        """All members, managers first."""
        return Response(MemberSerializer(members_of(self.project), many=True).data)

    @extend_schema(
        operation_id="projects_members_create",
        request=NewMemberSerializer,
        responses={201: MemberSerializer, 409: OpenApiResponse(ProblemSerializer, "Is a member")} | NOT_MANAGED,
    )
    def create(self, request: SignedRequest, slug: str) -> Response:
        """Adds somebody by user name."""
        asked = NewMemberSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        joined = actions.add_person(self.project, name=data["user"], role=data["role"], by=request.user)
        return self._answer(joined, status=201)

    @extend_schema(operation_id="projects_members_retrieve", responses={200: MemberSerializer} | NOT_MANAGED)
    def retrieve(self, request: SignedRequest, slug: str, user: str) -> Response:
        """One member."""
        return self._answer(self._membership(user))

    @extend_schema(
        operation_id="projects_members_update",
        request=RoleSerializer,
        responses={200: MemberSerializer} | NOT_MANAGED | LAST,
    )
    def partial_update(self, request: SignedRequest, slug: str, user: str) -> Response:
        """Gives a member another role."""
        membership = self._membership(user)
        asked = RoleSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return self._answer(actions.change_role(membership, by=request.user, **asked.validated_data))

    @extend_schema(
        operation_id="projects_members_delete", responses={200: RemovedSerializer} | NOT_MANAGED | LAST
    )  # fmt: skip
    def destroy(self, request: SignedRequest, slug: str, user: str) -> Response:
        """Removes a member: their work and their pseudonym stay, what was open goes back to the queue."""
        given_back = actions.remove_person(self._membership(user), by=request.user)
        return Response({"given_back": given_back})

    def _membership(self, user: str) -> Membership:
        return named_or_404(self.project.memberships.select_related("user", "project"), user__username=user)

    def _answer(self, membership: Membership, *, status: int = 200) -> Response:
        found = next(one for one in members_of(self.project) if one.membership.pk == membership.pk)
        return Response(MemberSerializer(found).data, status=status)
