"""Where can a member go within a project? The sections of its pages, by what their role lets them see."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from annotations import policy
from annotations.errors import gettext_noop
from annotations.models import Role


class Section(NamedTuple):
    """A section: the address that it begins at, its title, who sees it, and the addresses that belong to it."""

    name: str
    title: str
    least: Role
    within: tuple[str, ...] = ()


SECTIONS = (
    Section("project", gettext_noop("Overview"), Role.ANNOTATOR, ("upload",)),
    Section("dashboard", gettext_noop("Dashboard"), Role.ANNOTATOR, ("dashboard-part",)),
    Section("review", gettext_noop("Review"), Role.REVIEWER),
    Section("assign", gettext_noop("Assign"), Role.MANAGER),
    Section("adjudication", gettext_noop("Adjudication"), Role.REVIEWER, ("adjudicate",)),
    Section("agreement", gettext_noop("Agreement"), Role.REVIEWER),
    Section("concordance", gettext_noop("Concordance"), Role.ANNOTATOR),
    Section("scheme", gettext_noop("Label scheme"), Role.MANAGER, ("scheme-affected",)),
    Section("edit-guideline", gettext_noop("Guideline"), Role.MANAGER, ("guideline-changes",)),
    Section("releases", gettext_noop("Releases"), Role.REVIEWER),
    Section("project-settings", gettext_noop("Settings"), Role.MANAGER, ("people", "person", "webhooks", "webhook")),
)


def sections_here(request: HttpRequest) -> list[dict[str, object]]:
    """Returns the sections of the project that a page belongs to, for the person; none on other pages."""
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    role = slug and policy.role_at(request.user, slug)
    if not role:
        return []
    here = match.url_name
    return [
        {"name": one.name, "title": _(one.title), "slug": slug, "current": here == one.name or here in one.within}
        for one in SECTIONS
        if policy.RANK[Role(role)] >= policy.RANK[one.least]
    ]
