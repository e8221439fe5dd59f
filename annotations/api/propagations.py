"""/projects/{slug}/occurrences/, /propagations/: the same words in all open articles, labelled in one step."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.propagations import advance_propagation, begin_propagation
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import Project, Propagation
from annotations.queries.occurrences import STATES, Model, preview

LONGEST_WORDS = 300
MOST_SKIPPED = 2000


class WordsSerializer(serializers.Serializer[None]):
    """Which words, and what is to stand there."""

    words = serializers.CharField(max_length=LONGEST_WORDS, trim_whitespace=False)
    whole = serializers.BooleanField(default=True, help_text="Only where the words are no part of longer ones.")
    label = serializers.CharField(max_length=40)  # type: ignore[assignment]  # a field, no attribute
    entity = serializers.CharField(max_length=80, required=False, allow_null=True, default=None)
    set = serializers.IntegerField(min_value=1, help_text="Where they come from; it is left out.")


class OccurrencesQuerySerializer(WordsSerializer):
    """The words, and after which set the page begins."""

    after = serializers.IntegerField(min_value=0, default=0)


class ContextSerializer(serializers.Serializer[Any]):
    """The words where they stand."""

    before = serializers.CharField(allow_blank=True)
    words = serializers.CharField()
    after = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(STATES)


class OccurrencesArticleSerializer(serializers.Serializer[Any]):
    """An article with the number of places by what stands there, and some of them."""

    set = serializers.IntegerField()
    headline = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())
    contexts = ContextSerializer(many=True)


class OccurrencesSerializer(serializers.Serializer[Any]):
    """A page of articles; `after` asks for the next one."""

    articles = OccurrencesArticleSerializer(many=True)
    after = serializers.IntegerField(allow_null=True)


class PropagateSerializer(WordsSerializer):
    """A step: its id is made by the client."""

    id = serializers.UUIDField()
    attributes = serializers.DictField(default=dict)
    skip = serializers.ListField(child=serializers.IntegerField(), default=list, max_length=MOST_SKIPPED)


class WantedSerializer(serializers.Serializer[None]):
    """Whether the step is to be done or taken back."""

    done = serializers.BooleanField()


class PropagationSerializer(serializers.Serializer[Propagation]):
    """How far a step is; until `ended` ask again. `report` counts spans, sets and what was left alone."""

    id = serializers.UUIDField(source="uid")
    done = serializers.BooleanField()
    ended = serializers.BooleanField()
    report = serializers.DictField()


NOT_THERE = {404: OpenApiResponse(ProblemSerializer, "No such project or step for you")}
REFUSED = {
    409: OpenApiResponse(ProblemSerializer, "The id is that of another step"),
    422: OpenApiResponse(ProblemSerializer, "No such label or entity"),
}


def _project(request: Request, slug: str) -> Project:
    return get_object_or_404(policy.visible_projects(request.user), slug=slug)


class OccurrencesView(APIView):
    """The same words in the caller's other open articles."""

    @extend_schema(
        operation_id="projects_occurrences",
        parameters=[OccurrencesQuerySerializer],
        responses={200: OccurrencesSerializer} | NOT_THERE,
    )
    def get(self, request: SignedRequest, slug: str) -> Response:
        """A page of articles in which the words stand, with what stands at each place now."""
        asked = OccurrencesQuerySerializer(data=request.query_params)
        project = _project(request, slug)
        asked.is_valid(raise_exception=True)
        said: dict[str, Any] = asked.validated_data
        model = Model(words=said["words"], whole=said["whole"], label=said["label"], entity=said["entity"] or None)
        return Response(preview(project, model, to=request.user, origin=said["set"], after=said["after"]))


class PropagationsView(SamePerson, APIView):
    """Puts a label on the same words in the caller's other open articles."""

    @extend_schema(
        operation_id="projects_propagations_create",
        parameters=[PERSON],
        request=PropagateSerializer,
        responses={200: PropagationSerializer} | NOT_THERE | REFUSED,
    )
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Begins a step and carries it out in the first sets; sent again it goes on."""
        project = _project(request, slug)
        asked = PropagateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said: dict[str, Any] = dict(asked.validated_data)
        uid, origin = str(said.pop("id")), said.pop("set")
        step = begin_propagation(project, by=request.user, uid=uid, origin=origin, **said)
        return Response(PropagationSerializer(advance_propagation(step, by=request.user, done=step.done)).data)


class PropagationView(SamePerson, APIView):
    """One step: how far it is, and taking it back."""

    @extend_schema(operation_id="projects_propagations_retrieve", responses={200: PropagationSerializer} | NOT_THERE)
    def get(self, request: SignedRequest, slug: str, uid: str) -> Response:
        """How far the step is."""
        return Response(PropagationSerializer(self._step(request, slug, uid)).data)

    @extend_schema(
        operation_id="projects_propagations_update",
        parameters=[PERSON],
        request=WantedSerializer,
        responses={200: PropagationSerializer} | NOT_THERE,
    )
    def put(self, request: SignedRequest, slug: str, uid: str) -> Response:
        """Says whether the step is to stand, and goes on with that in some sets; ask until `ended`."""
        step = self._step(request, slug, uid)
        asked = WantedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        step = advance_propagation(step, by=request.user, done=asked.validated_data["done"])
        return Response(PropagationSerializer(step).data)

    def _step(self, request: SignedRequest, slug: str, uid: str) -> Propagation:
        rows = Propagation.objects.filter(project=_project(request, slug), created_by=request.user)
        return get_object_or_404(rows, uid=str(uid))
