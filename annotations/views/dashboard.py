"""A project's dashboard: a frame whose panels are asked for one by one, each at its own address; tables as CSV."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.errors import NewsroomError
from annotations.exporters.dashboard import TABLES
from annotations.exporters.spreadsheet import rows_as_csv
from annotations.forms.told import told
from annotations.models import Project
from annotations.queries.dashboard import SPANS_OF_DAYS, Scope, choices, scope_from
from annotations.queries.dashboard_figures import PLAIN, Figures
from annotations.templatetags.newsroom import digits
from annotations.views.dashboard_parts import PARTS, part_names
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def dashboard(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows the frame: filter, and a place for each panel of the person's; a filter that means nothing is said."""
    project = visible_project(request, slug)
    problem = ""
    try:
        scope = scope_from(request.GET, project=project, by=request.user)
    except NewsroomError as error:
        scope = scope_from({}, project=project, by=request.user)
        problem = told(error)
    is_reviewer = policy.can_see_agreement(request.user, project)
    context = _frame(scope) | {
        "problem": problem,
        "is_reviewer": is_reviewer,
        "choices": choices(scope),
        "periods": [(days, _period(days)) for days in ("", *SPANS_OF_DAYS)],
        "chips": _chips(scope),
        "parts": [(key, name) for key, name in part_names().items() if key != "trend" or is_reviewer],
        "begins_with": not project.project_articles.exists(),
        "can_upload": policy.can_upload(request.user, project),
    }
    return render(request, "dashboard/dashboard.html", context, status=422 if problem else 200)


@login_required
@require_GET
def dashboard_part(request: SignedRequest, slug: str, part: str) -> HttpResponse:
    """Returns one panel: as a fragment into the frame, or as a page of its own for who has no script."""
    project = visible_project(request, slug)
    scope = _scope(request, project)
    context = _frame(scope) | {"part": part, "found": PARTS.get(part)}
    if context["found"] is None or (part == "trend" and not policy.can_see_agreement(request.user, project)):
        raise Http404
    template, load = context["found"]
    context |= {"template": template, **load(Figures(scope), request.GET)}
    return render(request, template if request.htmx else "dashboard/part.html", context)


@login_required
@require_GET
def dashboard_csv(request: SignedRequest, slug: str, part: str) -> StreamingHttpResponse:
    """Returns one panel's table, of the same scope."""
    project = visible_project(request, slug)
    if part not in TABLES or (part == "trend" and not policy.can_see_agreement(request.user, project)):
        raise Http404
    key, columns, rows_of = TABLES[part]
    rows = rows_of(PLAIN[key](Figures(_scope(request, project))))
    response = StreamingHttpResponse(rows_as_csv(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dashboard-{project.slug}-{part}.csv"'
    return response


def _scope(request: SignedRequest, project: Project) -> Scope:
    """Returns the scope of an address; one that means nothing leads nowhere: only the frame offers filters."""
    try:
        return scope_from(request.GET, project=project, by=request.user)
    except NewsroomError as error:
        raise Http404 from error


def _frame(scope: Scope) -> dict[str, Any]:
    """Returns what frame and panels know alike."""
    return {
        "project": scope.project,
        "scope": scope,
        "is_team": scope.is_team,
        "is_own": scope.whose == policy.OWN,
        "query": urlencode(scope.parameters),
    }


def _period(days: str) -> str:
    return _("the last {n} days").format(n=digits(days)) if days else _("from the beginning")


def _chips(scope: Scope) -> list[dict[str, str]]:
    """Returns what the figures are narrowed to, each with the address that takes it away."""
    people = dict(choices(scope).people) if scope.annotator else {}
    said = {
        "days": _period(scope.days),
        "since": _("from {day}").format(day=digits(scope.since)),
        "until": _("to {day}").format(day=digits(scope.until)),
        "source": scope.source,
        "annotator": people.get(scope.annotator, scope.annotator),
    }
    here = reverse("dashboard", args=[scope.project.slug])
    found = []
    for name in scope.parameters:
        others = {key: value for key, value in scope.parameters.items() if key != name}
        found.append({"said": said[name], "address": f"{here}?{urlencode(others)}"})
    return found
