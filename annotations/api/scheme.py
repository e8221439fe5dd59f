"""/projects/{slug}/scheme/: the label scheme, its draft, what the draft would do, its versions."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions import schemes
from annotations.api.person import PERSON, SamePerson
from annotations.api.scheme_serializers import (
    ConsequencesSerializer,
    DraftSerializer,
    FileSerializer,
    LabelsSerializer,
    NoteSerializer,
    PublishedSchemeSerializer,
    SchemeSerializer,
    SchemeVersionSerializer,
    StateSerializer,
    as_sent,
    told,
)
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.importers.scheme import read_scheme
from annotations.jobs import relabelling
from annotations.kinds.draft import DraftLabel, read_labels
from annotations.models import Project, Relabelling, SchemeDraft, SchemeVersion
from annotations.queries.consequences import consequences
from annotations.queries.scheme_labels import draft_labels, draft_state, published_labels, topic_values
from annotations.queries.scheme_preview import judged, preview_of

LATEST = 50
NOT_YOURS = {
    403: OpenApiResponse(ProblemSerializer, "Managers only"),
    404: OpenApiResponse(ProblemSerializer, "No such project for you"),
}
CONFLICT = {
    409: OpenApiResponse(
        ProblemSerializer, "`draft_changed`, `draft_stale`, `relabelling_under_way`: somebody else was there first"
    )
}
NOT_BACK = {409: OpenApiResponse(ProblemSerializer, "`merge_not_taken_back`, `relabelling_under_way`")}


def _visible(request: Request, slug: str) -> Project:
    return get_object_or_404(policy.visible_projects(request.user), slug=slug)


def _managed(request: Request, slug: str) -> Project:
    project = _visible(request, slug)
    if not policy.can_edit_scheme(request.user, project):
        raise PermissionDenied
    return project


def _draft(project: Project) -> SchemeDraft | None:
    return SchemeDraft.objects.select_related("by").filter(project=project).first()


def _labels(request: Request, project: Project) -> list[DraftLabel] | tuple[DraftLabel, ...]:
    """The labels that were sent, else those of the saved draft, else those that hold."""
    if isinstance(request.data, dict) and "labels" in request.data:
        return read_labels(request.data["labels"])
    published, draft = published_labels(project), _draft(project)
    return draft_labels(draft, published) if draft else published


class SchemeView(APIView):
    """The label scheme of a project."""

    @extend_schema(operation_id="scheme", responses={200: SchemeSerializer, 404: NOT_YOURS[404]})
    def get(self, request: SignedRequest, slug: str) -> Response:
        """The labels that hold and the topics, for members; the draft, for managers."""
        project = _visible(request, slug)
        published = published_labels(project)
        draft = _draft(project) if policy.can_edit_scheme(request.user, project) else None
        body: dict[str, Any] = {
            "version": project.scheme_version,
            "labels": as_sent(published),
            "topics": topic_values(project),
            "draft": as_sent(draft_labels(draft, published)) if draft else None,
            "state": draft_state(project, draft, by=request.user),
        }
        return Response(body)


class SchemeDraftView(SamePerson, APIView):
    """The draft of a scheme."""

    @extend_schema(
        operation_id="scheme_draft_save", parameters=[PERSON], request=DraftSerializer,
        responses={200: StateSerializer} | NOT_YOURS | CONFLICT,
    )  # fmt: skip
    def put(self, request: SignedRequest, slug: str) -> Response:
        """Saves the draft, whatever problems it has; nothing of it holds yet."""
        project = _managed(request, slug)
        body = request.data if isinstance(request.data, dict) else {}
        asked = DraftSerializer(data={**body, "labels": []})
        asked.is_valid(raise_exception=True)
        labels = read_labels(body.get("labels"))
        seen, base = asked.validated_data.get("seen"), asked.validated_data.get("base")
        draft = schemes.save_draft(project, labels, by=request.user, seen=seen, base=base)
        return Response(draft_state(project, draft, by=request.user))

    @extend_schema(operation_id="scheme_draft_discard", parameters=[PERSON], responses={204: None} | NOT_YOURS)
    def delete(self, request: SignedRequest, slug: str) -> Response:
        """Takes the draft away."""
        schemes.discard_draft(_managed(request, slug))
        return Response(status=204)


class SchemeRebaseView(SamePerson, APIView):
    """A draft on a newer version."""

    @extend_schema(
        operation_id="scheme_draft_rebase", parameters=[PERSON], request=None,
        responses={200: StateSerializer} | NOT_YOURS | CONFLICT,
    )  # fmt: skip
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Carries the draft over to the version that holds: what it left alone is as published."""
        project = _managed(request, slug)
        draft = schemes.rebase_draft(project, by=request.user)
        return Response(draft_state(project, draft, by=request.user))


