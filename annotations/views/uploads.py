"""Bringing articles into a project from the browser."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from annotations import policy
from annotations.actions.imports import import_drafts
from annotations.forms.uploads import UploadForm
from annotations.importers import recognised
from annotations.importers.base import HEAD, Item, Remark, Unreadable
from annotations.records import SourceRecord
from annotations.views.projects import visible_project


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes a file and says what became of each record; a record is stored wholly or not at all."""
    project = visible_project(request, slug)
    if not policy.can_upload(request.user, project):
        raise PermissionDenied
    context: dict[str, Any] = {"project": project, "form": UploadForm()}
    if request.method == "POST":
        form = context["form"] = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            importer = recognised(file.name, file.read(HEAD))
            file.seek(0)
            report = import_drafts(project, _noted(importer.read(file, {}), form.cleaned_data), by=request.user)
            context |= {
                "report": report,
                "importer": importer,
                "file_name": file.name,
                "failures": [(problem.place, _(problem.message).format(**problem.data)) for problem in report.failures],
            }
    status = 422 if context["form"].errors or (context.get("report") and not context["report"].stored) else 200
    return render(request, "upload/upload.html", context, status=status)


def _noted(items: Iterable[Item], said: dict[str, Any]) -> Iterator[Item]:
    """Adds outlet and day from the form to drafts that don't state theirs."""
    source = SourceRecord(said["source"], "") if said["source"] else None
    published = None
    if said["published"]:
        published = timezone.make_aware(datetime.combine(said["published"], time(12))).isoformat()
    for place, item in items:
        if isinstance(item, Unreadable | Remark):
            yield place, item
        else:
            yield place, replace(item, source=item.source or source, published_at=item.published_at or published)
