"""The library: all articles a person can see, searched and filtered, a page at a time."""

from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.jobs.analyses import is_at_work
from annotations.models import Label, Project, SetStatus, User
from annotations.queries.indexed import count_unindexed
from annotations.queries.jobs import is_worker_there
from annotations.queries.library import COUNTED, Cursor, LibraryPage, choices, count, library_page
from annotations.queries.library_filter import NEWEST, RELEVANCE, LibraryFilter, filtered, ids_within
from annotations.queries.near_misses import near_misses
from annotations.queries.within import small
from annotations.templatetags.newsroom import digits, titled
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def library(request: SignedRequest) -> HttpResponse:
    """Lists articles; the filter stands in the address, so that it can be sent."""
    chosen = _chosen(request)
    projects, sources, labels = choices(request.user, chosen)
    context = {
        "section": "library",
        "chosen": chosen,
        "projects": projects,
        "sources": sources,
        "labels": labels,
        "states": [("none", _("not begun")), *SetStatus.choices],
        "chips": _chips(chosen, projects, labels),
        "address": _address(chosen.chosen),
        "orders": _orders(chosen),
    }
    try:
        context |= _found(request, chosen)
    except NewsroomError as error:
        context["problem"] = told(error)
    return render(request, "library/library.html", context)


@login_required
@require_GET
def library_count(request: SignedRequest) -> HttpResponse:
    """Says how many articles there are, where the page did not wait for it."""
    try:
        found = count(request.user, _chosen(request))
    except NewsroomError:
        return HttpResponse()
    return render(request, "library/count.html", {"count": found, "counted": COUNTED})


def _chosen(request: HttpRequest) -> LibraryFilter:
    return LibraryFilter(**{field.name: _given(request, field.name) for field in fields(LibraryFilter)})


def _given(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()


def _found(request: SignedRequest, chosen: LibraryFilter) -> dict[str, Any]:
    """Reads the page, and what its first line and an empty one say. Raises NewsroomError for the filter."""
    before, after = (Cursor.read(request.GET.get(name, "")) for name in ("before", "after"))
    page = library_page(request.user, chosen, before=before, after=after)
    found: dict[str, Any] = {"page": page}
    if before is None and after is None:
        # The hits of a search are counted by a second request: what was found is there to be read meanwhile.
        found["counts_later"] = bool(chosen.query and page.articles)
        found["count"] = None if chosen.q else count(request.user, chosen)
        found["counted"] = COUNTED
    if chosen.q and is_at_work():
        found["unindexed"] = count_unindexed()
        found["lacks_worker"] = bool(found["unindexed"]) and not is_worker_there()
    if chosen.q and not page.articles:
        found["near"] = _near(request.user, chosen, page)
    return found


def _near(user: User, chosen: LibraryFilter, page: LibraryPage) -> list[dict[str, Any]]:
    """Returns queries nearby that fit something, each with its address."""
    return [
        {"typed": near.typed, "count": near.count, "address": _address(chosen.chosen | {"q": near.typed})}
        for near in near_misses(chosen.query, filtered(user, chosen), within=small(ids_within(user, chosen)))
    ]


def _chips(chosen: LibraryFilter, projects: Any, labels: list[Label]) -> list[dict[str, str]]:
    """Returns what the list is narrowed to, each with the address that takes it away."""
    states = dict([("none", _("not begun")), *SetStatus.choices])
    said = {
        "project": (_("Project"), _title_of(chosen.project, projects)),
        "source": (_("Outlet"), chosen.source),
        "state": (_("My work"), str(states.get(chosen.state, chosen.state))),
        "label": (_("Label"), next((titled(x) for x in labels if x.key == chosen.label), chosen.label)),
        "since": (_("From"), digits(chosen.since)),
        "until": (_("To"), digits(chosen.until)),
    }
    return [
        {"name": name, "title": title, "value": value, "address": _address(_without(chosen.chosen, name))}
        for name, (title, value) in said.items()
        if getattr(chosen, name)
    ]


def _title_of(slug: str, projects: Any) -> str:
    found: Project | None = next((project for project in projects if project.slug == slug), None)
    return titled(found) if found else slug


def _orders(chosen: LibraryFilter) -> list[dict[str, Any]]:
    """Returns the orders that a search offers."""
    return [
        {
            "title": title,
            "address": _address(chosen.chosen | {"order": order}),
            "current": (chosen.order or NEWEST) == order,
        }
        for order, title in ((NEWEST, _("Newest")), (RELEVANCE, _("Most relevant")))
    ]


def _without(chosen: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in chosen.items() if key != name}


def _address(chosen: dict[str, str]) -> str:
    return f"?{urlencode(chosen)}"
