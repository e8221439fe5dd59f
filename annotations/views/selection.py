"""What would a release or an export hold, and what would it look like? Shown beside the form while it is filled in."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annotations.exporters import EXPORTERS
from annotations.exporters.carries import FEATURES
from annotations.exporters.look import SHOWN
from annotations.exporters.losses import HAPPENED
from annotations.forms.releases import ReleaseForm
from annotations.models import Project
from annotations.queries.chosen import chosen_page
from annotations.queries.exports import LOOKED_AT, PREVIEWED, look, losses_of_first
from annotations.queries.selection import selection_from
from annotations.views.asked import asked_id
from annotations.views.releases import released_project
from annotations.views.signed import SignedRequest

PAGE = 10


@login_required
@require_GET
def release_articles(request: SignedRequest, slug: str) -> HttpResponse:
    """Lists the articles that the form's filter leaves, a page at a time."""
    project = released_project(request, slug)
    after = asked_id(request, "after")
    selection = selection_from(_filter(request, project), project=project)
    page = chosen_page(selection, after=after or 0, size=PAGE)
    return render(request, "releases/articles.html", {"project": project, "page": page, "is_first": after is None})


@login_required
@require_GET
def release_preview(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows what the chosen articles begin with in a format and what it would lose of them, and where they are had."""
    project = released_project(request, slug)
    exporter = EXPORTERS.get(request.GET.get("format") or "jsonl")
    if exporter is None or not exporter.available:
        raise Http404
    filter = _filter(request, project)
    selection = selection_from(filter, project=project)
    loses = exporter.carries < FEATURES
    counts = losses_of_first(exporter, selection) if loses else {}
    context = {
        "project": project,
        "exporter": exporter,
        "look": look(exporter, selection),
        "previewed": PREVIEWED,
        "looked_at": LOOKED_AT,
        "shown": SHOWN,
        "losses": [(_(HAPPENED[code]), count) for code, count in sorted(counts.items(), key=lambda one: -one[1])],
        "address": f"{reverse('export', args=[project.slug])}?{urlencode({'format': exporter.key} | filter)}",
    }
    return render(request, "releases/preview.html", context)


def _filter(request: HttpRequest, project: Project) -> dict[str, str]:
    """Returns the filter that the form says; a field that means nothing narrows nothing, as in its count."""
    form = ReleaseForm(request.GET, project=project)
    form.is_valid()
    return form.filter()
