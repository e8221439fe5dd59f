"""Where can a member go within a project? The sections of its pages, by what their role lets them see."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from annotations import policy
from annotations.errors import gettext_noop
from annotations.models import Project, Role
from annotations.views.signed import SignedRequest


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


# The section that a kind of job was begun in.
OF_JOBS = {"import": "project", "agreement": "agreement", "release": "releases", "relabelling": "scheme"}


def place_in(request: SignedRequest, project: Project | None, *, section: str = "") -> None:
    """Says which project a page belongs to, and which of its sections, where its address does not."""
    if project is not None:
        request.placed = (project.slug, section)


def place_of(request: HttpRequest) -> tuple[str, str]:
    """Returns the slug of the project that a page belongs to and the name of its address or section; "" for none."""
    match = request.resolver_match
    if match and "slug" in match.kwargs:
        return match.kwargs["slug"], match.url_name or ""
    return getattr(request, "placed", ("", ""))


def sections_here(request: HttpRequest) -> list[dict[str, object]]:
    """Returns the sections of the project that a page belongs to, for the person; none on other pages."""
    slug, here = place_of(request)
    role = slug and policy.role_at(request.user, slug)
    if not role:
        return []
    return [
        {"name": one.name, "title": _(one.title), "slug": slug, "current": here == one.name or here in one.within}
        for one in SECTIONS
        if policy.RANK[Role(role)] >= policy.RANK[one.least]
    ]
