"""How does an import run as a job? Each file as a stream, chunk by chunk; the cursor counts the items of the file."""

from collections.abc import Generator, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any

from django.utils import timezone
from msgspec.structs import replace

from annotations.actions.imports import ImportReport, import_chunks
from annotations.actions.jobs import Step
from annotations.errors import gettext_noop
from annotations.importers import IMPORTERS
from annotations.importers.base import Item, Remark, Unreadable
from annotations.importers.mapping import mapped
from annotations.jobs.base import JobKind, Run, kinds_with
from annotations.jobs.files import opened
from annotations.jobs.labels import label_map
from annotations.jobs.values import storable
from annotations.models import Job, JobFile, JobProblem, Severity, Unit, User
from annotations.queries.scheme import known_labels
from annotations.records import Draft, SourceRecord

COUNTED = ("stored", "skipped", "failed", "remarks", "sets", "spans", "relations")


def steps(run: Run) -> Generator[None]:
    """Imports the job's files from its cursor on: {"file": place, "items": how many of it are done}."""
    job = run.job
    files = list(job.files.all())
    annotators = _annotators(job)
    for file in files:
        if file.place < job.cursor.get("file", 0):
            continue
        before = sum(other.size for other in files if other.place < file.place)
        with opened(file) as stream:
            part = _Part(run, file, stream, before)
            items = islice(drafts_of(job, file, stream), part.taken, None)
            for _report in import_chunks(job.own_project, items, by=job.by, annotators=annotators, within=part.keep):
                yield


class _Part:
    """One file of the job on its way in."""

    def __init__(self, run: Run, file: JobFile, stream: IO[bytes], before: int) -> None:
        self.run, self.file, self.stream, self.before = run, file, stream, before

    @property
    def taken(self) -> int:
        """How many items of this file are done."""
        cursor = self.run.job.cursor
        return cursor.get("items", 0) if cursor.get("file") == self.file.place else 0

    def keep(self, report: ImportReport, items: int) -> None:
        """Keeps what became of a chunk, in its transaction."""
        job = self.run.job
        counts = {name: getattr(report, name) for name in COUNTED}
        counts["records"] = report.stored + report.skipped + report.failed
        alone = report.stored == 1 and not job.count("stored")
        result = {"article": report.article_ids[0] if alone else None} if report.stored else {}
        problems = list(_problems(job, self.file.place, report))
        self.run.keep(
            Step(
                cursor={"file": self.file.place, "items": self.taken + items},
                done=self._done(job, counts["records"]),
                counts=counts,
                problems=problems,
                file=self.file,
                result=result | {"kinds": kinds_with(job, problems)},
            )
        )

    def _done(self, job: Job, records: int) -> int:
        if job.unit == Unit.RECORDS:
            return job.done + records
        # Some formats are read at their end first, or all at once: a bar does not go back.
        place = self.file.size if self.stream.closed else min(self.stream.tell(), self.file.size)
        return max(job.done, self.before + place)


def drafts_of(job: Job, file: JobFile, stream: IO[bytes]) -> Iterator[Item]:
    """Returns the items of a file as this job wants them: with the project's labels, and what was noted of all."""
    items = read_items(job, file, stream)
    chosen = label_map(job)
    return mapped(items, chosen, known_labels(job.own_project)) if chosen else items


def read_items(job: Job, file: JobFile, stream: IO[bytes]) -> Iterator[Item]:
    """Returns the items of a file under their own labels."""
    return _noted(IMPORTERS[file.importer].read(stream, file.options), job.params, url=file.url)


def _noted(items: Iterable[Item], said: dict[str, Any], *, url: str) -> Iterator[Item]:
    """Adds outlet, day and the address they were fetched from to drafts that don't state theirs."""
    source = SourceRecord(said["source"], "") if said.get("source") else None
    published = None
    if said.get("published"):
        noon = datetime.combine(date.fromisoformat(said["published"]), time(12))
        published = timezone.make_aware(noon).isoformat()
    for place, item in items:
        if isinstance(item, Draft) and (source or published or url):
            stated = item.source or source, item.published_at or published, item.url or url
            yield place, replace(item, source=stated[0], published_at=stated[1], url=stated[2])
        else:
            yield place, item


def _problems(job: Job, place: int, report: ImportReport) -> Iterator[JobProblem]:
    """Returns the rows of what failed or was noticed, in the order of the file."""
    said: list[tuple[Unreadable | Remark, Severity]] = [(problem, Severity.FAILURE) for problem in report.failures]
    said += [(problem, Severity.REMARK) for problem in report.noticed]
    for problem, severity in sorted(said, key=lambda pair: pair[0].place):
        yield JobProblem(
            job=job, file=place, place=problem.place, severity=severity, code=problem.code[:80],
            message=problem.message,
            data={name: storable(value) for name, value in problem.data.items()},
        )  # fmt: skip


def _annotators(job: Job) -> dict[str, User]:
    chosen: dict[str, int] = job.params.get("annotators", {})
    people = User.objects.in_bulk(chosen.values())
    return {pseudonym: people[pk] for pseudonym, pk in chosen.items() if pk in people}


JOB = JobKind(key="import", title=gettext_noop("Import"), steps=steps)
