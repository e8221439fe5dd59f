"""/projects/{slug}/entities/: the project's knowledge base, searched, enlarged and mended."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import policy
from annotations.actions.entities import LONGEST_NAME, change_entity, create_entity
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import Entity, Project
from annotations.queries.entities import MOST_FOUND, entities_page, search_entities, with_mentions

KEY = "[a-z0-9][a-z0-9._-]{0,79}"


class EntitySerializer(serializers.Serializer[Any]):
    """A thing that mentions are linked to."""

    key = serializers.CharField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field, no attribute
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)
    external_id = serializers.CharField(allow_blank=True, help_text="Wikidata, Q…")
    aliases = serializers.ListField(child=serializers.CharField(), help_text="Its other names.")
    learned = serializers.ListField(
        child=serializers.CharField(), help_text="Those of `aliases` that came from linked mentions."
    )
    mentions = serializers.IntegerField(help_text="In the sets that the caller may see.")


class EntityQuerySerializer(serializers.Serializer[None]):
    """What is looked for."""

    q = serializers.CharField(required=False, default="", max_length=LONGEST_NAME, help_text="Words of a name.")
    label = serializers.CharField(required=False, default="", max_length=40, help_text="With `q` these come first.")  # type: ignore[assignment]  # a field, no attribute
    limit = serializers.IntegerField(required=False, default=20, min_value=1, max_value=MOST_FOUND)


class EntityTextSerializer(serializers.Serializer[None]):
    """The fields of an entity that reviewers and managers may change."""

    name = serializers.CharField(max_length=LONGEST_NAME)
    label = serializers.CharField(max_length=40, allow_blank=True, required=False)  # type: ignore[assignment]  # a field, no attribute
    name_en = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, required=False)
    external_id = serializers.CharField(max_length=80, allow_blank=True, required=False)

    def validate_label(self, label: str) -> str:
        """Accepts a label of the project's entities, or none."""
        known = self.context["project"].labels.filter(key=label, kind="entity", archived_at=None)
        if label and not known.exists():
            raise serializers.ValidationError("no label of entities", code="label_unknown")
        return label


def _names() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(max_length=LONGEST_NAME), max_length=100, required=False)


class EntityCreateSerializer(EntityTextSerializer):
    """A new entity; without a key it gets one."""

    key = serializers.RegexField(rf"^{KEY}\Z", required=False)
    aliases = _names()


class EntityChangeSerializer(EntityTextSerializer):
    """What changes: names to add and to take away, and other fields."""

    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    add = _names()
    remove = _names()


NOT_THERE = {404: OpenApiResponse(ProblemSerializer, "No such project or entity for you")}
TAKEN = {409: OpenApiResponse(ProblemSerializer, "The key is taken")}
GIVEN = {403: OpenApiResponse(ProblemSerializer, "Only reviewers and managers change what was given")}


class EntityViewSet(SamePerson, viewsets.GenericViewSet[Entity]):
    """The knowledge base of a project: all members search it and add to it."""

    queryset = Entity.objects.none()
    serializer_class = EntitySerializer
    request: SignedRequest

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Finds the project. Raises Http404 for those who do not belong to it."""
        super().initial(request, *args, **kwargs)
        self.project: Project = get_object_or_404(policy.visible_projects(request.user), slug=kwargs["slug"])

    def get_queryset(self) -> QuerySet[Entity]:
        """The project's entities."""
        if getattr(self, "swagger_fake_view", False):
            return Entity.objects.none()
        return policy.visible_entities(self.request.user).filter(project=self.project).select_related("project")

    @extend_schema(
        operation_id="projects_entities_list",
        parameters=[EntityQuerySerializer],
        responses={200: EntitySerializer(many=True)} | NOT_THERE,
    )
    def list(self, request: SignedRequest, slug: str) -> Response:
        """With `q` the likeliest ones, the best first, on one page; without it all, page by page, newest first."""
        asked = EntityQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        query, label, limit = (asked.validated_data[name] for name in ("q", "label", "limit"))
        if query.strip():
            found = search_entities(self.project, query, to=request.user, label=label, limit=limit)
            return Response({"next": None, "previous": None, "results": found})
        page = self.paginate_queryset(entities_page(self.project, label=label))
        return self.get_paginated_response(with_mentions(self.project, page or [], to=request.user))

    @extend_schema(
        operation_id="projects_entities_create",
        parameters=[PERSON],
        request=EntityCreateSerializer,
        responses={201: EntitySerializer} | NOT_THERE | TAKEN,
    )
    def create(self, request: SignedRequest, slug: str) -> Response:
        """Makes an entity: every member may."""
        asked = EntityCreateSerializer(data=request.data, context={"project": self.project})
        asked.is_valid(raise_exception=True)
        return self._answer(create_entity(self.project, by=request.user, **asked.validated_data), status=201)

    @extend_schema(operation_id="projects_entities_retrieve", responses={200: EntitySerializer} | NOT_THERE)
    def retrieve(self, request: SignedRequest, slug: str, key: str) -> Response:
        """One entity."""
        return self._answer(get_object_or_404(self.get_queryset(), key=key))

    @extend_schema(
        operation_id="projects_entities_update",
        parameters=[PERSON],
        request=EntityChangeSerializer,
        responses={200: EntitySerializer} | NOT_THERE | GIVEN,
    )
    def partial_update(self, request: SignedRequest, slug: str, key: str) -> Response:
        """Adds names and takes learned ones away: every member may; the rest is for reviewers and managers."""
        entity = get_object_or_404(self.get_queryset(), key=key)
        asked = EntityChangeSerializer(data=request.data, context={"project": self.project})
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        if "label" in said:
            said["label_key"] = said.pop("label")
        return self._answer(change_entity(entity, by=request.user, **said))

    def _answer(self, entity: Entity, *, status: int = 200) -> Response:
        (data,) = with_mentions(self.project, [entity], to=self.request.user)
        return Response(data, status=status)
