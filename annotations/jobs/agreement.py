"""How is agreement measured as a job? The shared articles stream through; each chunk stores the count so far."""

import time
from collections.abc import Generator
from typing import Any

from annotations.actions import jobs
from annotations.actions.agreement import begin_report, draft_measuring, finish_report, lay_aside
from annotations.actions.jobs import Step
from annotations.actions.turns import write_turn
from annotations.agreement.report import Agreement
from annotations.agreement.state import unpacked
from annotations.errors import gettext_noop
from annotations.jobs import runner
from annotations.jobs.base import JobKind, Run
from annotations.models import Job, JobState, Project, User
from annotations.policy import AGREEMENT
from annotations.queries.agreement import label_kinds, place_of, shared
from annotations.queries.gold_scores import gold_scores
from annotations.queries.records import stream_records

# So many shared articles are measured while whoever asked waits.
AT_ONCE = 200
# The count so far can be megabytes: it is stored no more often than this.
CHUNK_SECONDS = 1.0


def measure(project: Project, *, by: User) -> Job:
    """Measures a small project here and now, and queues a larger one; returns the job."""
    runner.look_after()
    with write_turn():
        job = draft_measuring(project, by=by)
        if job.state == JobState.DRAFT and (job.total or 0) > AT_ONCE:
            runner.start(job)
        elif job.state == JobState.DRAFT:
            jobs.make_ready(job, by_hand=True)
    job.refresh_from_db()
    if job.by_hand:  # also one whose process died: no worker takes it up
        runner.run_slice(job.pk, leave=lambda: False)
        job.refresh_from_db()
    return job


def steps(run: Run) -> Generator[None]:
    """Counts the articles behind the job's cursor, {"after": id of a place}, and writes the report at the end."""
    job, project = run.job, run.job.own_project
    report = begin_report(job)
    kinds = label_kinds(project)
    # Without a count of its own the job begins anew: another measuring has taken its place meanwhile.
    agreement = unpacked(bytes(report.state), kinds) if report.state else Agreement(kinds)
    after, counted = (job.cursor["after"] if report.state else 0), agreement.articles
    until = time.monotonic() + CHUNK_SECONDS
    for record in stream_records(shared(project), after=after):
        agreement.add(record)
        if time.monotonic() > until:
            with write_turn():
                lay_aside(report, agreement)
                run.keep(_step(agreement, counted, {"after": place_of(project, record.id)}))
            counted = agreement.articles
            yield
            until = time.monotonic() + CHUNK_SECONDS
    found, gold = agreement.report(), gold_scores(project)
    with write_turn():
        finish_report(report, found, gold=gold)
        run.keep(_step(agreement, counted, run.job.cursor))
    yield


def _step(agreement: Agreement, before: int, cursor: dict[str, Any]) -> Step:
    return Step(cursor=cursor, done=agreement.articles, counts={"records": agreement.articles - before})


JOB = JobKind(key=AGREEMENT, title=gettext_noop("Agreement"), steps=steps)
