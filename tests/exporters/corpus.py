"""The few articles that every format is tried on: emoji families, half-spaces, nesting, crossing, gaps, three ends."""

import io
import zipfile
from collections import Counter
from typing import Any

from annotations.exporters import EXPORTERS
from annotations.exporters.losses import Losses
from annotations.records import (
    AnnotationSetRecord,
    ArticleLabelRecord,
    EntityRecord,
    LabelTitle,
    Record,
    RelationRecord,
    Section,
    SourceRecord,
    SpanRecord,
    TopicRecord,
    quote_of,
)
from annotations.text.freeze import text_sha256

FAMILY = (
    "👩‍👩‍👧‍👦🇮🇷 علاقه کره شمالی به تقویت همکاری با روسیه\n\n"
    "کیم جونگ اون گفت: صادرات نفت رشد می‌کند. مریم رضایی در تهران است."
)
MIXED = "كيك ي‌ك\u00a0۱۲٬٣٤ 😀 «Abc News» مُدیر  گفت|نوشت & <b>\tپایان\u200f!\n🇮🇷 شرکت ملی نفت ایران ۵٪ رشد کرد"
KINDS = {
    "PER": "entity", "ORG": "entity", "LOC": "entity", "EVE": "entity", "CLAIM": "claim", "CUE": "cue",
    "EXPRESSION": "expression", "attribution": "attribution", "stance": "stance", "category": "article",
    "body_stance": "article", "headline_stance": "article",
}  # fmt: skip
TITLES = tuple(LabelTitle(key, kind, f"برچسب {key}", key.title()) for key, kind in sorted(KINDS.items()))


def span(text: str, id: str, label: str, *pieces: str, **more: Any) -> SpanRecord:
    """Returns a span of the pieces, each the first that stands behind the one before."""
    ranges, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        ranges.append((start, at := start + len(piece)))
    return SpanRecord(id, label, tuple(ranges), quote_of(text, ranges), **more)


def work(id: str, kind: str, annotator: str | None, spans: Any = (), relations: Any = (), labels: Any = ()) -> Any:
    """Returns a set; its spans in the order that records have."""
    order = sorted(spans, key=lambda one: (one.ranges[0][0], -one.ranges[-1][1], one.id))
    moment = "2023-09-17T08:30:00Z"
    return AnnotationSetRecord(
        id, kind, annotator, "accepted", moment, moment, moment, tuple(order), tuple(relations), tuple(labels)
    )


def record(id: str, text: str, *sets: AnnotationSetRecord, **more: Any) -> Record:
    """Returns an article with sets."""
    return Record(
        id=id, text_sha256=text_sha256(text), text=text, language="fa", annotation_sets=sets, labels=TITLES,
        **{
            "sections": (), "source": SourceRecord("تسنیم", "tasnimnews.com"), "url": "https://example.org/1?a=1&b=2",
            "author": "", "published_at": "2023-09-17T08:30:00Z", "supersedes": None, "entities": (), "topics": (),
            "meta": {"id": 7, "label": "collides"}, **more,
        },
    )  # fmt: skip


GOLD = work(
    "11111111-0000-4000-8000-000000000001", "gold", None,
    [
        span(FAMILY, "s1", "PER", "کیم جونگ اون", attributes={"mention": "name"}, entity="per-kim"),
        span(FAMILY, "s2", "CUE", "گفت"),
        span(FAMILY, "s3", "CLAIM", "صادرات نفت رشد می‌کند", attributes={"kind": "fact", "checkworthy": "CFS"}),
        span(FAMILY, "s4", "LOC", "کره شمالی"),
        span(FAMILY, "s5", "LOC", "روسیه"),
        span(FAMILY, "s6", "EXPRESSION", "تقویت همکاری"),
        span(FAMILY, "s7", "PER", "مریم رضایی"),
    ],
    [
        RelationRecord("r1", "attribution", "s3", "s2", "s1", {"level": 1}),
        RelationRecord("r2", "stance", "s4", None, "s5", {"polarity": "FAVOR"}),
        RelationRecord("r3", "stance", "article", "s6", "s5", {"polarity": "FAVOR"}),
        RelationRecord("r4", "stance", "s1", None, "topic:oil", {"polarity": "AGAINST"}),
    ],
    [ArticleLabelRecord("body_stance", "oil", "agree"), ArticleLabelRecord("category", None, "economy")],
)  # fmt: skip
FIRST = work(
    "11111111-0000-4000-8000-000000000002", "annotator", "a-one",
    [
        span(FAMILY, "t1", "LOC", "کره"),  # nested in the next
        span(FAMILY, "t2", "ORG", "کره شمالی"),
        span(FAMILY, "t3", "EVE", "شمالی به تقویت"),  # crosses it
        span(FAMILY, "t4", "LOC", "روسی"),  # ends inside a word
        span(FAMILY, "t5", "PER", "مریم", "تهران"),  # with a gap
        span(FAMILY, "t6", "ORG", "👩‍👩‍👧‍👦🇮🇷"),
    ],
)  # fmt: skip
SECOND = work(
    "22222222-0000-4000-8000-000000000001", "gold", None,
    [
        span(MIXED, "u1", "PER", "كيك ي‌ك"), span(MIXED, "u2", "ORG", "Abc News"),
        span(MIXED, "u3", "ORG", "شرکت ملی نفت ایران"), span(MIXED, "u4", "LOC", "ایران"),
        span(MIXED, "u5", "CUE", "گفت|نوشت"), span(MIXED, "u6", "EVE", "مُدیر"),
    ],
)  # fmt: skip
ENTITY = EntityRecord("per-kim", "PER", "کیم جونگ اون", "Kim Jong Un", "Q56226", ())
TOPIC = TopicRecord("oil", "رشد صادرات نفت", "Growth of oil exports", "صادرات نفت رشد می‌کند")
RECORDS = (
    record(
        "aaaaaaaa-0000-4000-8000-000000000001", FAMILY, GOLD, FIRST, entities=(ENTITY,), topics=(TOPIC,),
        sections=(
            Section("headline", 0, FAMILY.index("\n")), Section("body", FAMILY.index("کیم"), len(FAMILY)),
        ),
    ),
    record("bbbbbbbb-0000-4000-8000-000000000002", MIXED, SECOND),
    record("cccccccc-0000-4000-8000-000000000003", "متن بی‌نشانه."),
)  # fmt: skip
# One span that every format can hold, and nothing else.
PLAIN = record("dddddddd-0000-4000-8000-000000000004", FAMILY, work("w", "gold", None, [GOLD.spans[0]]))


def written(key: str, records: Any = RECORDS, losses: Losses | None = None, **options: str) -> bytes:
    """Returns the records in a format."""
    return b"".join(EXPORTERS[key].write(records, options=options, losses=losses))


def lost(key: str, records: Any = RECORDS, **options: str) -> Counter[str]:
    """Returns what a format loses of the records."""
    with Losses() as losses:
        written(key, records, losses, **options)
        return losses.counts


def unpacked(content: bytes) -> dict[str, bytes]:
    """Returns the files of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def inked(text: str) -> str:
    """Returns a text without its blanks, which columns of tokens lose."""
    return "".join(text.split())


def utf16(text: str, start: int, end: int) -> str:
    """Returns a slice as JavaScript makes it."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
