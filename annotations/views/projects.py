"""A project's page: its guideline, people and articles."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from annotations import policy
from annotations.forms.markdown import render_markdown
from annotations.models import Project
from annotations.queries.project import latest_articles, project_counts


@login_required
@require_GET
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows what a member needs of a project, and what their role lets them do."""
    found = visible_project(request, slug)
    can_export = policy.can_export(request.user, found)
    context = {
        "project": found,
        "guideline": render_markdown(found.guideline),
        "counts": project_counts(found),
        "articles": latest_articles(found, request.user),
        "members": found.memberships.select_related("user").order_by("role", "user__username") if can_export else [],
        "can_export": can_export,
        "can_upload": policy.can_upload(request.user, found),
        "role": policy.role_in(request.user, found),
    }
    return render(request, "project/project.html", context)


def visible_project(request: HttpRequest, slug: str) -> Project:
    """Returns a project the person can see, else 404."""
    return get_object_or_404(policy.visible_projects(request.user), slug=slug)
