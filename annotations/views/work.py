"""Begin, go on, hand in, give back, accept, return: what moves a person's work on, and where it leads them next.

A second click is answered like the first, whose answer the browser has dropped.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from annotations import policy
from annotations.actions import assignments
from annotations.actions.queue import next_article
from annotations.actions.transitions import move
from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.models import AnnotationSet, Project
from annotations.queries.review import next_to_review
from annotations.queries.transitions import is_by
from annotations.states import TRANSITIONS
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest
from annotations.views.submission import ask_about_warnings
from annotations.views.workspace import attended_set

# What is said of each transition that a page offers, once it is done.
DONE = {
    "skip": gettext_noop("You gave «%(headline)s» back. What you marked there is kept."),
    "resume": gettext_noop("You have «%(headline)s» again."),
    "accept": gettext_noop("«%(headline)s» was accepted."),
    "return": gettext_noop("«%(headline)s» was returned with your comment."),
    "take_away": gettext_noop("«%(headline)s» went back to the queue."),
    "reopen": gettext_noop("«%(headline)s» is open to its annotator again."),
    "withdraw": gettext_noop("«%(headline)s» waits for review again."),
    "take_up": gettext_noop("«%(headline)s» waits for review again."),
}


@login_required
@require_POST
def start(request: SignedRequest, slug: str, pk: int) -> HttpResponse:
    """Opens the person's own set on an article of a project, made if there is none."""
    project = visible_project(request, slug)
    article = get_object_or_404(policy.visible_articles(request.user), pk=pk)
    try:
        work = assignments.open_own_set(project, article, by=request.user)
    except NewsroomError as error:
        say(request, error)
        return redirect("article", pk=pk)
    return redirect("workspace", pk=work.pk)


@login_required
@require_POST
def queue_next(request: SignedRequest, slug: str) -> HttpResponse:
    """Leads on to what the person does next in a project, or back where nothing is left for them."""
    return _go_on(request, visible_project(request, slug), after=None)


@login_required
@require_POST
def submit(request: SignedRequest, pk: int) -> HttpResponse:
    """Hands the work in and goes on to the next article, or home."""
    annotation_set = attended_set(request, pk)
    if policy.may_edit(request.user, annotation_set) and (page := ask_about_warnings(request, annotation_set)):
        return page
    try:
        assignments.submit(annotation_set, by=request.user)
    except NewsroomError as error:
        if is_by(request.user, "submit", annotation_set):
            return _go_on(request, annotation_set.project, after=annotation_set)
        say(request, error)
        return redirect("workspace", pk=pk)
    messages.success(request, _("«%(headline)s» was handed in.") % {"headline": annotation_set.article.headline})
    return _go_on(request, annotation_set.project, after=annotation_set)


@login_required
@require_POST
def move_on(request: SignedRequest, pk: int) -> HttpResponse:
    """Performs a transition that the page offered, and leads on to the next piece of the same work."""
    annotation_set = attended_set(request, pk)
    key = request.POST.get("transition", "")
    if key not in TRANSITIONS or key not in DONE:
        return redirect("workspace", pk=pk)
    note, reason = (request.POST.get(name, "") for name in ("note", "reason"))
    try:
        move(annotation_set, key, by=request.user, note=note, reason=reason)
    except NewsroomError as error:
        if not is_by(request.user, key, annotation_set):
            say(request, error)
            return redirect("workspace", pk=pk)
    else:
        messages.success(request, _(DONE[key]) % {"headline": annotation_set.article.headline})
    if key == "skip":
        return _go_on(request, annotation_set.project, after=annotation_set)
    if key in ("accept", "return"):
        return _go_on_reviewing(request, annotation_set)
    if request.POST.get("from") == "review":
        return redirect("review", slug=annotation_set.project.slug)
    return redirect("workspace", pk=pk)


def _go_on(request: SignedRequest, project: Project, *, after: AnnotationSet | None) -> HttpResponseRedirect:
    handed = next_article(project, by=request.user, after=after)
    if handed is not None:
        return redirect("workspace", pk=handed.annotation_set.pk)
    messages.info(request, _("Nothing is left for you in «%(project)s» now.") % {"project": project.title})
    return redirect("home")


def _go_on_reviewing(request: SignedRequest, after: AnnotationSet) -> HttpResponseRedirect:
    following = next_to_review(after.project, request.user, after=after)
    if following is not None:
        return redirect("workspace", pk=following)
    return redirect("review", slug=after.project.slug)


def say(request: HttpRequest, error: NewsroomError) -> None:
    """Tells the person on their next page what was refused, and how to mend it."""
    messages.error(request, told(error))
