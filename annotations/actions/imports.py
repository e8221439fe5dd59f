"""How do drafts become articles with annotation sets? In batches, each record wholly or not at all.

Every annotation goes through the same operations and the same judge as an edit in the browser; a set's import
is its first revision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import transaction

from annotations.actions.definitions import Definitions
from annotations.actions.import_batch import Batch, Prepared, Skipped
from annotations.importers.base import Item, Unreadable
from annotations.models import Project, User

BATCH = 400
MOST_FAILURES = 1000


@dataclass(slots=True)
class ImportReport:
    """What became of the records: counts, and each failure with its place, code, message and data."""

    stored: int = 0
    skipped: int = 0
    failed: int = 0
    sets: int = 0
    spans: int = 0
    relations: int = 0
    failures: list[Unreadable] = field(default_factory=list)
    article_ids: list[int] = field(default_factory=list)

    def fail(self, problem: Unreadable) -> None:
        """Counts a failure and keeps it, up to a bound."""
        self.failed += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(problem)


def import_drafts(
    project: Project, items: Iterable[Item], *, by: User | None, annotators: Mapping[str, User] | None = None
) -> ImportReport:
    """Stores drafts in a project and reports what became of each.

    A record that is already in the project is skipped, one that can't be represented fails with its reason; the
    others are stored. `annotators` names the accounts behind pseudonyms, whose sets become theirs to work on.
    """
    report = ImportReport()
    definitions = Definitions(project)
    for chunk in batched(items, BATCH):
        with transaction.atomic():
            batch = Batch(project, definitions, by=by, annotators=annotators or {})
            drafts = [(place, item) for place, item in chunk if not isinstance(item, Unreadable)]
            batch.look_up([draft for _place, draft in drafts])
            for place, item in chunk:
                _take(batch.prepare(place, item) if not isinstance(item, Unreadable) else item, report, batch)
            report.article_ids += batch.write()
    return report


def _take(outcome: Prepared | Skipped | Unreadable, report: ImportReport, batch: Any) -> None:
    if isinstance(outcome, Unreadable):
        report.fail(outcome)
    elif isinstance(outcome, Skipped):
        report.skipped += 1
    else:
        batch.add(outcome)
        report.stored += 1
        report.sets += len(outcome.sets)
        report.spans += sum(len(work.state.spans) for work in outcome.sets)
        report.relations += sum(len(work.state.relations) for work in outcome.sets)
