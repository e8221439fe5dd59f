"""How do drafts become articles with annotation sets? In batches, each record wholly or not at all.

Every annotation goes through the same operations and the same judge as an edit in the browser; a set's import
is its first revision.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError
from django.dispatch import Signal

from annotations.actions.definitions import Definitions
from annotations.actions.garbage import collecting_seldom, without_collecting
from annotations.actions.import_batch import Batch, Skipped
from annotations.actions.import_rows import Prepared
from annotations.actions.turns import write_turn
from annotations.errors import gettext_noop
from annotations.importers.base import Item, Remark, Unreadable
from annotations.models import Article, Project, User
from annotations.records import Draft

# Sent in the transaction that stores new articles, with their `project` and their ids: `articles`.
articles_stored = Signal()
BATCH = 400
# A slow reader's chunk ends earlier: until it does, nobody hears how far the import has come.
BATCH_SECONDS = 1.0
MOST_FAILURES = 1000
DUPLICATE = gettext_noop("It says the same as «{headline}», which is here, and was left out.")
OLDER = gettext_noop(
    "It was published before «{headline}», which stands at its address: it is kept as an older version."
)


@dataclass(slots=True)
class ImportReport:
    """What became of the records: counts, and each failure and remark with its place, code, message and data."""

    stored: int = 0
    skipped: int = 0
    failed: int = 0
    sets: int = 0
    spans: int = 0
    relations: int = 0
    remarks: int = 0
    failures: list[Unreadable] = field(default_factory=list)
    noticed: list[Remark] = field(default_factory=list)
    article_ids: list[int] = field(default_factory=list)

    def add(self, other: "ImportReport") -> None:
        """Adds the counts and failures of another part of the same import."""
        for name in ("stored", "skipped", "failed", "sets", "spans", "relations", "remarks"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failures += other.failures[: max(MOST_FAILURES - len(self.failures), 0)]
        self.noticed += other.noticed[: max(MOST_FAILURES - len(self.noticed), 0)]
        self.article_ids += other.article_ids

    def fail(self, problem: Unreadable) -> None:
        """Counts a failure and keeps it, up to a bound."""
        self.failed += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(problem)

    def remark(self, noticed: Remark) -> None:
        """Counts what was noticed about a record and keeps it, up to a bound."""
        self.remarks += 1
        if len(self.noticed) < MOST_FAILURES:
            self.noticed.append(noticed)


def import_drafts(
    project: Project, items: Iterable[Item], *, by: User | None, annotators: Mapping[str, User] | None = None
) -> ImportReport:
    """Stores drafts in a project and reports what became of each.

    A record that is already in the project is skipped, one that can't be represented fails with its reason; the
    others are stored. `annotators` names the accounts behind pseudonyms, whose sets become theirs to work on.
    """
    report = ImportReport()
    for part in import_chunks(project, items, by=by, annotators=annotators):
        report.add(part)
    return report


def import_chunks(
    project: Project,
    items: Iterable[Item],
    *,
    by: User | None,
    annotators: Mapping[str, User] | None = None,
    within: Callable[[ImportReport, int], None] | None = None,
) -> Iterator[ImportReport]:
    """Stores drafts chunk by chunk and yields the report of each once it is committed.

    `within` is called with the report and the number of items in the chunk's own transaction: what it writes stands
    if and only if the chunk does.
    """
    items, annotators = iter(items), annotators or {}
    while True:
        with collecting_seldom():
            chunk = _chunk(items)
            if not chunk:
                return
            with without_collecting():
                try:
                    report = _store(project, chunk, by=by, annotators=annotators, within=within)
                except IntegrityError:  # another import stored one of these articles meanwhile: now it will be found
                    report = _store(project, chunk, by=by, annotators=annotators, within=within)
            chunk.clear()  # what is collected from here on need not go through it
        yield report


def _chunk(items: Iterator[Item]) -> list[Item]:
    """Reads at most BATCH items that take not much longer than BATCH_SECONDS to read."""
    chunk: list[Item] = []
    until = time.monotonic() + BATCH_SECONDS
    for item in items:
        chunk.append(item)
        if len(chunk) == BATCH or time.monotonic() > until:
            break
    return chunk


def _store(
    project: Project,
    chunk: Sequence[Item],
    *,
    by: User | None,
    annotators: Mapping[str, User],
    within: Callable[[ImportReport, int], None] | None,
) -> ImportReport:
    """Stores one chunk in one transaction; two imports into a project take turns."""
    report = ImportReport()
    with write_turn():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        batch = Batch(project, Definitions(project), by=by, annotators=annotators)
        batch.look_up([item for _place, item in chunk if isinstance(item, Draft)])
        kept: list[Draft] = []
        for place, item in chunk:
            outcome = batch.prepare(place, item) if isinstance(item, Draft) else item
            _take(place, outcome, report, batch)
            if isinstance(item, Draft) and isinstance(outcome, Prepared):
                kept.append(item)
        borne_by = [work.state for prepared in batch.prepared for work in prepared.sets]
        batch.definitions.forget(but_of=kept, borne_by=borne_by)
        report.article_ids += batch.write()
        if report.stored:
            articles_stored.send(Project, project=project, articles=report.article_ids)
        if within is not None:
            within(report, len(chunk))
    return report


def _take(place: int, outcome: Prepared | Skipped | Unreadable | Remark, report: ImportReport, batch: Any) -> None:
    if isinstance(outcome, Unreadable):
        report.fail(outcome)
    elif isinstance(outcome, Remark):
        report.remark(outcome)
    elif isinstance(outcome, Skipped):
        report.skipped += 1
        if outcome.twin is not None:
            report.remark(_remark(place, "duplicate", DUPLICATE, outcome.twin))
    else:
        if outcome.later is not None:
            report.remark(_remark(place, "older_version", OLDER, outcome.later))
        batch.add(outcome)
        report.stored += 1
        report.sets += len(outcome.sets)
        report.spans += sum(len(work.state.spans) for work in outcome.sets)
        report.relations += sum(len(work.state.relations) for work in outcome.sets)


def _remark(place: int, code: str, message: str, other: Article) -> Remark:
    """Returns what is said of a record beside an article that is here: which one, and what that means."""
    return Remark(
        place=place, code=code, message=message, data={"headline": other.headline[:120], "article": other.uid}
    )
