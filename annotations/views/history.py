"""The history of a set, and of all sets on an article that the person may see: who did what, and when."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.models import AnnotationSet
from annotations.queries.history import Event, history_page
from annotations.queries.history_rows import ARRIVALS, EDITS, MOVES, TALK, VERDICTS, Place
from annotations.queries.reader import newer_version
from annotations.views.sections import place_in
from annotations.views.signed import SignedRequest

KIND_TITLES = {
    EDITS: _("edits"),
    MOVES: _("status"),
    TALK: _("comments"),
    ARRIVALS: _("imports and corrections"),
    VERDICTS: _("verdicts"),
}


@login_required
@require_GET
def set_history(request: SignedRequest, pk: int) -> HttpResponse:
    """Shows what was done to one set."""
    rows = policy.visible_sets(request.user).select_related("project", "article__source", "annotator")
    work = get_object_or_404(rows, pk=pk)
    place_in(request, work.project)
    editable = work.is_open and policy.may_edit(request.user, work)
    context = {"article": work.article, "project": work.project, "annotation_set": work}
    return _page(request, [work], context | {"restorable": {work.pk} if editable else set()})


@login_required
@require_GET
def article_history(request: SignedRequest, pk: int) -> HttpResponse:
    """Shows what was done to the sets on an article that the person may see."""
    article = get_object_or_404(policy.visible_articles(request.user).select_related("source", "added_by"), pk=pk)
    rows = policy.visible_sets(request.user).filter(article=article).order_by("pk")
    sets = list(rows.select_related("project", "annotator"))
    for work in sets:
        work.article = article
    editable = {work.pk for work in sets if work.is_open and policy.may_edit(request.user, work)}
    context = {"article": article, "newer": newer_version(request.user, article), "section": "library"}
    return _page(request, sets, context | {"restorable": editable})


def _page(request: SignedRequest, sets: Sequence[AnnotationSet], context: dict[str, Any]) -> HttpResponse:
    person, kind = request.GET.get("person", ""), request.GET.get("kind", "")
    page = history_page(
        sets, reader=request.user, person=person, kind=kind, before=Place.read(request.GET.get("before", "")),
    )  # fmt: skip
    chosen = {name: value for name, value in (("person", person), ("kind", kind)) if value}
    older = f"?{urlencode(chosen | {'before': str(page.older)})}" if page.older else ""
    context |= {
        "days": [(day, list(events)) for day, events in groupby(page.events, key=_day)],
        "several": len(sets) > 1,
        "people": page.people,
        "person": person,
        "kinds": KIND_TITLES,
        "kind": kind,
        "older": older,
        "newest": f"?{urlencode(chosen)}" if "before" in request.GET else "",
    }
    return render(request, "history/history.html", context)


def _day(event: Event) -> Any:
    return timezone.localtime(event.at).date()
