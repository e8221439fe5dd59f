"""How long does agreement take on a large project? 10,000 articles by three annotators with 45 spans each, one process.

Each person's set is the article's own with slips: spans missed, other labels, edges moved. Records are made one at a
time, as they would stream from the database, and only the measuring is timed.
"""

import random
import time
from collections.abc import Iterator

import psutil

from annotations.agreement.report import Agreement
from annotations.agreement.state import packed
from annotations.presets import PRESETS
from annotations.records import AnnotationSetRecord, Draft, Range, Record, SpanRecord
from bench.corpus import LABELS, corpus
from bench.table import table

ARTICLES = 10_000
PEOPLE = ("a", "b", "c")
MISSED, RELABELLED, MOVED = 0.08, 0.08, 0.12


def record(draft: Draft, rng: random.Random) -> Record:
    """Returns an article with one set for each person."""
    return Record(
        id=draft.id or "", text_sha256="", text=draft.text, language="fa", sections=draft.sections, source=None, url="",
        author="", published_at=None, supersedes=None, labels=(), entities=(), topics=(), meta={},
        annotation_sets=tuple(_work(person, draft, rng) for person in PEOPLE),
    )  # fmt: skip


def _work(person: str, draft: Draft, rng: random.Random) -> AnnotationSetRecord:
    spans = []
    for span in draft.annotation_sets[0].spans:
        slip = rng.random()
        if slip < MISSED:
            continue
        label = rng.choice(LABELS) if slip < MISSED + RELABELLED and span.label in LABELS else span.label
        moved = MISSED + RELABELLED < slip < MISSED + RELABELLED + MOVED
        ranges = _moved(span.ranges, rng) if moved else span.ranges
        spans.append(SpanRecord(span.id or "", label, ranges, span.quote))
    return AnnotationSetRecord(
        id=person, kind="annotator", annotator=person, status="submitted", created_at="", updated_at="",
        submitted_at=None, spans=tuple(spans), relations=(), labels=(),
    )  # fmt: skip


def _moved(ranges: tuple[Range, ...], rng: random.Random) -> tuple[Range, ...]:
    (start, end), *rest = ranges
    return ((start, max(start + 1, end - rng.randint(1, 4))), *rest)


def records(count: int) -> Iterator[Record]:
    """Yields the articles, the same ones each time."""
    rng = random.Random(2)
    yield from (record(draft, rng) for draft in corpus(count))


def run() -> None:
    """Prints seconds of one core, growth of memory, and the size of what a job stores on its way."""
    agreement = Agreement({label.key: label.kind for label in PRESETS["news-fa"].labels})
    process, spans, adding = psutil.Process(), 0, 0.0
    before = process.memory_info().rss
    for one in records(ARTICLES):
        spans += sum(len(work.spans) for work in one.annotation_sets)
        began = time.process_time()
        agreement.add(one)
        adding += time.process_time() - began
    began = time.process_time()
    report = agreement.report()
    reporting = time.process_time() - began
    rows = [
        ("counting, s of one core", adding),
        ("articles a second", ARTICLES / adding),
        ("report with intervals, s", reporting),
        ("count so far, kB packed", len(packed(agreement)) / 1000),
        ("growth of memory, MB", (process.memory_info().rss - before) / 1e6),
        ("span F1, exact", report.exact.value),
    ]
    table(f"Agreement of {len(PEOPLE)} people on {ARTICLES:,} articles, {spans:,} spans", ("", "seen"), rows)
