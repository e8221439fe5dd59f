"""/projects/{slug}/queue/next/: what does the caller do next?"""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.queue import next_article
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import AnnotationSetSerializer
from annotations.api.signed import SignedRequest


class NextSerializer(serializers.Serializer[None]):
    """Where the caller comes from."""

    after = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1,
        help_text="A set of the caller's that is not to be the answer.",
    )  # fmt: skip


class NextArticleView(SamePerson, APIView):
    """The queue of a project."""

    @extend_schema(
        operation_id="projects_queue_next",
        request=NextSerializer,
        parameters=[PERSON],
        responses={
            200: OpenApiResponse(AnnotationSetSerializer, "A set that the caller has open already"),
            201: OpenApiResponse(AnnotationSetSerializer, "The caller was given this article just now"),
            204: OpenApiResponse(None, "Nothing is left for the caller"),
        },
    )
    def post(self, request: SignedRequest, slug: str) -> Response:
        """What the caller has open, else the next article with a free slot. Asked again, it answers the same again."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        said = NextSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        after = said.validated_data["after"]
        came_from = after and get_object_or_404(policy.own_sets(request.user), project=project, pk=after)
        handed = next_article(project, by=request.user, after=came_from)
        if handed is None:
            return Response(status=204)
        answer = AnnotationSetSerializer(handed.annotation_set, context={"request": request})
        return Response(answer.data, status=201 if handed.is_new else 200)
