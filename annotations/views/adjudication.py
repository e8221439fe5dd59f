"""The pages of adjudication: the queue of a project, and one article with its candidates."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.models import Article, Label, Project, Topic
from annotations.queries.adjudication import load_dossier
from annotations.queries.adjudication_page import mark_data, marks, paragraphs, state
from annotations.queries.adjudication_queue import DECIDED, WAITING, next_in_queue, queue, queue_page
from annotations.queries.guidelines import reading_of
from annotations.queries.workspace import label_data, topic_data
from annotations.views.adjudication_strings import strings
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest

COMMANDS = ("verdicts", "agreed", "undo", "finish", "reopen", "take-over")


def judged_project(request: HttpRequest, slug: str) -> Project:
    """Returns a project in which the person may adjudicate, else 404 or 403."""
    project = visible_project(request, slug)
    if not policy.can_adjudicate(request.user, project):
        raise PermissionDenied
    return project


@login_required
@require_GET
def adjudication(request: SignedRequest, slug: str) -> HttpResponse:
    """Lists the articles that wait, lowest agreement first, or those decided; `?part=rows` is the queue's next rows."""
    project = judged_project(request, slug)
    which = DECIDED if request.GET.get("which") == DECIDED else WAITING
    context = {
        "project": project,
        "which": which,
        "counts": {name: queue(request.user, project, name).count() for name in (WAITING, DECIDED)},
        "queue": queue_page(request.user, project, which, after=request.GET.get("after", "")),
    }
    return render(request, "adjudication/queue.html", context)


@login_required
@require_GET
def adjudicate(request: SignedRequest, slug: str, pk: int) -> HttpResponse:
    """Shows one article with what its annotators agree on and where they differ."""
    project = judged_project(request, slug)
    rows = Article.objects.filter(project_articles__project=project).select_related("source")
    article = get_object_or_404(rows, pk=pk)
    if not policy.may_judge(request.user, project, article.pk):
        raise PermissionDenied
    dossier = load_dossier(project, article)
    if dossier is None or len(dossier.works) < 2:
        raise Http404
    labels = list(Label.objects.filter(project=project))
    drawn = marks(dossier, labels)
    context = {
        "project": project,
        "article": article,
        "paragraphs": [mark_safe(html) for html in paragraphs(dossier, drawn)],
        "queue": queue_page(request.user, project),
        "waiting": queue(request.user, project).count(),
        "data": {
            "person": request.user.pk,
            "article": {"id": article.pk, "text": article.text, "sha256": article.text_sha256},
            "labels": [label_data(label) for label in labels],
            "topics": [topic_data(topic) for topic in Topic.objects.filter(project=project)],
            "state": state(dossier, user=request.user) | {"marks": [mark_data(mark) for mark in drawn]},
            "guideline": asdict(reading_of(project, request.user)),
            "urls": _urls(request, project, article),
            "strings": strings(),
        },
    }
    return render(request, "adjudication/adjudication.html", context)


def _urls(request: SignedRequest, project: Project, article: Article) -> dict[str, Any]:
    following = next_in_queue(request.user, project, after=article)
    arguments = [project.slug, article.pk]
    return {
        "state": reverse("api-adjudication-article", args=arguments),
        **{name: reverse(f"api-adjudication-{name}", args=arguments) for name in COMMANDS},
        "next": following and reverse("adjudicate", args=[project.slug, following]),
        "queue": reverse("adjudication", args=[project.slug]),
        "guideline": reverse("guideline", args=[project.slug]),
        "guideline_read": reverse("guideline-read", args=[project.slug]),
        "guideline_changes": reverse("guideline-changes", args=[project.slug]),
        # The set that a question is put to is filled in for the zero.
        "comments": reverse("comments", args=[0]),
        "sign_in": f"{reverse('sign-in-again')}?next={request.path}",
    }
