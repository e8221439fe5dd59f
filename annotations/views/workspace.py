"""The annotation workspace of one set; beginning one, and handing it in."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations import policy
from annotations.actions import assignments
from annotations.models import AnnotationSet
from annotations.queries.analyses import analysis_tag
from annotations.queries.comments import talk_of
from annotations.queries.corrections import count_waiting
from annotations.queries.guidelines import reading_of
from annotations.queries.queue import neighbours, next_open_set, place_in_queue
from annotations.queries.visits import seconds_on
from annotations.queries.warnings import dismissed_keys
from annotations.queries.workspace import load_workspace
from annotations.views.reading_options import choices
from annotations.views.submission import ask_about_warnings
from annotations.views.workspace_strings import strings


@login_required
@require_GET
def workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows an annotation set: its annotator may edit it while it is open, reviewers read it."""
    annotation_set = _visible(request, pk)
    may_edit = policy.may_edit(request.user, annotation_set)
    editable = annotation_set.is_open and may_edit
    page = load_workspace(annotation_set, editable=editable)
    following = next_open_set(request.user, after=annotation_set)
    article = annotation_set.article
    before, after = (one and reverse("workspace", args=[one]) for one in neighbours(request.user, annotation_set))
    urls = {
        "operations": reverse("operations", args=[pk]),
        "submit": reverse("submit", args=[pk]),
        "comments": reverse("comments", args=[pk]),
        "analysis": f"{reverse('article-analysis', args=[article.pk])}?v={analysis_tag(article.text_sha256)}",
        "warnings": reverse("warnings", args=[pk]),
        "time": reverse("time", args=[pk]),
        "preferences": reverse("preferences"),
        "guideline": reverse("guideline", args=[annotation_set.project.slug]),
        "guideline_read": reverse("guideline-read", args=[annotation_set.project.slug]),
        "guideline_changes": reverse("guideline-changes", args=[annotation_set.project.slug]),
        "entities": reverse("entities", args=[annotation_set.project.slug]),
        "occurrences": reverse("occurrences", args=[annotation_set.project.slug]),
        "propagations": reverse("propagations", args=[annotation_set.project.slug]),
        "next": reverse("workspace", args=[following]) if following else None,
        "neighbours": {"before": before, "after": after},
        "back": reverse("project", args=[annotation_set.project.slug]),
        "sign_in": f"{reverse('login')}?next={request.path}",
    }
    context = {
        "annotation_set": annotation_set,
        "article": article,
        "project": annotation_set.project,
        "labels": page.labels,
        "paragraphs": [mark_safe(html) for html in page.paragraphs],
        "editable": editable,
        "may_edit": may_edit,
        "reading": request.user.way_of_reading,
        "view_choices": choices(request.user),
        "queue": place_in_queue(request.user, annotation_set),
        "undecided": count_waiting([annotation_set]).get(pk, 0),
        "data": page.data
        | {
            "person": request.user.pk,
            "urls": urls,
            "strings": strings(),
            "talk": talk_of(annotation_set, request.user),
            "keys": request.user.keys,
            "guideline": asdict(reading_of(annotation_set.project, request.user)),
            "seconds": seconds_on(annotation_set, of=request.user),
            "dismissed": dismissed_keys(annotation_set, by=request.user),
        },
    }
    return render(request, "workspace/workspace.html", context)


@login_required
@require_POST
def start(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Opens the person's own set on an article of a project, made if there is none."""
    project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
    article = get_object_or_404(policy.visible_articles(request.user), pk=pk)
    try:
        work = assignments.open_own_set(project, article, by=request.user)
    except assignments.NotAssignable as error:
        messages.error(request, f"{_(error.message)} {_(error.hint)}")
        return redirect("article", pk=pk)
    return redirect("workspace", pk=work.pk)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands the work in and goes on to the next open set, or home."""
    annotation_set = _visible(request, pk)
    following = next_open_set(request.user, after=annotation_set)
    if policy.may_edit(request.user, annotation_set) and (page := ask_about_warnings(request, annotation_set)):
        return page
    try:
        assignments.submit(annotation_set, by=request.user)
    except (assignments.NotAssignable, assignments.NotSubmittable) as error:
        messages.error(request, _(error.message).format(**error.data))
        return redirect("workspace", pk=pk)
    messages.success(request, _("«%(headline)s» was handed in.") % {"headline": annotation_set.article.headline})
    return redirect("workspace", pk=following) if following else redirect("home")


def _visible(request: HttpRequest, pk: int) -> AnnotationSet:
    rows = policy.visible_sets(request.user).select_related("project", "article__source")
    return get_object_or_404(rows, pk=pk)
