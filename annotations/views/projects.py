"""A project's page: its guideline, people and articles."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from annotations import policy
from annotations.actions.projects import create_project
from annotations.forms.markdown import render_markdown
from annotations.forms.projects import ProjectForm
from annotations.models import Project
from annotations.presets import PRESETS
from annotations.queries.project import latest_articles, people_of, project_counts
from annotations.queries.queue import has_work
from annotations.queries.warnings import most_warned, project_tallies
from annotations.views.signed import SignedRequest


@login_required
@require_GET
def project(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows what a member needs of a project, and what their role lets them do."""
    found = visible_project(request, slug)
    can_export = policy.can_export(request.user, found)
    context = {
        "project": found,
        "guideline": render_markdown(found.guideline),
        "counts": project_counts(found),
        "articles": latest_articles(found, request.user),
        "members": people_of(found) if can_export else [],
        "can_export": can_export,
        "warnings": project_tallies(found) if can_export else [],
        "most_warned": most_warned(found) if can_export else [],
        "goes_on": has_work(found, request.user),
        "can_upload": policy.can_upload(request.user, found),
        "can_manage": policy.can_manage(request.user, found),
        "role": policy.role_in(request.user, found),
    }
    return render(request, "project/project.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_project(request: SignedRequest) -> HttpResponse:
    """Makes a project with the labels of a preset or of another project; whoever makes it manages it."""
    if not policy.can_create_project(request.user):
        raise PermissionDenied
    projects = policy.visible_projects(request.user)
    form = ProjectForm(request.POST if request.method == "POST" else None, projects=projects)
    if form.is_valid():
        made = create_project(by=request.user, **form.cleaned_data)
        return redirect("project", slug=made.slug)
    presets = [(preset, PRESETS[preset].labels) for preset in PRESETS]
    context = {"form": form, "presets": presets, "projects": projects}
    return render(request, "project/new.html", context, status=422 if form.errors else 200)


def visible_project(request: HttpRequest, slug: str) -> Project:
    """Returns a project the person can see, else 404."""
    return get_object_or_404(policy.visible_projects(request.user), slug=slug)
