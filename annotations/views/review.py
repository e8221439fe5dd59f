"""What was handed in, and what becomes of it: one by one in the workspace, or many at once here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from annotations import policy
from annotations.actions.batches import move_all
from annotations.models import Project, SetStatus, SkipReason
from annotations.queries.review import PAGE, SHOWN, annotators_work, people_shown, review_page
from annotations.states import State
from annotations.templatetags.newsroom import digits
from annotations.views.batches import offer_undo, offered_undo
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest
from annotations.views.work import say

# What may be done to several sets at once, and what is said of it.
TOGETHER = {"accept": gettext_noop("Accepted: %(n)s"), "return": gettext_noop("Returned: %(n)s")}


@login_required
@require_http_methods(["GET", "POST"])
def review(request: SignedRequest, slug: str) -> HttpResponse:
    """Lists a project's sets by state; accepts or returns those that were ticked."""
    project = visible_project(request, slug)
    if not policy.can_review(request.user, project):
        raise PermissionDenied
    if request.method == "POST":
        _judge(request, project)
        return redirect(request.get_full_path())
    state = request.GET.get("state", "")
    state = state if state in SHOWN else State.SUBMITTED
    annotator = request.GET.get("annotator", "").replace("\x00", "")
    page = review_page(project, request.user, state=state, annotator=annotator, begin=request.GET.get("begin", ""))
    context: dict[str, Any] = {
        "project": project,
        "page": page,
        "state": state,
        "annotator": annotator,
        "tabs": [(one, SetStatus(one).label, page.counts[one]) for one in SHOWN],
        "people": people_shown(project, request.user),
        "together": any(set(TOGETHER) & row.ways.keys() for row in page.rows),
        "reasons": dict(SkipReason.choices),
        "undo": offered_undo(request, project),
    }
    return render(request, "review/review.html", context)


def _judge(request: SignedRequest, project: Project) -> None:
    key = request.POST.get("do", "")
    ids = [int(pk) for pk in request.POST.getlist("set")[:PAGE] if pk.isdecimal() and len(pk) < 19]
    if key not in TOGETHER or not ids:
        return
    sets = annotators_work(project).filter(pk__in=ids).select_related("article").defer("article__text")
    batch = move_all(sets.order_by("pk"), key, by=request.user, note=request.POST.get("note", ""))
    if batch.moved:
        messages.success(request, _(TOGETHER[key]) % {"n": digits(len(batch.moved))})
        offer_undo(request, project, batch.uid)
    for work, error in batch.refused[:1]:
        said = _("Left as they are: %(n)s, for instance «%(headline)s».")
        messages.warning(request, said % {"n": digits(len(batch.refused)), "headline": work.article.headline})
        say(request, error)
