"""/annotation-sets/: whose work, how far, and what is in it."""

from typing import Any

import msgspec
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import policy
from annotations.actions import assignments
from annotations.api.serializers import (
    AnnotationSetCreateSerializer,
    AnnotationSetDetailSerializer,
    AnnotationSetSerializer,
    ProblemSerializer,
)
from annotations.api.signed import SignedRequest
from annotations.api.transitions import TransitionSerializer
from annotations.models import AnnotationSet
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of
from annotations.queries.transitions import moves_of

NOT_BEGUN = {
    404: OpenApiResponse(ProblemSerializer, "No such project or article for you"),
    409: OpenApiResponse(ProblemSerializer, "As many people as are wanted have this article already"),
}
NOT_SUBMITTED = {409: OpenApiResponse(ProblemSerializer, "The work is handed in already, or still in review")}


class AnnotationSetFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which sets a list shows."""

    project = filters.CharFilter(field_name="project__slug")
    article = filters.NumberFilter(field_name="article_id", max_value=2**63 - 1, min_value=1)

    class Meta:
        model = AnnotationSet
        fields = ["kind", "status"]


class OpenedSetSerializer(AnnotationSetDetailSerializer):
    """An annotation set with its annotations, and where the caller may move it on to."""

    transitions = TransitionSerializer(many=True, read_only=True)

    class Meta(AnnotationSetDetailSerializer.Meta):
        fields = [*AnnotationSetDetailSerializer.Meta.fields, "transitions"]


class AnnotationSetViewSet(viewsets.ReadOnlyModelViewSet[AnnotationSet]):
    """The caller's own sets, and all sets of projects they review or manage."""

    queryset = AnnotationSet.objects.none()
    serializer_class = AnnotationSetSerializer
    filterset_class = AnnotationSetFilter
    request: SignedRequest

    def get_queryset(self) -> QuerySet[AnnotationSet]:
        """The sets the caller may see; lists leave the texts in the database."""
        rows = policy.visible_sets(self.request.user).select_related("project")
        return rows.prefetch_related("warning_tallies", "visits")

    @extend_schema(responses=OpenedSetSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One set with its spans, relations and labels."""
        found = self.get_object()
        ways = TransitionSerializer(moves_of(self.request.user, found), many=True)
        return Response(_detail(found) | {"transitions": ways.data})

    @extend_schema(request=AnnotationSetCreateSerializer, responses={200: AnnotationSetSerializer} | NOT_BEGUN)
    def create(self, request: SignedRequest) -> Response:
        """Begins the caller's own set on an article of a project, or finds the one there is."""
        serializer = AnnotationSetCreateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        project = get_object_or_404(policy.visible_projects(request.user), slug=serializer.validated_data["project"])
        article = get_object_or_404(policy.visible_articles(request.user), pk=serializer.validated_data["article"])
        made = assignments.open_own_set(project, article, by=request.user)
        return Response(self.get_serializer(made).data)

    @extend_schema(request=None, responses={200: AnnotationSetSerializer} | NOT_SUBMITTED)
    @action(detail=True, methods=["post"])
    def submit(self, request: SignedRequest, pk: str) -> Response:
        """Hands the work in; it is closed for its annotator from then on."""
        return Response(self.get_serializer(assignments.submit(self.get_object(), by=request.user)).data)


def _detail(annotation_set: AnnotationSet) -> dict[str, Any]:
    return AnnotationSetSerializer(annotation_set).data | {
        "text_sha256": annotation_set.article.text_sha256,
        "spans": msgspec.to_builtins(spans_of(annotation_set)),
        "relations": msgspec.to_builtins(relations_of(annotation_set)),
        "labels": msgspec.to_builtins(labels_of(annotation_set)),
    }
