"""Two versions of a set side by side in its text, and the restoring of one after a look at what it would change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from annotations import policy
from annotations.actions.restorations import restore
from annotations.errors import NewsroomError
from annotations.forms.rejections import explain
from annotations.forms.told import told
from annotations.models import AnnotationSet
from annotations.models.fields import CANONICAL_UID, new_uid
from annotations.queries.comparison import Comparison, Difference, compare
from annotations.queries.invariants import stored_state
from annotations.queries.restoring import RestorePlan, plan_restore
from annotations.queries.versions import state_at, states_at
from annotations.templatetags.newsroom import digits
from annotations.views.sections import place_in
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def set_compare(request: SignedRequest, pk: int) -> HttpResponse:
    """Draws what changed from one version to another; without any named, from the beginning to now."""
    work = _visible(request, pk)
    last = _version(request.GET.get("to", ""), work, otherwise=work.version)
    first = _version(request.GET.get("from", ""), work, otherwise=0)
    if first > last:
        first, last = last, first
    before, after = states_at(work, first, last)
    context = {"first": first, "last": last, "may_restore": work.is_open and policy.may_edit(request.user, work)}
    return _drawn(request, work, compare(work, before, after), context)


@login_required
@require_http_methods(["GET", "POST"])
def set_restore(request: SignedRequest, pk: int, version: int) -> HttpResponse:
    """Shows what restoring a version would change; restores it."""
    work = _visible(request, pk)
    if version > work.version:
        raise Http404
    if request.method == "POST":
        return _restored(request, work, version)
    plan = plan_restore(work, version, salt=new_uid())
    comparison = compare(work, stored_state(work), state_at(work, version))
    misfits = _misfits(plan, comparison.differences)
    context = {
        "first": work.version,
        "last": version,
        "restoring": True,
        "editable": work.is_open and policy.may_edit(request.user, work),
        "misfits": misfits,
        "uid": new_uid(),
    }
    return _drawn(request, work, comparison, context)


def _restored(request: SignedRequest, work: AnnotationSet, version: int) -> HttpResponse:
    try:
        done = restore(
            work, version, by=request.user, uid=_uid(request.POST.get("uid", "")),
            since=_version(request.POST.get("since", ""), work, otherwise=-1),
        )  # fmt: skip
    except NewsroomError as error:
        messages.error(request, told(error))
        return redirect("set-restore", pk=work.pk, version=version)
    said = ngettext(
        "Version %(version)s stands again: %(n)s change.", "Version %(version)s stands again: %(n)s changes.",
        done.changed,
    )  # fmt: skip
    messages.success(request, said % {"version": digits(version), "n": digits(done.changed)})
    return redirect("set-history", pk=work.pk)


def _drawn(request: HttpRequest, work: AnnotationSet, comparison: Comparison, context: dict[str, Any]) -> HttpResponse:
    return render(
        request, "history/compare.html",
        context | {
            "annotation_set": work,
            "article": work.article,
            "project": work.project,
            # Built from escaped text and fixed markup.
            "paragraphs": [mark_safe(html) for html in comparison.paragraphs],
            "differences": comparison.differences,
            "counts": comparison.counts,
            "data": {"text": work.article.text},
        },
    )  # fmt: skip


def _misfits(plan: RestorePlan, differences: list[Difference]) -> list[tuple[Difference, str]]:
    """Returns what can't stand again, each with the reason in words."""
    by_thing = {one.thing: one for one in differences}
    return [(by_thing[one.thing], explain(one.reason, one.data)) for one in plan.misfits if one.thing in by_thing]


def _visible(request: SignedRequest, pk: int) -> AnnotationSet:
    rows = policy.visible_sets(request.user).select_related("project", "article__source")
    work = get_object_or_404(rows, pk=pk)
    place_in(request, work.project)
    return work


def _version(given: str, work: AnnotationSet, *, otherwise: int) -> int:
    """Returns a version that was asked for, at most the set's present one."""
    return min(int(given), work.version) if given.isascii() and given.isdigit() and len(given) < 10 else otherwise


def _uid(given: str) -> str:
    """Returns the id that the page gave its restore; a form without a sound one gets one of its own."""
    return given if CANONICAL_UID.fullmatch(given) else new_uid()
