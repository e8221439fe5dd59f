"""An import that has not begun: what was recognised in its files, how they are to be read, and the word to begin."""

import json
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import policy
from annotations.actions import import_jobs, jobs
from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.forms.uploads import NotedForm, ReadingForm
from annotations.importers import IMPORTERS
from annotations.jobs import runner
from annotations.jobs.labels import NEW, OUT, fitting
from annotations.jobs.preview import look_at_all
from annotations.jobs.told import told_html
from annotations.models import Job, JobFile, JobState, LabelKind, Project
from annotations.queries.scheme import known_labels
from annotations.views.sections import OF_JOBS, place_in
from annotations.views.signed import SignedRequest

# So small an import is run while one waits for the answer: its article is there when the page is.
AT_ONCE_BYTES = 256 * 1024


def draft_page(request: SignedRequest, job: Job, *, noted: NotedForm | None = None) -> HttpResponse:
    """Draws what was seen in the files of a draft."""
    place_in(request, job.project, section=OF_JOBS[job.kind])
    files = list(job.files.all())
    seen = job.params.get("seen", {}).get("files") or [{} for _file in files]
    shown = [_shown(file, said) for file, said in zip(files, seen, strict=False)]
    context = {
        "job": job,
        "project": job.project,
        "files": shown,
        "labels": _labels(job),
        "noted": noted or NotedForm.of(job),
        "records": sum(file["seen"].get("records", 0) for file in shown),
        "whole": all(file["seen"].get("whole") for file in shown if file["importer"]),
        "ready": _is_ready(job),
        "can_run": policy.can_run(request.user, job),
    }
    return render(request, "jobs/draft.html", context, status=422 if noted is not None else 200)


def _shown(file: JobFile, seen: dict[str, Any]) -> dict[str, Any]:
    samples = [
        sample | {"published": parse_datetime(sample["published_at"]) if sample["published_at"] else None}
        for sample in seen.get("samples", ())
    ]
    problems = [(said["place"], told_html(said["message"], said["data"])) for said in seen.get("problems", ())]
    return {
        "file": file,
        "form": ReadingForm(None, file=file),
        "importer": IMPORTERS.get(file.importer),
        "seen": seen,
        "samples": samples,
        "problems": problems,
    }


def _labels(job: Job) -> list[dict[str, Any]]:
    """Returns the incoming labels, each with the project's labels that it can become and what is chosen."""
    rows = job.params.get("seen", {}).get("labels", [])
    chosen = {(kind, label): choice for kind, label, choice in job.params.get("labels", ())}
    known = known_labels(job.project) if rows and job.project else {}
    english = get_language() == "en"
    titles = {key: label.titles[english] or label.titles[0] for key, label in known.items()}
    return [
        row
        | {
            "field": _field(row),
            "kind_title": LabelKind(row["kind"]).label,
            "choice": chosen.get((row["kind"], row["label"]), row["choice"]),
            "is_new": row["choice"] == NEW,
            "choices": [(f"={key}", titles[key], key) for key in fitting(row, known)],
        }
        for row in rows
    ]


def _field(row: dict[str, Any]) -> str:
    """Returns the name of the field of a label's choice: the label's own, so that no older page chooses for another.

    A browser sends a line break in a name otherwise than it was written, so the label stands there as a hash.
    """
    said = json.dumps([row["kind"], row["label"]])
    return f"label-{sha256(said.encode()).hexdigest()[:16]}"


def _chosen_labels(job: Job, project: Project, request: HttpRequest) -> list[list[str]]:
    """Returns the choices that were sent; one that means nothing is as if it was not made."""
    known, chosen = known_labels(project), []
    for row in job.params.get("seen", {}).get("labels", ()):
        choice = request.POST.get(_field(row), row["choice"])
        possible = {NEW, OUT, *(f"={key}" for key in fitting(row, known))}
        chosen.append([row["kind"], row["label"], choice if choice in possible else row["choice"]])
    return chosen


@login_required
@require_POST
def job_begin(request: SignedRequest, pk: int) -> HttpResponse:
    """Takes what was said of a draft: looks again where a file is to be read otherwise, else begins."""
    job = get_object_or_404(policy.visible_jobs(request.user), pk=pk)
    if not policy.can_run(request.user, job):
        raise PermissionDenied
    if job.state != JobState.DRAFT or job.project is None:
        return redirect("job", pk=pk)
    try:
        return _said(request, job, job.project)
    except NewsroomError as refusal:  # another page began or discarded it meanwhile
        messages.error(request, told(refusal))
        return redirect("job", pk=pk)


def _said(request: SignedRequest, job: Job, project: Project) -> HttpResponse:
    pk = job.pk
    if request.POST.get("do") == "discard":
        jobs.discard(job)
        return redirect("upload", slug=project.slug)
    if request.POST.get("do", "").startswith("without-"):
        import_jobs.leave_out(job, place=request.POST["do"].removeprefix("without-"))
        look_at_all(job)
        return redirect("job", pk=pk)
    noted = NotedForm(request.POST)
    said = {"labels": _chosen_labels(job, project, request)} | (noted.said() if noted.is_valid() else {})
    changed = _read_otherwise(job, request)
    import_jobs.confirm(job, params=job.params | said, total=_records(job))
    if changed or request.POST.get("do") == "look":
        look_at_all(job)
    if not noted.is_valid():
        return draft_page(request, job, noted=noted)
    if changed or request.POST.get("do") == "look":
        if request.POST.get("do") == "begin":
            messages.info(request, _("The files are read otherwise now: look at them once more, then bring them in."))
        return redirect("job", pk=pk)
    if not _is_ready(job):
        messages.error(request, _("Say of each file what it is first."))
        return redirect("job", pk=pk)
    return _begun(job)


def _is_ready(job: Job) -> bool:
    return job.files.exists() and all(file.importer in IMPORTERS for file in job.files.all())


def _read_otherwise(job: Job, request: HttpRequest) -> bool:
    changed = False
    for file in job.files.all():
        form = ReadingForm(request.POST, file=file)
        if form.is_valid() and form.says_otherwise:
            import_jobs.read_as(file, *form.said())
            changed = True
    return changed


def _records(job: Job) -> int | None:
    """Returns how many records there are, where all of the files was seen."""
    seen = job.params.get("seen", {}).get("files", [])
    if not all(file["whole"] for file in seen):
        return None
    records: int = sum(file["records"] + file["unreadable"] for file in seen)
    return records


def _begun(job: Job) -> HttpResponse:
    runner.start(job)
    if sum(file.size for file in job.files.all()) <= AT_ONCE_BYTES:
        runner.run_in_request(job.pk)
        job.refresh_from_db()
        if job.state == JobState.DONE and job.count("records") == 1 and job.result.get("article"):
            return redirect("article", pk=job.result["article"])
    return redirect("job", pk=job.pk)
