"""/annotation-sets/{id}/time/: how long the caller has worked on a set."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.visits import report_visit
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.models import AnnotationSet
from annotations.queries.visits import seconds_on

LONGEST = 24 * 3600
NO_SET = {404: OpenApiResponse(ProblemSerializer, "No such set for you")}


class VisitSerializer(serializers.Serializer[None]):
    """What a visit has come to by now."""

    visit = serializers.UUIDField(help_text="Made by the client, once for each time the page is open.")
    seconds = serializers.IntegerField(min_value=1, max_value=LONGEST, help_text="Seconds of work, idle time left out.")


class SecondsSerializer(serializers.Serializer[Any]):
    """The caller's time on a set."""

    seconds = serializers.IntegerField(help_text="Of all visits of the caller.")


class TimeView(SamePerson, APIView):
    """The caller's own time on a set."""

    @extend_schema(operation_id="annotation_sets_time", responses={200: SecondsSerializer} | NO_SET)
    def get(self, request: SignedRequest, pk: int) -> Response:
        """Seconds of all visits."""
        return Response({"seconds": seconds_on(_set(request, pk), of=request.user)})

    @extend_schema(
        operation_id="annotation_sets_time_report",
        parameters=[PERSON],
        request=VisitSerializer,
        responses={200: SecondsSerializer, 422: OpenApiResponse(ProblemSerializer, "No visit")} | NO_SET,
    )
    def post(self, request: SignedRequest, pk: int) -> Response:
        """Says what a visit has come to; the same again, or less than was said before, changes nothing."""
        annotation_set = _set(request, pk)
        said = VisitSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        uid, seconds = str(said.validated_data["visit"]), said.validated_data["seconds"]
        try:
            report_visit(annotation_set, by=request.user, uid=uid, seconds=seconds)
        except AnnotationSet.DoesNotExist as error:
            raise Http404 from error
        return Response({"seconds": seconds_on(annotation_set, of=request.user)})


def _set(request: Request, pk: int) -> AnnotationSet:
    return get_object_or_404(policy.attended_sets(request.user), pk=pk)
