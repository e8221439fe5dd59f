"""/projects/{slug}/guidelines/: the versions of a project's guideline, and publishing another."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.guidelines import mark_read, publish_guideline
from annotations.api.person import PERSON, SamePerson
from annotations.api.scheme_serializers import VersionSerializer
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import GuidelineVersion
from annotations.queries.guidelines import versions_of

NOT_THERE = {404: OpenApiResponse(ProblemSerializer, "No such project or version for you")}


class GuidelineVersionSerializer(VersionSerializer):
    """A published version with its text and its entries by label, Markdown."""

    text = serializers.CharField()
    entries = serializers.DictField(child=serializers.CharField())


class GuidelinePublishSerializer(serializers.Serializer[None]):
    """What is published; `base` is the version it was written on."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)
    entries = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False, default=dict)
    base = serializers.IntegerField()
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=300)


class ReadSerializer(serializers.Serializer[None]):
    """Up to which version the caller has read."""

    version = serializers.IntegerField(min_value=1)


class GuidelinesView(SamePerson, APIView):
    """The versions of a guideline."""

    @extend_schema(operation_id="guidelines", responses={200: VersionSerializer(many=True)} | NOT_THERE)
    def get(self, request: SignedRequest, slug: str) -> Response:
        """The newest 50 versions, the newest first."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        return Response(VersionSerializer(versions_of(project), many=True).data)

    @extend_schema(
        operation_id="guideline_publish", parameters=[PERSON], request=GuidelinePublishSerializer,
        responses={201: GuidelineVersionSerializer, 403: OpenApiResponse(ProblemSerializer, "Managers only"),
                   409: OpenApiResponse(ProblemSerializer, "`guideline_stale`: not on the version that holds")}
        | NOT_THERE,
    )  # fmt: skip
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Publishes a version."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        if not policy.can_edit_scheme(request.user, project):
            raise PermissionDenied
        asked = GuidelinePublishSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        version = publish_guideline(project, by=request.user, **asked.validated_data)
        return Response(GuidelineVersionSerializer(version).data, status=201)


class GuidelineVersionView(APIView):
    """One version of a guideline."""

    @extend_schema(operation_id="guideline_version", responses={200: GuidelineVersionSerializer} | NOT_THERE)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """The text as it was then."""
        rows = GuidelineVersion.objects.filter(project__in=policy.visible_projects(request.user).filter(slug=slug))
        return Response(GuidelineVersionSerializer(get_object_or_404(rows, number=number)).data)


class GuidelineReadView(SamePerson, APIView):
    """How far a member has read."""

    @extend_schema(
        operation_id="guideline_read", parameters=[PERSON], request=ReadSerializer, responses={204: None} | NOT_THERE
    )
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Notes that the caller has read up to a version; a mark never goes back."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        asked = ReadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        mark_read(project, by=request.user, version=asked.validated_data["version"])
        return Response(status=204)
