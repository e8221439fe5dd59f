"""How is a measuring begun, kept on its way and finished? Its count so far is stored: another runner can go on."""

from typing import Any

from django.utils import timezone

from annotations.actions.turns import write_turn
from annotations.agreement.plain import plain, plain_examples
from annotations.agreement.report import Agreement, Report
from annotations.agreement.state import packed
from annotations.models import AgreementReport, Job, Project, Unit, User
from annotations.models.jobs import UNFINISHED
from annotations.policy import AGREEMENT
from annotations.queries.agreement import fingerprint, shared


def draft_measuring(project: Project, *, by: User) -> Job:
    """Returns the measuring that runs or waits, else a new one that begins when it is told to."""
    with write_turn():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # two who ask at once get one
        running = Job.objects.filter(project=project, kind=AGREEMENT, state__in=UNFINISHED).first()
        if running is not None:
            return running
        AgreementReport.objects.filter(project=project, made_at=None).delete()  # of runs that were given up
        total = shared(project).articles().count()
        return Job.objects.create(kind=AGREEMENT, project=project, by=by, unit=Unit.RECORDS, total=total)


def begin_report(job: Job) -> AgreementReport:
    """Returns the row that a job's count is kept in; a new one notes which sets it is computed from."""
    with write_turn():
        found = {"project": job.project, "fingerprint": fingerprint(job.own_project)}
        return AgreementReport.objects.get_or_create(job=job, defaults=found)[0]


def lay_aside(report: AgreementReport, agreement: Agreement) -> None:
    """Keeps the count so far; to be called within the transaction of the chunk that got it there.

    Where the row was deleted as given up, saving makes it again: the runner still has the count.
    """
    report.state = packed(agreement)
    report.save()


def finish_report(report: AgreementReport, found: Report, *, gold: list[dict[str, Any]]) -> None:
    """Writes the figures, in the job's last transaction; nobody looks up the examples of earlier reports any more.

    `gold` is how close each person comes to the gold sets (queries/gold_scores.py).
    """
    report.result, report.examples = plain(found) | {"gold": gold}, plain_examples(found)
    report.state, report.made_at = b"", timezone.now()
    report.save()
    AgreementReport.objects.filter(project=report.project_id).exclude(pk=report.pk).update(examples=[])
