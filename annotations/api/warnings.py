"""/annotation-sets/{id}/warnings/: what looks like a slip in a set, and what of it somebody has dismissed."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.warnings import MOST_DISMISSED, dismiss_warnings
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.kinds.warnings import KINDS
from annotations.models import AnnotationSet
from annotations.queries.warnings import elsewhere_of, warnings_data

KEY = rf"^({'|'.join(KINDS)}):[0-9a-f-]{{36}}:[0-9a-f]{{8}}\Z"


class WarningSerializer(serializers.Serializer[Any]):
    """One warning; `data` depends on its kind (docs/warnings.md)."""

    key = serializers.CharField(help_text="`kind:id:stamp`: what it is dismissed by.")
    kind = serializers.ChoiceField(KINDS)
    span = serializers.UUIDField(allow_null=True)
    relation = serializers.UUIDField(allow_null=True)
    start = serializers.IntegerField(help_text="Code point.")
    quote = serializers.CharField(allow_blank=True)
    data = serializers.DictField()  # type: ignore[assignment]  # a field, no attribute
    dismissed = serializers.BooleanField()


class TallySerializer(serializers.Serializer[dict[str, Any]]):
    """Numbers of warnings by kind, those open and those dismissed."""

    open = serializers.DictField(child=serializers.IntegerField())
    dismissed = serializers.DictField(child=serializers.IntegerField())


class WarningsSerializer(TallySerializer):
    """The warnings of a set, in the order of the text."""

    warnings = WarningSerializer(many=True)


def _keys() -> serializers.ListField:
    return serializers.ListField(child=serializers.RegexField(KEY), max_length=MOST_DISMISSED, default=list)


class DismissSerializer(serializers.Serializer[None]):
    """Keys of warnings to dismiss, and to bring back."""

    dismiss = _keys()
    restore = _keys()


class DismissedSerializer(serializers.Serializer[Any]):
    """All keys that the caller has dismissed in the set."""

    dismissed = serializers.ListField(child=serializers.CharField())


class ElsewhereSerializer(serializers.Serializer[Any]):
    """Folded words -> label -> number of spans in other sets."""

    words = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))


NO_SET = {404: OpenApiResponse(ProblemSerializer, "No such set for you")}


def _set(request: Request, pk: int) -> AnnotationSet:
    rows = policy.attended_sets(request.user).select_related("project", "article").defer("project__guideline")
    return get_object_or_404(rows, pk=pk)


class WarningsView(SamePerson, APIView):
    """The warnings of a set as the caller sees them; dismissals are the caller's own."""

    @extend_schema(operation_id="annotation_sets_warnings", responses={200: WarningsSerializer} | NO_SET)
    def get(self, request: SignedRequest, pk: int) -> Response:
        """All warnings, the dismissed ones included, with counts by kind."""
        return Response(WarningsSerializer(warnings_data(_set(request, pk), to=request.user)).data)

    @extend_schema(
        operation_id="annotation_sets_warnings_dismiss",
        parameters=[PERSON],
        request=DismissSerializer,
        responses={200: DismissedSerializer, 422: OpenApiResponse(ProblemSerializer, "No keys of warnings")} | NO_SET,
    )
    def post(self, request: SignedRequest, pk: int) -> Response:
        """Dismisses warnings and brings others back; the same again changes nothing."""
        annotation_set = _set(request, pk)
        asked = DismissSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said: dict[str, Any] = asked.validated_data
        dismissed = dismiss_warnings(annotation_set, by=request.user, dismiss=said["dismiss"], restore=said["restore"])
        return Response({"dismissed": dismissed})


class ElsewhereView(APIView):
    """How the words of a set are labelled in the project's other sets that the caller may see."""

    @extend_schema(operation_id="annotation_sets_warnings_elsewhere", responses={200: ElsewhereSerializer} | NO_SET)
    def get(self, request: SignedRequest, pk: int) -> Response:
        """Counts by label for each of the set's names; annotators hear of their own work alone."""
        return Response({"words": elsewhere_of(_set(request, pk), to=request.user)})
