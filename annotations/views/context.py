"""What does every page know? The theme, and the projects that the bar leads to."""

from typing import Any

from django.http import HttpRequest

from annotations import policy

THEME_COOKIE = "theme"
MOST_PROJECTS = 3


def frame(request: HttpRequest) -> dict[str, Any]:
    """Returns the person's theme and, lazily, the first of their projects; a context processor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        chosen = request.COOKIES.get(THEME_COOKIE, "")
        return {"theme": chosen if chosen in ("light", "dark") else "auto", "bar_projects": ()}
    return {
        "theme": user.theme,
        "bar_projects": policy.visible_projects(user).only("slug", "title", "title_en")[:MOST_PROJECTS],
    }
