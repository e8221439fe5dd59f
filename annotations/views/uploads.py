"""Bringing articles into a project: what was dropped becomes a draft, which is looked at before anything is stored."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from annotations import policy
from annotations.actions import import_jobs
from annotations.forms.uploads import UploadForm
from annotations.importers import IMPORTERS
from annotations.jobs.preview import look_at_all
from annotations.views.projects import visible_project


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes files or a pasted text, and leads to what was recognised in them."""
    project = visible_project(request, slug)
    if not policy.can_upload(request.user, project):
        raise PermissionDenied
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            job = import_jobs.draft_import(project, by=request.user)
            for name, content in form.contents():
                import_jobs.add_upload(job, content, name=name)
            look_at_all(job)
            return redirect("job", pk=job.pk)
    context = {"project": project, "form": form, "formats": IMPORTERS.values()}
    return render(request, "upload/upload.html", context, status=422 if form.errors else 200)
