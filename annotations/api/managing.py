"""What do the endpoints of a project's managers share? The project: 404 where it isn't seen, 403 where not managed."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations import policy
from annotations.api.serializers import ProblemSerializer
from annotations.models import Project

NOT_MANAGED = {
    403: OpenApiResponse(ProblemSerializer, "Only managers may"),
    404: OpenApiResponse(ProblemSerializer, "No such project, person or webhook for you"),
}


class OfManagers(APIView):
    """A mixin of API views below a project that only its managers may use."""

    project: Project

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Finds the project. Raises Http404 or PermissionDenied."""
        super().initial(request, *args, **kwargs)
        self.project = get_object_or_404(policy.visible_projects(request.user), slug=kwargs["slug"])
        if not policy.can_manage(request.user, self.project):
            raise PermissionDenied
