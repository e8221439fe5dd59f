"""Long runs: the list of them, one under way, what it did, and the hand on it: cancel, go on, run here."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations import policy
from annotations.actions import jobs
from annotations.actions.notices import saw_end
from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.jobs import report, runner
from annotations.jobs.kinds import title_of
from annotations.jobs.told import told_html
from annotations.kinds.reasons import NOT_TAKEN, REASONS
from annotations.models import Job, JobState
from annotations.queries.jobs import is_worker_there, jobs_page, problem_kinds, problems_page, progress
from annotations.views.asked import asked_id
from annotations.views.drafts import draft_page
from annotations.views.sections import OF_JOBS, place_in
from annotations.views.signed import SignedRequest

_FILLED = re.compile(r"\{[^{}]*\}")


def visible_job(request: SignedRequest, pk: int) -> Job:
    """Returns a job the person can see, whose page stands in its project; else 404."""
    found = get_object_or_404(policy.visible_jobs(request.user).select_related("project", "by"), pk=pk)
    place_in(request, found.project, section=OF_JOBS.get(found.kind, ""))
    return found


@login_required
@require_GET
def job_list(request: SignedRequest) -> HttpResponse:
    """Lists the person's jobs and those of projects they manage; the project stands in the address."""
    chosen = request.GET.get("project", "").replace("\x00", "")
    runner.look_after()
    page = jobs_page(request.user, project=chosen, before=asked_id(request, "before"))
    is_worker = is_worker_there()
    rows = [(job, progress(job, is_worker=is_worker), _(title_of(job.kind))) for job in page.jobs]
    context = {
        "section": "jobs",
        "rows": rows,
        "older": page.older,
        "states": JobState.choices,
        "chosen": chosen,
        "running": any(job.is_unfinished for job in page.jobs),
        "query": urlencode({name: request.GET[name] for name in ("project", "before") if name in request.GET}),
    }
    part = "#live" if request.GET.get("part") == "live" else ""
    return render(request, f"jobs/list.html{part}", context)


@login_required
@require_GET
def job(request: SignedRequest, pk: int) -> HttpResponse:
    """Shows a draft to be confirmed, or how far a job is and what it did; `?part=live` only what changes."""
    found = visible_job(request, pk)
    if found.state == JobState.DRAFT:
        return draft_page(request, found)
    if found.is_unfinished:
        runner.look_after()
    return job_page(request, found)


def job_page(request: SignedRequest, found: Job) -> HttpResponse:
    """Draws a job that was begun."""
    found.refresh_from_db()
    if found.is_ended:
        saw_end(request.user, found)
    name = "jobs/job.html#live" if request.GET.get("part") == "live" else "jobs/job.html"
    return render(request, name, _context(request, found))


def _context(request: HttpRequest, found: Job) -> dict[str, Any]:
    seen = progress(found)
    kinds = [kind | {"title": _FILLED.sub("…", _(_said_of(kind)))} for kind in problem_kinds(found)]
    stored = policy.visible_articles(request.user).filter(pk=found.result.get("article"))
    return {
        "job": found,
        "project": found.project,
        "kind": _(title_of(found.kind)),
        "files": list(found.files.all()),
        "seen": seen,
        # A worker's run goes on without the page, this one's does not.
        "here": request.method == "POST" and found.is_unfinished,
        "state_title": JobState(seen.state).label,
        "kinds": kinds,
        "article": stored.only("pk").first(),
        "said": told_html(found.message, found.error) if found.message else "",
        "can_run": policy.can_run(request.user, found),
        "can_go_on": found.state in (JobState.CANCELLED, JobState.FAILED)
        or (found.by_hand and seen.state == "interrupted"),
    }


def _said_of(kind: dict[str, Any]) -> str:
    """Returns the msgid of a kind of problems: of annotations that were not taken, why they were not."""
    return REASONS[kind["code"]] if kind["message"] == NOT_TAKEN else kind["message"]


def _handled(change: Callable[[HttpRequest, Job], None]) -> Callable[[SignedRequest, int], HttpResponse]:
    """Makes a view of a change: what the person may see, the change or why it was refused, then the job's page."""

    @login_required
    @require_POST
    @wraps(change)
    def view(request: SignedRequest, pk: int) -> HttpResponse:
        found = visible_job(request, pk)
        try:
            change(request, found)
        except NewsroomError as error:
            messages.error(request, told(error))
        if request.GET.get("part") == "live":
            return job_page(request, found)
        return redirect("job", pk=pk)

    return view


@_handled
def job_cancel(request: HttpRequest, found: Job) -> None:
    """Ends a job after the chunk it is at; what was stored stands."""
    jobs.cancel(found)


@_handled
def job_resume(request: HttpRequest, found: Job) -> None:
    """Takes up again what was cancelled, failed or interrupted, after its last chunk."""
    _require_run(request, found)
    runner.resume(found)


@_handled
def job_run_here(request: HttpRequest, found: Job) -> None:
    """Runs one slice in this request, where no worker is there; the page asks for the next."""
    _require_run(request, found)
    runner.look_after()
    runner.run_in_request(found.pk)


def _require_run(request: HttpRequest, found: Job) -> None:
    if not policy.can_run(request.user, found):
        raise PermissionDenied


@login_required
@require_GET
def job_problems(request: SignedRequest, pk: int) -> HttpResponse:
    """Shows the records behind a kind of problem, in the order of the file."""
    found = visible_job(request, pk)
    code = request.GET.get("code", "").replace("\x00", "")
    rows, more = problems_page(found, code=code, after=asked_id(request, "after") or 0)
    names = dict(found.files.values_list("place", "name"))
    context = {
        "job": found, "project": found.project, "code": code, "more": more,
        "rows": [(names.get(row.file, ""), row, told_html(row.message, row.filling, row.code)) for row in rows],
    }  # fmt: skip
    part = "#records" if request.GET.get("part") == "records" else ""
    return render(request, f"jobs/problems.html{part}", context)


@login_required
@require_GET
def job_report(request: SignedRequest, pk: int, name: str) -> StreamingHttpResponse:
    """Streams what went wrong, record by record, as CSV or JSON Lines."""
    found = visible_job(request, pk)
    if name not in report.FORMATS:
        raise Http404
    return report.report_response(found, name)
