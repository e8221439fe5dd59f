"""/projects/: projects with their labels."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from annotations import policy
from annotations.actions.projects import create_project
from annotations.api.serializers import LabelSerializer, ProjectCreateSerializer, ProjectSerializer
from annotations.api.signed import SignedRequest
from annotations.models import Project


class ProjectViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Project]):
    """The caller's projects."""

    queryset = Project.objects.none()
    serializer_class = ProjectSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    def get_queryset(self) -> QuerySet[Project]:
        """The projects the caller is a member of."""
        return policy.visible_projects(self.request.user)

    @extend_schema(request=ProjectCreateSerializer, responses={201: ProjectSerializer})
    def create(self, request: SignedRequest) -> Response:
        """Makes a project with a preset's labels; the caller becomes its manager."""
        if not policy.can_create_project(request.user):
            raise PermissionDenied
        serializer = ProjectCreateSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        project = create_project(by=request.user, **serializer.validated_data)
        return Response(self.get_serializer(project).data, status=201)

    @extend_schema(responses=LabelSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def labels(self, request: SignedRequest, slug: str) -> Response:
        """The project's label scheme, in its order, archived labels included."""
        return Response(LabelSerializer(self.get_object().labels.all(), many=True).data)