class SchemeConsequencesView(APIView):
    """What a draft would do."""

    @extend_schema(
        operation_id="scheme_consequences", request=LabelsSerializer,
        responses={200: ConsequencesSerializer} | NOT_YOURS,
    )  # fmt: skip
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Counts what would become of all work of the project; writes nothing."""
        project = _managed(request, slug)
        labels = _labels(request, project)
        found = consequences(project, labels)
        preview = judged(preview_of(project, by=request.user), project, labels, found.problems)
        return Response(told(found) | {"preview": preview})


class SchemePublishView(SamePerson, APIView):
    """A draft becomes the scheme."""

    @extend_schema(
        operation_id="scheme_publish", parameters=[PERSON], request=NoteSerializer,
        responses={200: PublishedSchemeSerializer} | NOT_YOURS | CONFLICT,
    )  # fmt: skip
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Publishes the saved draft in one transaction, or refuses it as a whole.

        Many annotations follow a merge of labels afterwards, by the job that is named.
        """
        project = _managed(request, slug)
        asked = NoteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        seen, note = asked.validated_data.get("seen"), asked.validated_data["note"]
        version = relabelling.publish(project, by=request.user, note=note, seen=seen)
        return Response(PublishedSchemeSerializer(version).data)


class SchemeReadView(APIView):
    """A file that defines labels."""

    @extend_schema(
        operation_id="scheme_read", request=FileSerializer,
        responses={200: LabelsSerializer} | NOT_YOURS,
    )  # fmt: skip
    def post(self, request: Request, slug: str) -> Response:
        """Reads a scheme exported from here, or Label Studio's XML configuration; writes nothing."""
        _managed(request, slug)
        asked = FileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response({"labels": as_sent(read_scheme(asked.validated_data["text"]))})


class SchemeVersionsView(APIView):
    """What was published."""

    @extend_schema(
        operation_id="scheme_versions", responses={200: PublishedSchemeSerializer(many=True), 404: NOT_YOURS[404]}
    )  # fmt: skip
    def get(self, request: Request, slug: str) -> Response:
        """The newest 50 versions, the newest first."""
        rows = SchemeVersion.objects.filter(project=_visible(request, slug))
        rows = rows.select_related("by", "relabelling").defer("labels")
        return Response(PublishedSchemeSerializer(rows[:LATEST], many=True).data)


class SchemeVersionView(APIView):
    """One published version."""

    @extend_schema(
        operation_id="scheme_version", responses={200: SchemeVersionSerializer, 404: NOT_YOURS[404]}
    )  # fmt: skip
    def get(self, request: Request, slug: str, number: int) -> Response:
        """The labels as they were then."""
        rows = SchemeVersion.objects.filter(project=_visible(request, slug)).select_related("by")
        return Response(SchemeVersionSerializer(get_object_or_404(rows, number=number)).data)


class SchemeUndoView(SamePerson, APIView):
    """A merge of labels, taken back."""

    @extend_schema(
        operation_id="scheme_version_undo", parameters=[PERSON], request=None,
        responses={200: PublishedSchemeSerializer} | NOT_YOURS | NOT_BACK,
    )  # fmt: skip
    def post(self, request: SignedRequest, slug: str, number: int) -> Response:
        """Publishes a version with the merged labels in it again; annotations that nobody has changed follow.

        The report of the job that is named says which were left alone.
        """
        project = _managed(request, slug)
        merged = get_object_or_404(Relabelling, version__project=project, version__number=number)
        return Response(PublishedSchemeSerializer(relabelling.undo(project, merged, by=request.user).version).data)
