"""What does every page know? The theme, the projects that the bar leads to, what runs, what is unread."""

from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from annotations import policy
from annotations.models import Project
from annotations.queries.jobs import unfinished_count
from annotations.queries.notifications import unread_count
from annotations.views.sections import place_of, sections_here

THEME_COOKIE = "theme"
MOST_PROJECTS = 3


def frame(request: HttpRequest) -> dict[str, Any]:
    """Returns the theme and, lazily, the first projects, a project's sections, how many jobs run and what is unread.

    A context processor.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        chosen = request.COOKIES.get(THEME_COOKIE, "")
        return {"theme": chosen if chosen in ("light", "dark") else "auto", "bar_projects": ()}
    projects = policy.visible_projects(user).filter(archived_at=None)
    return {
        "theme": user.theme,
        "sections": SimpleLazyObject(lambda: sections_here(request)),
        "bar_jobs": SimpleLazyObject(lambda: unfinished_count(user)),
        "bar_unread": cache(lambda: unread_count(user)),
        "bar_projects": SimpleLazyObject(lambda: _in_bar(projects, request)),
    }


def _in_bar(projects: QuerySet[Project], request: HttpRequest) -> list[Project]:
    """Returns the first projects, and the one that the page is of, so that the bar always says where one is."""
    first = list(projects.only("slug", "title", "title_en")[:MOST_PROJECTS])
    here, _section = place_of(request)
    if not here or any(one.slug == here for one in first):
        return first
    return [*first[: MOST_PROJECTS - 1], *policy.visible_projects(request.user).filter(slug=here)]
