"""How do many annotations follow a change of the scheme? In chunks, each a transaction of its own.

What is few is written at once: by the transaction that publishes, or by the request that takes a merge back.
"""

from collections.abc import Generator
from typing import Any

from annotations.actions import jobs, schemes
from annotations.actions.jobs import Step
from annotations.actions.relabelling import CHUNK, CLASH, RELABELLING, Refused, Written, merge_chunk
from annotations.actions.relabelling_undo import CHANGED, take_back, undo_chunk
from annotations.actions.scheme_lock import hold_scheme
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.jobs import runner
from annotations.jobs.base import JobKind, Run, kinds_with
from annotations.models import AnnotationSet, JobProblem, Label, Project, Relabelling, SchemeVersion, Severity, User

MESSAGES = {
    CHANGED: gettext_noop("It keeps its label: somebody has changed it since. {quote}"),
    CLASH: gettext_noop("It keeps its label: the other one stands there with another value. {quote}"),
    "refused": gettext_noop("It keeps its label: it would not fit the other one ({reason}). {quote}"),
}


class Unmanaged(NewsroomError):
    """Raised when whoever changed the scheme may not do so any more, halfway through."""

    def __init__(self) -> None:
        super().__init__(
            code="relabelling_unmanaged",
            message=gettext_noop("Whoever began this doesn't manage the project any more; what was changed stands."),
        )


class SchemeMovedOn(NewsroomError):
    """Raised when a job that ended early is gone on with after the scheme was published anew."""

    def __init__(self) -> None:
        super().__init__(
            code="relabelling_moved_on",
            message=gettext_noop(
                "The label scheme was published anew since this job ended, so it does not go on. What still bears the "
                "old label can be merged in a new draft."
            ),
        )


def publish(project: Project, *, by: User, note: str = "", seen: str | None = None) -> SchemeVersion:
    """Publishes the draft of a scheme, and has the annotations follow where they are many. Raises what it does."""
    with write_turn():
        version = schemes.publish(project, by=by, note=note, seen=seen)
        merged: Relabelling | None = getattr(version, "relabelling", None)
        if merged is not None and merged.job is not None:
            runner.start(merged.job)
            merged.job.refresh_from_db()
    return version


def undo(project: Project, merged: Relabelling, *, by: User) -> Relabelling:
    """Takes a merge back: a small one here and now, a larger one by a worker. Raises NotTakenBack and others."""
    with write_turn():
        found = take_back(project, merged, by=by)
        if (job := found.job) is None:
            return found
        small = (job.total or 0) <= CHUNK
        if small:
            jobs.make_ready(job, by_hand=True)
        else:
            runner.start(job)
    if small:
        runner.run_slice(job.pk, leave=lambda: False)
    job.refresh_from_db()
    return found


def steps(run: Run) -> Generator[None]:
    """Goes on behind the job's cursor, {"at": number of the merge, "after": row}; a way back is one merge."""
    found = Relabelling.objects.select_related("version__project", "undoes__version", "by").get(job=run.job)
    labels = {label.key: label for label in Label.objects.filter(project=run.job.project).select_related("project")}
    at, after = run.job.cursor.get("at", 0), run.job.cursor.get("after", 0)
    ways = [None] if found.undoes else [(labels[one["label"]], labels[one["into"]]) for one in found.merges]
    while at < len(ways):
        with write_turn():
            hold_scheme(found.version.project_id)
            _require_version(found)
            written = _chunk(found, ways[at], after)
            at, after = (at, written.after) if written.after else (at + 1, 0)
            run.keep(_step(run, written, {"at": at, "after": after}))
        yield


def _require_version(found: Relabelling) -> None:
    """Sees to it that the labels are as this step left them: it may have been cancelled, even taken back meanwhile."""
    if not Project.objects.filter(pk=found.version.project_id, scheme_version=found.version.number).exists():
        raise SchemeMovedOn


def _chunk(found: Relabelling, way: tuple[Label, Label] | None, after: int) -> Written:
    if found.by is None:  # the account is gone
        raise Unmanaged
    try:
        return undo_chunk(found, after=after) if way is None else merge_chunk(found, *way, after=after)
    except AnnotationSet.DoesNotExist as error:
        raise Unmanaged from error


def _step(run: Run, written: Written, cursor: dict[str, Any]) -> Step:
    problems = [_problem(run, one) for one in written.refused]
    changed = written.done - len(problems)
    return Step(
        cursor=cursor, done=run.job.done + written.done, problems=problems,
        result={"kinds": kinds_with(run.job, problems)},
        counts={"records": written.done, "changed": changed, "remarks": len(problems)},
    )  # fmt: skip


def _problem(run: Run, one: Refused) -> JobProblem:
    code = one.reason if one.reason in MESSAGES else "refused"
    quote = f"«{one.quote}»" if one.quote else ""
    return JobProblem(
        job=run.job, place=one.set_id, severity=Severity.REMARK, code=code, message=MESSAGES[code],
        data={"reason": one.reason, "quote": quote},
    )  # fmt: skip


JOB = JobKind(key=RELABELLING, title=gettext_noop("Merge of labels"), steps=steps)
