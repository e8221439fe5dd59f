"""/projects/{slug}/adjudication/: what waits, what differs in one article, and deciding it."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import policy
from annotations.actions import adjudication as actions
from annotations.actions import adjudication_end
from annotations.actions.adjudication_errors import GoldRefuses, TooFewSets
from annotations.api.adjudication_values import (
    AdjudicationFinishSerializer,
    AdjudicationQueueSerializer,
    AdjudicationStateSerializer,
    AdjudicationStepSerializer,
    AdjudicationUndoSerializer,
    DecisionSerializer,
)
from annotations.api.errors import problem
from annotations.api.person import PERSON, SamePerson
from annotations.api.serializers import ProblemSerializer
from annotations.api.signed import SignedRequest
from annotations.forms.rejections import explain
from annotations.models import Article, Label, Project
from annotations.queries.adjudication import load_dossier
from annotations.queries.adjudication_page import mark_data, marks, state
from annotations.queries.adjudication_queue import DECIDED, WAITING, queue_page

TAGS = ["adjudication"]
NOT_HERE = {
    403: OpenApiResponse(ProblemSerializer, "Not for annotators, nor, where policy says so, for who annotated it"),
    404: OpenApiResponse(ProblemSerializer, "No such project or article for you"),
}
REFUSED = NOT_HERE | {
    409: OpenApiResponse(ProblemSerializer, "The work, or who adjudicates it, is not what it was; nothing was written"),
    422: OpenApiResponse(ProblemSerializer, "Not a choice here"),
}

# A page of a queue is one answer, though its method is called `list`.
ONE_QUEUE = forced_singular_serializer(AdjudicationQueueSerializer)  # type: ignore[no-untyped-call]  # not typed there


def judged_project(request: Request, slug: str) -> Project:
    """Returns a project in which the caller may adjudicate, else 404 or 403."""
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    if not policy.can_adjudicate(request.user, project):
        raise PermissionDenied
    return project


def judged(request: Request, slug: str, pk: int) -> tuple[Project, Article]:
    """Returns a project and an article of it that the caller may adjudicate, else 404 or 403."""
    project = judged_project(request, slug)
    article = get_object_or_404(Article.objects.filter(project_articles__project=project), pk=pk)
    if not policy.may_judge(request.user, project, article.pk):
        raise PermissionDenied
    return project, article


class AdjudicationViewSet(SamePerson, viewsets.ViewSet):
    """The adjudication of a project's articles."""

    def handle_exception(self, exc: Exception) -> Response:
        """Says a refusal of the gold set in the words of the rejected operation."""
        if isinstance(exc, GoldRefuses):
            return problem(409, exc.code, explain(exc.reason, exc.details), reason=exc.reason)
        return super().handle_exception(exc)

    @extend_schema(
        operation_id="adjudication_list", tags=TAGS,
        parameters=[
            OpenApiParameter("which", str, enum=[WAITING, DECIDED], description="Waiting ones if not said."),
            OpenApiParameter("after", str, description="The cursor that the page before gave."),
        ],
        responses={200: ONE_QUEUE} | NOT_HERE,
    )  # fmt: skip
    def list(self, request: SignedRequest, slug: str) -> Response:
        """The articles with two finished sets or more, lowest agreement first."""
        project = judged_project(request, slug)
        which = DECIDED if request.query_params.get("which") == DECIDED else WAITING
        page = queue_page(request.user, project, which, after=request.query_params.get("after", ""))
        return Response(AdjudicationQueueSerializer(page).data)

    @extend_schema(operation_id="adjudication_read", tags=TAGS, responses={200: AdjudicationStateSerializer} | NOT_HERE)
    def retrieve(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """What is agreed on an article, what differs, and what was decided."""
        project, article = judged(request, slug, pk)
        return self._state(request, project, article)

    @extend_schema(
        operation_id="adjudication_decide", tags=TAGS, parameters=[PERSON], request=DecisionSerializer,
        responses={200: AdjudicationStateSerializer} | REFUSED,
    )  # fmt: skip
    def decide(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Decides one unit; sent twice with the same `step` it is decided once."""
        project, article = judged(request, slug, pk)
        asked = DecisionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        said = actions.Said(
            unit=given["unit"], seen=given["seen"], take=tuple(given["take"]), error_type=given["error_type"],
            own=tuple((start, end) for start, end in given["own"]), quote=given["quote"], note=given["note"],
        )  # fmt: skip
        actions.decide(project, article, said, by=request.user, step=str(given["step"]))
        return self._state(request, project, article)

    @extend_schema(
        operation_id="adjudication_accept", tags=TAGS, parameters=[PERSON], request=AdjudicationStepSerializer,
        responses={200: AdjudicationStateSerializer} | REFUSED,
    )  # fmt: skip
    def accept(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Takes over at once all that every set says alike; one step to take back."""
        project, article = judged(request, slug, pk)
        asked = AdjudicationStepSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.accept_agreed(project, article, by=request.user, step=str(asked.validated_data["step"]))
        return self._state(request, project, article)

    @extend_schema(
        operation_id="adjudication_undo", tags=TAGS, parameters=[PERSON], request=AdjudicationUndoSerializer,
        responses={200: AdjudicationStateSerializer} | REFUSED,
    )  # fmt: skip
    def undo(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Takes the caller's last step back, or the one that is named."""
        project, article = judged(request, slug, pk)
        asked = AdjudicationUndoSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        step = asked.validated_data["step"]
        done = actions.undo(project, article, by=request.user, step=step and str(step))
        return self._state(request, project, article, undone=done.unit)

    @extend_schema(
        operation_id="adjudication_finish", tags=TAGS, parameters=[PERSON], request=AdjudicationFinishSerializer,
        responses={200: AdjudicationStateSerializer} | REFUSED,
    )  # fmt: skip
    def finish(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Accepts the gold set; the annotators' sets are adjudicated."""
        project, article = judged(request, slug, pk)
        asked = AdjudicationFinishSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        adjudication_end.finish(project, article, by=request.user, seen=asked.validated_data["seen"])
        return self._state(request, project, article)

    @extend_schema(
        operation_id="adjudication_reopen", tags=TAGS, parameters=[PERSON], request=None,
        responses={200: AdjudicationStateSerializer} | REFUSED,
    )  # fmt: skip
    def reopen(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Opens a finished gold set again; decisions stand."""
        project, article = judged(request, slug, pk)
        adjudication_end.reopen(project, article, by=request.user)
        return self._state(request, project, article)

    @extend_schema(
        operation_id="adjudication_take_over", tags=TAGS, parameters=[PERSON], request=None,
        responses={200: AdjudicationStateSerializer} | REFUSED,
    )  # fmt: skip
    def take_over(self, request: SignedRequest, slug: str, pk: int) -> Response:
        """Makes the caller the one who adjudicates the article."""
        project, article = judged(request, slug, pk)
        actions.take_over(project, article, by=request.user)
        return self._state(request, project, article)

    def _state(self, request: SignedRequest, project: Project, article: Article, **more: Any) -> Response:
        dossier = load_dossier(project, article)
        if dossier is None:
            raise TooFewSets
        drawn = marks(dossier, list(Label.objects.filter(project=project)))
        said = {"marks": [mark_data(mark) for mark in drawn]} | more
        return Response(state(dossier, user=request.user) | said)
