"""Statements as the Discourse Network Analyzer has them: who agrees or disagrees with which concept, where and when.

One CSV. A stance is a statement: its holder is the person or the organisation, under the entity's name where it is
linked, its target the concept; of the article's own stances the outlet is the organisation.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.csv_rows import BOM, CELLS, csv_rows
from annotations.exporters.stances import Stance, claim_of, report_unused, stances
from annotations.exporters.views import View, views
from annotations.records import Record, SpanRecord

COLUMNS = (
    "ID", "time", "docId", "docTitle", "docAuthor", "docSource", "person", "organization", "concept", "agreement",
    "text", "start", "end", "coder",
)  # fmt: skip
AGREEMENT = {"FAVOR": 1, "AGAINST": 0}
PERSONS = ("PER", "pers", "person")


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the table, an article at a time."""
    cells = writing.options["cells"]
    yield BOM + csv_rows([COLUMNS], cells=cells)
    number = 0
    for record in records:
        for view in views(record):
            rows = [(number + at, *row) for at, row in enumerate(_statements(view, writing), 1)]
            number += len(rows)
            if rows:
                yield csv_rows(rows, cells=cells)


def _statements(view: View, writing: Writing) -> Iterator[tuple[Any, ...]]:
    used: set[str] = set()
    for stance in stances(view):
        person, organisation = _holder(view, stance)
        concept = _concept(view, stance)
        if stance.polarity not in AGREEMENT or not (person or organisation) or not concept:
            continue
        spans = [span for span in (stance.holder, stance.expression, stance.target) if span]
        used.update((stance.relation.id, *(span.id for span in spans)))
        shown = stance.expression or stance.target or stance.holder
        record = view.record
        yield (
            record.published_at, record.id, _title(record), record.author, record.source and record.source.name,
            person, organisation, concept, AGREEMENT[stance.polarity], shown.quote if shown else "",
            shown.ranges[0][0] if shown else None, shown.ranges[-1][1] if shown else None, view.name,
        )  # fmt: skip
    report_unused(view, used, writing.losses)


def _holder(view: View, stance: Stance) -> tuple[str, str]:
    """Returns the person and the organisation, one of them empty, both where nobody is named."""
    if stance.holder is None:
        source = view.record.source
        return "", source.name if stance.relation.head == "article" and source else ""
    name = _name(view, stance.holder)
    return (name, "") if stance.holder.label in PERSONS else ("", name)


def _concept(view: View, stance: Stance) -> str:
    for topic in view.record.topics:
        if stance.relation.tail == f"topic:{topic.key}":
            return claim_of(topic)
    return _name(view, stance.target) if stance.target else ""


def _name(view: View, span: SpanRecord) -> str:
    return next((entity.name for entity in view.record.entities if entity.key == span.entity), span.quote)


def _title(record: Record) -> str:
    found = (record.text[part.start : part.end] for part in record.sections if part.kind == "headline")
    return next(found, record.text.split("\n", 1)[0][:200])


EXPORTER = Exporter(
    key="dna", title=gettext_noop("Statements for the Discourse Network Analyzer"), suffix="csv", media_type="text/csv",
    carries=frozenset({"sets"}), reports=frozenset({"spans", "relations", "attributes"}), writer=write,
    options=(CELLS,),
)  # fmt: skip
