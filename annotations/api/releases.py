"""/projects/{slug}/releases/: frozen data sets: cutting one, what it is, its files, what changed since another."""

from typing import Any

import msgspec
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.api.days import DayField
from annotations.api.exports import AnyNegotiation
from annotations.api.named import named_or_404
from annotations.api.pagination import KeysetPagination
from annotations.api.person import PERSON, SamePerson
from annotations.api.ranges import sent
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.exporters import EXPORTERS
from annotations.jobs.releases import cut
from annotations.models import Project, Release
from annotations.queries.releases import difference
from annotations.queries.selection import FILTERS
from annotations.releases.splits import WAYS, Plan

NO_RELEASE = {404: OpenApiResponse(ProblemSerializer, "No such project or release for you")}
INVALID = {422: OpenApiResponse(ProblemSerializer, "A name, filter, format or split that can't be used")}


class SplitSerializer(serializers.Serializer[None]):
    """How the articles are divided."""

    way = serializers.ChoiceField(choices=WAYS, default="story")
    shares = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=100), min_length=3, max_length=3, default=[80, 10, 10]
    )
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=1)
    dev_from = DayField(required=False)
    test_from = DayField(required=False)

    def plan(self) -> Plan:
        """Returns what was said as a plan."""
        said = self.validated_data
        days = {field: said[field].isoformat() for field in ("dev_from", "test_from") if field in said}
        return Plan(way=said["way"], shares=tuple(said["shares"]), seed=said["seed"], **days)


class ReleaseCreateSerializer(serializers.Serializer[None]):
    """A release to be cut; the filter takes the parameters of the export."""

    name = serializers.CharField(max_length=40)
    note = serializers.CharField(default="", allow_blank=True, max_length=10_000)
    authors = serializers.ListField(child=serializers.CharField(max_length=200), default=list, max_length=50)
    license = serializers.CharField(default="", allow_blank=True, max_length=60)
    dated = DayField(required=False)
    filter = serializers.DictField(child=serializers.CharField(allow_blank=True), default=dict)
    formats = serializers.ListField(
        child=serializers.ChoiceField(choices=list(EXPORTERS)), default=["jsonl"], min_length=1
    )
    split = SplitSerializer(default=dict)

    def validate_filter(self, said: dict[str, str]) -> dict[str, str]:
        """Refuses parameters that no export has."""
        unknown = sorted(set(said) - set(FILTERS))
        if unknown:
            raise serializers.ValidationError(f"{', '.join(unknown)}?")
        return said


class ReleaseFileSerializer(serializers.Serializer[Any]):
    """A file of a release."""

    path = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class ReleaseSerializer(serializers.Serializer[Any]):
    """A release; the files stand in it once it is sealed."""

    id = serializers.UUIDField(source="uid")
    name = serializers.CharField()
    note = serializers.CharField()
    authors = serializers.ListField(child=serializers.CharField())
    license = serializers.CharField()
    dated = serializers.DateField()
    filter = serializers.DictField()
    formats = serializers.ListField(child=serializers.CharField())
    split = serializers.DictField()
    scheme_version = serializers.IntegerField()
    guideline_version = serializers.IntegerField()
    counts = serializers.DictField()
    agreement = serializers.DictField()
    losses = serializers.DictField()
    previous = serializers.CharField(source="previous.name", allow_null=True, default=None)
    sha256 = serializers.CharField(help_text="Of manifest.json, which has the sum of each file.")
    job = serializers.IntegerField(source="job_id", allow_null=True)
    created_at = serializers.DateTimeField()
    sealed_at = serializers.DateTimeField(allow_null=True)
    files = serializers.SerializerMethodField()

    @extend_schema_field(ReleaseFileSerializer(many=True))
    def get_files(self, release: Release) -> Any:
        """What can be downloaded."""
        return ReleaseFileSerializer(release.files.all() if release.sealed_at else [], many=True).data


def _project(request: Request, slug: str) -> Project:
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    if not policy.can_export(request.user, project):
        raise PermissionDenied
    return project


def _release(request: Request, slug: str, name: str) -> Release:
    rows = policy.visible_releases(request.user).select_related("project", "previous").prefetch_related("files")
    return named_or_404(rows, project=_project(request, slug), name=name)


def _sealed(request: Request, slug: str, name: str) -> Release:
    """Returns a release that is whole; what is being built has nothing yet to compare."""
    release = _release(request, slug, name)
    if release.sealed_at is None:
        raise Http404
    return release


class ReleasesView(SamePerson, APIView):
    """A project's releases."""

    pagination_class = KeysetPagination

    @extend_schema(operation_id="releases_list", responses={200: ReleaseSerializer(many=True)} | NO_RELEASE)
    def get(self, request: SignedRequest, slug: str) -> Response:
        """The newest first."""
        rows = policy.visible_releases(request.user).filter(project=_project(request, slug))
        pages = self.pagination_class()
        page = pages.paginate_queryset(rows.select_related("previous").prefetch_related("files"), request, view=self)
        return pages.get_paginated_response(ReleaseSerializer(page, many=True).data)

    @extend_schema(
        operation_id="releases_create", parameters=[PERSON], request=ReleaseCreateSerializer,
        responses={201: ReleaseSerializer} | INVALID | NO_RELEASE,
    )  # fmt: skip
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Begins a release; its job builds it."""
        project = _project(request, slug)
        if not policy.can_cut_release(request.user, project):
            raise PermissionDenied
        said = ReleaseCreateSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        split = SplitSerializer(data=said.validated_data.pop("split"))
        split.is_valid(raise_exception=True)
        release = cut(project, by=request.user, plan=split.plan(), **said.validated_data)
        return Response(ReleaseSerializer(release).data, status=201)


class ReleaseView(APIView):
    """One release."""

    @extend_schema(operation_id="releases_retrieve", responses={200: ReleaseSerializer} | NO_RELEASE)
    def get(self, request: Request, slug: str, name: str) -> Response:
        """What it is, and its files."""
        return Response(ReleaseSerializer(_release(request, slug, name)).data)


class ReleaseDifferenceView(APIView):
    """What changed between two releases."""

    @extend_schema(
        operation_id="releases_difference",
        parameters=[OpenApiParameter("against", str, description="The earlier release; the previous one unless said.")],
        responses={200: OpenApiTypes.OBJECT} | NO_RELEASE,
    )
    def get(self, request: Request, slug: str, name: str) -> Response:
        """Articles and annotations that came, went and changed, with the first cases."""
        release = _sealed(request, slug, name)
        against = request.query_params.get("against")
        if not against or (release.previous and against == release.previous.name):
            return Response(release.difference)
        return Response(msgspec.to_builtins(difference(_sealed(request, slug, against), release)))


class ReleaseFileView(APIView):
    """A file of a release."""

    content_negotiation_class = AnyNegotiation

    @extend_schema(
        operation_id="releases_file",
        parameters=[OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="bytes=1000-")],
        responses={(200, "*/*"): OpenApiTypes.BINARY,
                   (206, "*/*"): OpenApiTypes.BINARY} | NO_RELEASE,
    )  # fmt: skip
    def get(self, request: Request, slug: str, name: str, path: str) -> HttpResponseBase:
        """The bytes, or a range of them; the ETag is the SHA-256."""
        release = _release(request, slug, name)
        file = named_or_404(release.files.all() if release.sealed_at else release.files.none(), path=path)
        return sent(request, file, filename=f"{slug}-{name}-{path.replace('/', '-')}")
