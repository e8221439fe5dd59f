"""W3C Web Annotation: a ZIP with a page of annotations in JSON-LD for each article, and its text beside it.

Every annotation of all sets is on its article's page, with its creator. A place is told by quote and by position; the
pieces of a discontinuous span are items of a composite. Relations link annotations; which end is which stands in
`roles`, a term of Newsroom's own, and so do `attributes`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.carries import FEATURES
from annotations.exporters.views import View, views
from annotations.kinds.base import SLOTS
from annotations.records import AnnotationSetRecord, Record, RelationRecord, SpanRecord

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "newsroom": "urn:newsroom:term:",
        "roles": {"@id": "newsroom:roles", "@container": "@list"},
        "attributes": {"@id": "newsroom:attributes", "@type": "@json"},
        "label": "newsroom:label",
        "topic": {"@id": "newsroom:topic", "@type": "@id"},
    },
]
_AROUND = 32
_WIKIDATA = re.compile(r"Q\d+\Z")
_CREATORS = {"machine": "Software", "imported": "Software"}


def write(records: Iterable[Record], _writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP, an article at a time."""
    return zipped(_members(records))


def _members(records: Iterable[Record]) -> Iterator[Member]:
    yield readme("W3C Web Annotation", "Positions are Unicode code points of the .txt with the article's id.")
    for record in records:
        items = [one for view in views(record) for one in _annotations(view)]
        page = {
            "@context": CONTEXT, "id": f"urn:newsroom:annotations:{record.id}", "type": "AnnotationPage",
            "startIndex": 0, "items": items,
        }  # fmt: skip
        yield f"{record.id}.txt", [record.text.encode()]
        if not items:
            continue
        yield f"{record.id}.jsonld", [msgspec.json.format(msgspec.json.encode(page, order="deterministic"), indent=1)]


def article_iri(record: Record) -> str:
    """Returns what names an article."""
    return f"urn:newsroom:article:{record.id}"


def _annotations(view: View) -> Iterator[dict[str, Any]]:
    if view.work is not None:
        yield from _of(view, view.work)


def _of(view: View, work: AnnotationSetRecord) -> Iterator[dict[str, Any]]:
    base = f"urn:newsroom:{work.id}"
    ids = {span.id: f"{base}:{span.id}" for span in work.spans}
    for span in view.spans:
        yield _annotation(view, work, ids[span.id], "tagging") | {
            "body": _bodies(view, span),
            "target": _target(view.record, span),
            "attributes": span.attributes,
        }
    for relation in view.relations:
        yield _annotation(view, work, f"{base}:{relation.id}", "linking") | _link(view, relation, ids)
    for at, label in enumerate(work.labels):
        topic = {"topic": _topic(label.topic)} if label.topic else {}
        yield (
            _annotation(view, work, f"{base}:label:{at}", "classifying")
            | topic
            | {
                "label": label.label,
                "body": {"type": "TextualBody", "purpose": "classifying", "value": label.value},
                "target": article_iri(view.record),
            }
        )


def _annotation(view: View, work: AnnotationSetRecord, id: str, motivation: str) -> dict[str, Any]:
    return {
        "id": id,
        "type": "Annotation",
        "motivation": motivation,
        "creator": {
            "id": f"urn:newsroom:creator:{view.file_name}",
            "type": _CREATORS.get(work.kind, "Person"),
            "nickname": view.name,
        },
        "created": work.created_at,
        "modified": work.updated_at,
    }


def _bodies(view: View, span: SpanRecord) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": span.label}]
    if span.entity:
        known = view.entity_ids[span.entity]
        iri = f"http://www.wikidata.org/entity/{known}" if _WIKIDATA.match(known) else f"urn:newsroom:entity:{known}"
        bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": iri})
    return bodies


def _target(record: Record, span: SpanRecord) -> dict[str, Any]:
    places = [_place(record, start, end) for start, end in span.ranges]
    return places[0] if len(places) == 1 else {"type": "Composite", "items": places}


def _place(record: Record, start: int, end: int) -> dict[str, Any]:
    text = record.text
    return {
        "type": "SpecificResource",
        "source": article_iri(record),
        "selector": [
            {
                "type": "TextQuoteSelector", "exact": text[start:end],
                "prefix": text[max(start - _AROUND, 0) : start], "suffix": text[end : end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }  # fmt: skip


def _link(view: View, relation: RelationRecord, ids: dict[str, str]) -> dict[str, Any]:
    """Returns what a relation joins, in the order of `roles`; the article, a topic or nothing said has a name, too."""
    ends = {slot: end for slot in SLOTS if (end := getattr(relation, slot)) is not None}
    return {
        "body": {"type": "TextualBody", "purpose": "tagging", "value": relation.label},
        "target": [ids.get(end) or _end(view.record, end) for end in ends.values()],
        "roles": list(ends),
        "attributes": relation.attributes,
    }


def _end(record: Record, end: str) -> str:
    if end.startswith("topic:"):
        return _topic(end.removeprefix("topic:"))
    return article_iri(record) if end == "article" else f"urn:newsroom:{end}"


def _topic(key: str) -> str:
    return f"urn:newsroom:topic:{key}"


EXPORTER = Exporter(
    key="w3c", title=gettext_noop("W3C Web Annotation (JSON-LD)"), suffix="w3c.zip", media_type="application/zip",
    carries=FEATURES - {"meta"}, writer=write,
)  # fmt: skip
