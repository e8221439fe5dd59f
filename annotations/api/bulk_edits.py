"""/projects/{slug}/bulk-edits/: what the caller has changed in many sets at once, and taking it back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions import bulk_edits
from annotations.actions.bulk_edits import UndoReport
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.forms.rejections import explain
from annotations.kinds.reasons import REASONS
from annotations.models import BulkEdit
from annotations.queries.bulk_edits import own_edits, tally

LATEST = 25
MOST_LEFT = 100
WHOLE_SETS = {
    "set_closed": gettext_noop("The work is handed in."),
    "not_yours": gettext_noop("You may read this work but not change it."),
    "not_found": gettext_noop("The work is not there any more."),
    "text_sha256_mismatch": gettext_noop("The text is another one."),
    "changed": gettext_noop("It was changed since."),
}


class RefusedSerializer(serializers.Serializer[Any]):
    """How many operations, or whole sets, were refused for one reason."""

    reason = serializers.CharField()
    detail = serializers.CharField(help_text="In the caller's language.")
    n = serializers.IntegerField()


class BulkEditSerializer(serializers.Serializer[Any]):
    """A bulk edit with what it did."""

    id = serializers.UUIDField(source="uid")
    about = serializers.DictField()
    created_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    new = serializers.IntegerField(help_text="Things that were made.")
    changed = serializers.IntegerField()
    deleted = serializers.IntegerField()
    sets = serializers.IntegerField()
    refused = RefusedSerializer(many=True)

    def to_representation(self, instance: BulkEdit) -> dict[str, Any]:
        """The edit with its counts."""
        counted = tally(instance)
        refused = [{"reason": reason, "detail": why(reason), "n": n} for reason, n in counted["refused"].items()]
        for name, said in (counted | {"refused": refused}).items():
            setattr(instance, name, said)
        return super().to_representation(instance)


class LeftSerializer(serializers.Serializer[Any]):
    """One thing that an undo left as it is."""

    set = serializers.IntegerField(source="set_id")
    thing = serializers.CharField()
    quote = serializers.CharField()
    reason = serializers.CharField()
    detail = serializers.SerializerMethodField()

    def get_detail(self, left: Any) -> str:
        """The reason in the caller's language."""
        return why(left.reason)


class UndoSerializer(serializers.Serializer[dict[str, Any]]):
    """What was restored in how many sets, and what was left; the first 100 of it by name."""

    restored = serializers.IntegerField()
    sets = serializers.IntegerField()
    left_in_all = serializers.IntegerField()
    left = LeftSerializer(many=True)


def why(reason: str) -> str:
    """Returns a reason in the active language; without the data of a single case."""
    if reason in WHOLE_SETS:
        return _(WHOLE_SETS[reason])
    return explain(reason, {}) if "{" not in REASONS.get(reason, "{") else reason


NO_EDIT = {404: OpenApiResponse(ProblemSerializer, "No such project or bulk edit for you")}


class BulkEditsView(APIView):
    """The caller's own bulk edits."""

    @extend_schema(operation_id="bulk_edits_list", responses={200: BulkEditSerializer(many=True)} | NO_EDIT)
    def get(self, request: SignedRequest, slug: str) -> Response:
        """The newest 25, the newest first."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        return Response(BulkEditSerializer(own_edits(project, by=request.user)[:LATEST], many=True).data)


class UndoView(SamePerson, APIView):
    """Takes a bulk edit back."""

    @extend_schema(
        operation_id="bulk_edits_undo", parameters=[PERSON], request=None, responses={200: UndoSerializer} | NO_EDIT
    )
    def post(self, request: SignedRequest, slug: str, uid: str) -> Response:
        """Restores what stood before it wherever nobody has changed it since; the same again changes nothing more."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        edit = get_object_or_404(own_edits(project, by=request.user), uid=str(uid))
        return Response(undone(bulk_edits.undo(edit, by=request.user)))


def undone(report: UndoReport) -> dict[str, Any]:
    """Returns an undo's report as the API says it."""
    said = {"restored": report.restored, "sets": report.sets, "left_in_all": len(report.left)}
    return UndoSerializer(said | {"left": report.left[:MOST_LEFT]}).data
