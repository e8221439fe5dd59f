"""Bringing articles into a project: what was dropped becomes a draft, which is looked at before anything is stored."""

from contextlib import ExitStack

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import policy
from annotations.actions import import_jobs
from annotations.forms.uploads import UploadForm
from annotations.importers import IMPORTERS
from annotations.importers.addresses import Refused
from annotations.importers.fetch import fetch
from annotations.jobs.preview import look_at_all
from annotations.models import Job, Project, User
from annotations.views.projects import visible_project
from annotations.views.signed import SignedRequest


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: SignedRequest, slug: str) -> HttpResponse:
    """Takes files or a pasted text, and leads to what was recognised in them."""
    project = visible_project(request, slug)
    if not policy.can_upload(request.user, project):
        raise PermissionDenied
    may_fetch = policy.can_fetch(request.user, project)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, can_fetch=may_fetch)
    if form.is_valid():
        job = _draft(project, form, by=request.user)
        if job is not None:
            return redirect("job", pk=job.pk)
    context = {"project": project, "form": form, "formats": IMPORTERS.values(), "can_fetch": may_fetch}
    return render(request, "upload/upload.html", context, status=422 if form.errors else 200)


def _draft(project: Project, form: UploadForm, *, by: User) -> Job | None:
    """Keeps what came in and looks at it; None where what was to be fetched could not be, and the form says why."""
    with ExitStack() as opened:
        fetched = None
        if address := form.cleaned_data.get("url"):
            try:
                fetched = fetch(address)
            except Refused as error:
                form.add_error("url", _(error.message).format(**error.data))
                return None
            opened.enter_context(fetched.content)
        job = import_jobs.draft_import(project, by=by)
        for name, content in form.contents():
            import_jobs.add_upload(job, content, name=name)
        if fetched is not None:
            import_jobs.add_fetched(job, fetched)
    look_at_all(job)
    return job
