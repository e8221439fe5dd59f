"""The library: all articles a person can see, filtered, a page at a time."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annotations.models import SetStatus
from annotations.queries.library import LibraryFilter, choices, library_page


@login_required
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Lists articles; the filter stands in the address, so that it can be sent."""
    names = ("project", "source", "state", "text")
    chosen = LibraryFilter(**{name: request.GET.get(name, "").replace("\x00", "").strip() for name in names})
    page = library_page(request.user, chosen, before=_cursor(request, "before"), after=_cursor(request, "after"))
    projects, sources = choices(request.user)
    context = {
        "section": "library",
        "page": page,
        "chosen": chosen,
        "projects": projects,
        "sources": sources,
        "states": [*SetStatus.choices],
        "query": urlencode({name: getattr(chosen, name) for name in names if getattr(chosen, name)}),
        "filtered": any(getattr(chosen, name) for name in names),
    }
    return render(request, "library/library.html", context)


def _cursor(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None
