"""A project's releases: what was frozen, what changed from one to the next, its files; cutting the next one."""

from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from annotations import policy
from annotations.errors import NewsroomError
from annotations.exporters import EXPORTERS
from annotations.exporters.losses import HAPPENED
from annotations.forms.releases import ReleaseForm
from annotations.jobs import runner
from annotations.jobs.releases import cut
from annotations.models import Project, Release, ReleaseFile
from annotations.queries.exports import losses_of_first
from annotations.queries.jobs import progress
from annotations.queries.releases import releases_of
from annotations.queries.selection import selection_from
from annotations.releases.splits import ALL, NAMES
from annotations.templatetags.newsroom import typed_day
from annotations.views.asked import asked_id
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest

PAGE = 20


def released_project(request: HttpRequest, slug: str) -> Project:
    """Returns a project whose releases the person may see, else 404 or 403."""
    project = visible_project(request, slug)
    if not policy.can_export(request.user, project):
        raise PermissionDenied
    return project


@login_required
@require_http_methods(["GET", "POST"])
def releases(request: SignedRequest, slug: str) -> HttpResponse:
    """Lists the releases, and cuts one."""
    project = released_project(request, slug)
    may_cut = policy.can_cut_release(request.user, project)
    form = ReleaseForm(request.POST if request.method == "POST" else None, project=project)
    if request.method == "POST":
        if not may_cut:
            raise PermissionDenied
        if form.is_valid() and (made := _cut(request, project, form)):
            return redirect("job", pk=made.job_id)
    runner.look_after()
    before, rows = asked_id(request, "before"), releases_of(project)
    found = list((rows if before is None else rows.filter(pk__lt=before))[: PAGE + 1])
    context = {
        "project": project,
        "form": form,
        "may_cut": may_cut,
        "releases": [_shown(release) for release in found[:PAGE]],
        "more": found[PAGE - 1].pk if len(found) > PAGE else None,
        "unavailable": [one for one in EXPORTERS.values() if not one.available],
        "parts": NAMES,
    }
    return render(request, "releases/releases.html", context, status=422 if form.errors else 200)


def _cut(request: SignedRequest, project: Project, form: ReleaseForm) -> Release | None:
    said = form.cleaned_data
    try:
        return cut(
            project, by=request.user, name=said["name"], filter=form.filter(), formats=said["formats"],
            plan=form.plan(), **form.about(),
        )  # fmt: skip
    except NewsroomError as error:
        form.add_error(None, f"{_(error.message).format(**error.data)} {_(error.hint).format(**error.data)}".strip())
        return None


def _shown(release: Release) -> dict[str, Any]:
    """Returns what the list says of a release beside its own fields."""
    parts = release.counts.get("parts", {})
    articles = release.counts.get("total", {}).get("articles", 0)
    order = [name for name in (ALL, *NAMES) if name in parts]
    files = sorted(release.files.all(), key=_folder)
    return {
        "release": release,
        "dated": datetime.combine(release.dated, time(12), tzinfo=timezone.get_current_timezone()),
        "seen": progress(release.job) if release.job and release.sealed_at is None else None,
        "parts": [(name, parts[name]["articles"], round(100 * parts[name]["articles"] / articles)) for name in order],
        "figure": next(iter(release.agreement.get("figures", {}).values()), None),
        "folders": [(_title(folder), list(group)) for folder, group in groupby(files, _folder)],
        "lost": sum(sum(counts.values()) for counts in release.losses.values()),
    }


def _folder(file: ReleaseFile) -> str:
    return file.path.rpartition("/")[0]


def _title(folder: str) -> str:
    if folder in EXPORTERS:
        return _(EXPORTERS[folder].title)
    return _("What the formats could not hold") if folder else _("Records and description")


@login_required
@require_GET
def release_count(request: SignedRequest, slug: str) -> HttpResponse:
    """Says what a filter is, how many articles and sets it leaves, and what the chosen formats would lose of them."""
    project = released_project(request, slug)
    form = ReleaseForm(request.GET, project=project)
    form.is_valid()
    selection = selection_from(form.filter(), project=project)
    articles = selection.articles()
    sets = selection.sets().filter(article__in=articles.order_by().values("article"))
    context: dict[str, Any] = {
        "articles": articles.count(), "sets": sets.count(), "chips": _chips(form), "misread": form.misread()
    }  # fmt: skip
    if "losses" in request.GET:
        counted = {key: losses_of_first(EXPORTERS[key], selection) for key in form.cleaned_data.get("formats", ())}
        context["losses"] = [
            (_(EXPORTERS[key].title), [(_(HAPPENED[code]), count) for code, count in counts.most_common()])
            for key, counts in counted.items()
        ]
    return render(request, "releases/count.html", context)


def _chips(form: ReleaseForm) -> list[dict[str, Any]]:
    """Returns what the filter is narrowed to, in words; a tick says all by its title."""
    return [
        {"name": name, "value": value, "title": form.fields[name].label, "said": "" if said is True else _typed(said)}
        for name, value, said in form.chosen()
    ]


def _typed(said: Any) -> Any:
    return typed_day(said) if isinstance(said, date) else said
