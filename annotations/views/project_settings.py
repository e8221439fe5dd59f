"""What a project is set to: changed by its managers, who are shown what a change does before it holds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import policy
from annotations.actions.project_settings import change_settings, changes_of
from annotations.forms.project_settings import SettingsForm, fingerprint
from annotations.models import Project
from annotations.queries.project_changes import latest_changes
from annotations.queries.project_consequences import consequences
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest


def managed_project(request: HttpRequest, slug: str) -> Project:
    """Returns a project that the person manages; 404 where it isn't theirs to see, 403 where they don't manage it."""
    project = visible_project(request, slug)
    if not policy.can_manage(request.user, project):
        raise PermissionDenied
    return project


@login_required
@require_http_methods(["GET", "POST"])
def project_settings(request: SignedRequest, slug: str) -> HttpResponse:
    """Shows the settings; saves them once their consequences have been shown (`?part=consequences` only shows)."""
    project = managed_project(request, slug)
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=Project.objects.get(pk=project.pk))
    looking = request.GET.get("part") == "consequences"
    seen: dict[str, Any] = {}
    if form.is_valid():
        changes = changes_of(project, form.cleaned_data)
        effects = consequences(project, changes)
        print_of = fingerprint(changes)
        if not looking and (not effects or request.POST.get("seen") == print_of):
            change_settings(project, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved.") if changes else _("Nothing was changed."))
            return redirect("project-settings", slug=slug)
        seen = {
            "effects": effects, "seen": print_of, "changed": bool(changes), "asking": not looking,
        }  # fmt: skip
    context = seen | {
        "project": project,
        "form": form,
        "tab": "settings",
        "history": latest_changes(project),
    }
    if looking:
        return render(request, "project/consequences.html", context)
    return render(request, "project/settings.html", context, status=422 if form.errors else 200)
