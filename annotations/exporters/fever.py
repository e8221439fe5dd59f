"""FEVER: claims with SUPPORTS, REFUTES or NOT ENOUGH INFO, and the sentences that show it.

`claims.jsonl` of each view beside `pages.jsonl`, where an article is a page with its sentences by number. Evidence is
what the expressions of stances towards the claim stand in.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.spool import Spool, content_of
from annotations.exporters.stances import Judgement, judgements, report_unused, stances
from annotations.exporters.views import View, views
from annotations.exporters.words import Words
from annotations.records import Record, SpanRecord

LABELS = {"agree": "SUPPORTS", "disagree": "REFUTES", "discuss": "NOT ENOUGH INFO", "unrelated": "NOT ENOUGH INFO"}


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; claims wait in files while pages are written."""
    with Spool() as spool:
        yield from zipped(_members(records, writing, spool), large=True)


def _members(records: Iterable[Record], writing: Writing, spool: Spool) -> Iterator[Member]:
    yield readme("claims in the shape of FEVER", "A page is an article; its `lines` are sentences by number.")
    claims: dict[str, int] = {}
    yield "pages.jsonl", _pages(records, writing, spool, claims)
    for name in spool.names:
        yield f"{name}/claims.jsonl", content_of(spool.rows(name))
    yield "losses.jsonl", writing.losses.lines()


def _pages(records: Iterable[Record], writing: Writing, spool: Spool, claims: dict[str, int]) -> Iterator[bytes]:
    for record in records:
        words = writing.words(record)
        sentences = ["\t".join((str(at), _line(record.text[a:b]))) for at, (a, b) in enumerate(words.sentences)]
        yield msgspec.json.encode({"id": record.id, "text": record.text, "lines": "\n".join(sentences)}) + b"\n"
        for view in views(record):
            rows = []
            used: set[str] = set()
            for judgement in judgements(view, writing.losses, headlines=False):
                claims[view.name] = claims.get(view.name, 0) + 1
                rows.append(_claim(view, judgement, claims[view.name], words, used))
            report_unused(view, used, writing.losses)
            spool.put(view.file_name, rows)


def _claim(view: View, judgement: Judgement, number: int, words: Words, used: set[str]) -> dict[str, Any]:
    label = LABELS[judgement.value]
    evidence: list[list[list[Any]]] = []
    for stance in stances(view):
        if (
            stance.relation.tail == f"topic:{judgement.topic}"
            and stance.expression
            and label in ("SUPPORTS", "REFUTES")
        ):
            used.update((stance.relation.id, stance.expression.id))
            page = view.record.id
            evidence.append([[number, len(evidence) + 1, page, at] for at in _sentences(stance.expression, words)])
    return {
        "id": number,
        "verifiable": "NOT VERIFIABLE" if label == "NOT ENOUGH INFO" else "VERIFIABLE",
        "label": label,
        "claim": judgement.claim,
        "evidence": evidence or [[[number, None, None, None]]],
    }


def _sentences(span: SpanRecord, words: Words) -> list[int]:
    """Returns the numbers of the sentences that a span touches."""
    return [
        number
        for number, (start, end) in enumerate(words.sentences)
        if any(first < end and start < last for first, last in span.ranges)
    ]


def _line(text: str) -> str:
    return text.replace("\t", " ")


EXPORTER = Exporter(
    key="fever", title=gettext_noop("Claims and evidence as FEVER"), suffix="fever.zip", media_type="application/zip",
    carries=frozenset({"sets"}), reports=frozenset({"labels", "spans", "relations", "attributes"}), writer=write,
)  # fmt: skip
