"""/projects/{slug}/assignments/: articles to people by hand, in one step that one undo takes back."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.assigning import PRIORITIES, assign_many, preview, prioritise, take_away_many
from annotations.actions.batches import undo_batch
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import Membership, Project
from annotations.queries.assigning import MOST, Choice, Plan, members

NUMBER: dict[str, Any] = {"min_value": 1, "max_value": 2**63 - 1}
REFUSED = {
    403: OpenApiResponse(ProblemSerializer, "Only managers assign"),
    422: OpenApiResponse(ProblemSerializer, "A day, a number or a person that is none"),
}


class ChoiceSerializer(serializers.Serializer[None]):
    """Which articles; what is left out narrows nothing. They are taken in the order of the queue."""

    articles = serializers.ListField(child=serializers.IntegerField(**NUMBER), max_length=MOST, default=[])
    source = serializers.CharField(max_length=200, default="", allow_blank=True, help_text="The outlet's name.")  # type: ignore[assignment]  # a field, no attribute
    since = serializers.CharField(max_length=200, default="", allow_blank=True, help_text="Published from this day on.")
    until = serializers.CharField(max_length=200, default="", allow_blank=True, help_text="Published to this day.")
    story = serializers.IntegerField(allow_null=True, default=None, help_text="An article of the story.", **NUMBER)
    first = serializers.IntegerField(allow_null=True, default=None, help_text="From this article's id on.", **NUMBER)
    last = serializers.IntegerField(allow_null=True, default=None, help_text="To this article's id.", **NUMBER)
    most = serializers.IntegerField(default=MOST, min_value=1, max_value=MOST)

    def choice(self) -> Choice:
        """Returns the choice; of valid data."""
        said = self.validated_data
        names = ("source", "since", "until", "story", "first", "last", "most")
        return Choice(articles=tuple(said["articles"]), **{name: said[name] for name in names})


class PeopleSerializer(ChoiceSerializer):
    """Which articles, and which people by their pseudonyms."""

    people = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=1000)

    def members(self, project: Project) -> list[Membership]:
        """Returns the people in the order they were named. Raises ValidationError for one who is no member."""
        by_name = {one.pseudonym: one for one in members(project)}
        unknown = [name for name in self.validated_data["people"] if name not in by_name]
        if unknown:
            raise serializers.ValidationError({"people": f"no member: {', '.join(unknown)}"}, code="member_unknown")
        return [by_name[name] for name in dict.fromkeys(self.validated_data["people"])]


class AssignSerializer(PeopleSerializer):
    """Which articles to whom; `each` is how many of the people read each article, the overlap unless given."""

    each = serializers.IntegerField(allow_null=True, default=None, min_value=1, max_value=1000)
    preview = serializers.BooleanField(default=False, help_text="Only say what would come of it.")


class AssignedSerializer(serializers.Serializer[Any]):
    """What was done, or would be; `batch` names the step for its undo."""

    batch = serializers.UUIDField(allow_null=True)
    sets = serializers.IntegerField()
    people = serializers.DictField(child=serializers.IntegerField(), help_text="Sets by pseudonym.")
    full = serializers.IntegerField(help_text="Articles without a free slot.")
    nobody = serializers.IntegerField(help_text="Articles that all of the people have or had.")


class PrioritySerializer(ChoiceSerializer):
    """Which articles, and how early the queue hands them out: higher first."""

    priority = serializers.IntegerField(min_value=PRIORITIES[0], max_value=PRIORITIES[-1])


class AssignmentsView(APIView):
    """Assigning by hand."""

    @extend_schema(
        operation_id="projects_assign", request=AssignSerializer, responses={200: AssignedSerializer} | REFUSED
    )
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Gives articles to people as evenly as may be, within the overlap; nobody gets the same article twice."""
        project = managed(request, slug)
        said = AssignSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        people, each = said.members(project), said.validated_data["each"] or project.overlap
        if said.validated_data["preview"]:
            plan = preview(project, said.choice(), people, each=each, by=request.user)
            return Response(_assigned(None, plan, people))
        batch, plan = assign_many(project, said.choice(), people, each=each, by=request.user)
        return Response(_assigned(batch.uid, plan, people))


def _assigned(batch: str | None, plan: Plan, people: list[Membership]) -> dict[str, Any]:
    by_person = {one.pseudonym: plan.load[one.pk] for one in people}
    return {"batch": batch, "sets": plan.sets, "people": by_person, "full": plan.full, "nobody": plan.nobody}


class TakeAwayView(APIView):
    """Taking articles away."""

    @extend_schema(
        operation_id="projects_take_away",
        request=PeopleSerializer,
        responses={
            200: {
                "type": "object",
                "properties": {"batch": {"type": "string", "format": "uuid"}, "sets": {"type": "integer"}},
            }
        }
        | REFUSED,
    )
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Gives these people's open work on these articles back to the queue. It is kept, and not counted."""
        project = managed(request, slug)
        said = PeopleSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        batch = take_away_many(project, said.choice(), said.members(project), by=request.user)
        return Response({"batch": batch.uid, "sets": len(batch.moved)})


class BatchUndoView(APIView):
    """Taking a step back."""

    @extend_schema(
        operation_id="projects_batch_undo",
        request=None,
        responses={200: {"type": "object", "properties": {"undone": {"type": "integer"}, "left": {"type": "integer"}}}}
        | REFUSED,
    )
    def post(self, request: SignedRequest, slug: str, uid: UUID) -> Response:
        """Takes a step back, set by set; work that went on since is left alone."""
        undone = undo_batch(managed(request, slug), str(uid), by=request.user)
        return Response({"undone": undone.moved, "left": undone.left})


class PrioritiesView(APIView):
    """What goes first."""

    @extend_schema(
        operation_id="projects_priorities",
        request=PrioritySerializer,
        responses={
            200: {
                "type": "object",
                "properties": {"batch": {"type": "string", "format": "uuid"}, "articles": {"type": "integer"}},
            }
        }
        | REFUSED,
    )
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Says how early the queue hands these articles out; `batch` names the step for its undo."""
        project = managed(request, slug)
        said = PrioritySerializer(data=request.data)
        said.is_valid(raise_exception=True)
        priority = said.validated_data["priority"]
        step, n = prioritise(project, said.choice(), priority, by=request.user)
        return Response({"batch": step.uid, "articles": n})


def managed(request: Request, slug: str) -> Project:
    """Returns a project whose work the caller may assign, else 404 or 403."""
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    if not policy.can_assign(request.user, project):
        raise PermissionDenied
    return project
