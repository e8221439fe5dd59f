"""After a correction: what changed in the text, and what of somebody's work did not come along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from annotations import policy
from annotations.actions.corrections import leave_out, take_over
from annotations.errors import NewsroomError
from annotations.models import Decision, Uncarried
from annotations.queries.corrections import waiting
from annotations.text.changes import changes
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def article_changes(request: SignedRequest, pk: int) -> HttpResponse:
    """Draws what a version has changed of the one it supersedes."""
    rows = policy.visible_articles(request.user).select_related("source", "supersedes")
    article = get_object_or_404(rows, pk=pk)
    if article.supersedes is None:
        raise Http404
    before = get_object_or_404(policy.visible_articles(request.user), pk=article.supersedes_id)
    context = {"section": "library", "article": article, "before": before}
    return render(request, "reader/changes.html", context | {"lines": changes(before.text, article.text)})


@login_required
@require_http_methods(["GET", "POST"])
def carried(request: SignedRequest, pk: int) -> HttpResponse:
    """Lists what did not come along to the corrected article; takes a decision on one of it."""
    rows = policy.attended_sets(request.user).select_related("project", "article__source", "article__supersedes")
    annotation_set = get_object_or_404(rows, pk=pk)
    may_decide = policy.may_edit(request.user, annotation_set) and annotation_set.is_open
    if request.method == "POST":
        if may_decide:
            _decide(request, get_object_or_404(Uncarried, annotation_set=annotation_set, pk=_number(request)))
        return redirect("carried", pk=pk)
    context = {
        "section": "home",
        "annotation_set": annotation_set,
        "waiting": waiting(annotation_set),
        "may_decide": may_decide,
    }
    return render(request, "reader/carried.html", context)


def _decide(request: SignedRequest, row: Uncarried) -> None:
    if row.decision != Decision.OPEN:
        return
    row.annotation_set.refresh_from_db()
    try:
        (take_over if request.POST.get("decision") == Decision.ACCEPTED else leave_out)(row, by=request.user)
    except NewsroomError as error:
        messages.error(request, _(error.message).format(**error.data))


def _number(request: HttpRequest) -> int:
    given = request.POST.get("annotation", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
