"""How do staff move many sets on at once? By the one function that moves sets; what it refuses is said with why."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.actions.transitions import LONGEST_NOTE, move
from annotations.admin.base import asking
from annotations.admin.people import name_of
from annotations.errors import NewsroomError
from annotations.models import AnnotationSet
from annotations.models.fields import new_uid
from annotations.states import TRANSITIONS
from annotations.templatetags.newsroom import digits

Rows = QuerySet[AnnotationSet]
MOST_NAMED = 5


def _move_all(request: HttpRequest, rows: Rows, key: str, *, note: str = "") -> None:
    """Moves each set in a transaction of its own, all under one batch, and says what became of them."""
    refused: dict[str, list[str]] = {}
    moved, batch = 0, new_uid()
    for work in rows.select_related("project", "article").defer("article__text").order_by("pk"):
        try:
            move(work, key, by=asking(request), note=note, batch=batch)
            moved += 1
        except NewsroomError as refusal:
            refused.setdefault(_(refusal.message).format(**refusal.data), []).append(str(work))
    if moved:
        said = ngettext("%(n)s piece of work was moved on.", "%(n)s pieces of work were moved on.", moved)
        messages.success(request, said % {"n": digits(moved)})
    for reason, works in refused.items():
        named = "، ".join(works[:MOST_NAMED]) + ("…" if len(works) > MOST_NAMED else "")
        messages.error(request, _("%(n)s refused: %(reason)s (%(works)s)") % {
            "n": digits(len(works)), "reason": reason, "works": named,
        })  # fmt: skip


def _action(key: str, description: Any) -> Callable[[Any, HttpRequest, Rows], HttpResponse | None]:
    @admin.action(description=description, permissions=["view"])
    def act(model_admin: Any, request: HttpRequest, rows: Rows) -> HttpResponse | None:
        if not TRANSITIONS[key].needs_note:
            _move_all(request, rows, key)
            return None
        note = request.POST.get("note", "").strip()
        if note and len(note) <= LONGEST_NOTE:
            _move_all(request, rows, key, note=note)
            return None
        return _ask_why(model_admin, request, rows, description=description, asked="note" in request.POST)

    act.__name__ = f"{key}_sets"
    return act


def _ask_why(model_admin: Any, request: HttpRequest, rows: Rows, *, description: Any, asked: bool) -> HttpResponse:
    """Shows the page between: which sets, and why; annotators go by the name that the person knows them by."""
    works = rows.select_related("article", "project", "annotator").defer("article__text")
    context = model_admin.admin_site.each_context(request) | {
        "title": description,
        "rows": [(work, name_of(work.annotator, work, work) or work.pseudonym) for work in works],
        "opts": model_admin.model._meta,
        "action": request.POST.get("action", ""),
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "note": request.POST.get("note", ""),
        "longest": LONGEST_NOTE,
        "missing": asked,
    }
    return TemplateResponse(request, "admin/annotations/ask_why.html", context)


ACTIONS = [
    _action("accept", gettext_lazy("Accept")),
    _action("return", gettext_lazy("Return with a note")),
    _action("take_away", gettext_lazy("Take away")),
    _action("resume", gettext_lazy("Let the work be taken up again")),
]
