"""A Hugging Face dataset: a ZIP of Parquet and a card; unpacked, `datasets.load_dataset(folder, "gold")` opens it.

A row is an article in one view: tokens with their offsets, IOB2 tags of its entities (the outermost where they
overlap), all spans exactly as they are, relations, values of the whole article. A configuration is a view.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.hugging_face_card import card, features_of
from annotations.exporters.parquet_files import write_parquet
from annotations.exporters.placing import apart, placed
from annotations.exporters.spool import Spool, content_of
from annotations.exporters.tags import tags
from annotations.exporters.views import View, views
from annotations.exporters.words import Words
from annotations.presets.news_fa import NEWS_FA
from annotations.records import Record

# Articles in a row group, which a reader holds at a time, and those that are Python's objects at a time.
GROUP, BATCH = 500, 25
_FIRST = [label.key for label in NEWS_FA.labels]


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; rows wait in files, for a tag's number is known only when all labels are."""
    with Spool() as spool:
        yield from zipped(_members(records, writing, spool), large=True)


def _members(records: Iterable[Record], writing: Writing, spool: Spool) -> Iterator[Member]:
    yield readme("Hugging Face dataset", 'Unpack, then: datasets.load_dataset(folder, "gold"). README.md is the card.')
    labels: set[str] = set()
    for record in records:
        words = writing.words(record)
        for view in views(record):
            row = _row(view, words, writing)
            labels.update(tag[2:] for tag in row["ner_tags"] if tag != "O")
            spool.put(view.file_name, [row])
    numbers = _numbers(labels)
    counts = {}
    for name in spool.names:
        path = spool.path("parquet")
        counts[name] = write_parquet(path, _schema(list(numbers)), _numbered(spool, name, numbers), group=GROUP)
        yield f"{name}/train.parquet", content_of(path)
    yield "README.md", [card(counts, list(numbers)).encode()]
    yield "losses.jsonl", writing.losses.lines()


def _numbers(labels: set[str]) -> dict[str, int]:
    """Returns the number of each tag: O, then B and I of each label, those of the preset in its order."""
    order = sorted(labels, key=lambda label: (_FIRST.index(label) if label in _FIRST else len(_FIRST), label))
    names = ["O", *(f"{position}-{label}" for label in order for position in "BI")]
    return {name: number for number, name in enumerate(names)}


def _numbered(spool: Spool, name: str, numbers: dict[str, int]) -> Iterator[list[dict[str, Any]]]:
    for rows in spool.batches(name, BATCH):
        for row in rows:
            row["ner_tags"] = [numbers[tag] for tag in row["ner_tags"]]
        yield rows


def _row(view: View, words: Words, writing: Writing) -> dict[str, Any]:
    losses, record, kinds = writing.losses, view.record, view.kinds
    spans = placed(view, words, losses)
    entities = apart([(one, one.label) for one in spans if kinds.get(one.label) == "entity"])
    for layer in entities[1:]:
        for one, _label in layer:
            losses.add(view.loss("overlapping", one.span))
    return {
        "id": record.id,
        "text": record.text,
        "tokens": [record.text[start:end] for start, end in words.tokens],
        "token_offsets": words.tokens,
        "sentences": list(words.sentence_tokens()),
        "ner_tags": tags(len(words.tokens), entities[0] if entities else []),
        "spans": [
            {
                "id": one.span.id, "label": one.label, "ranges": one.span.ranges, "quote": one.span.quote,
                "first_token": one.first, "last_token": one.last,
                "entity": one.span.entity, "attributes": _json(one.span.attributes),
            }
            for one in spans
        ],
        "relations": [
            {
                "id": one.id, "label": one.label, "head": one.head, "via": one.via, "tail": one.tail,
                "attributes": _json(one.attributes),
            }
            for one in view.relations
        ],
        "labels": [msgspec.to_builtins(one) for one in (view.work.labels if view.work else ())],
        "meta": view.meta | {"given": _json(record.meta)},
    }  # fmt: skip


def _json(value: dict[str, Any]) -> str:
    """Returns an object as JSON: a column has one type, and what stands in it differs from label to label."""
    return msgspec.json.encode(value, order="deterministic").decode()


def _schema(names: list[str]) -> Any:
    """Returns the columns; `datasets` reads its own description of them from the file's metadata."""
    import pyarrow as pa

    text, number = pa.string(), pa.int32()
    range_ = pa.list_(number)
    relation = dict.fromkeys(("id", "label", "head", "via", "tail", "attributes"), text)
    span = {
        "id": text, "label": text, "ranges": pa.list_(range_), "quote": text, "first_token": number,
        "last_token": number, "entity": text, "attributes": text,
    }  # fmt: skip
    meta = (
        "article", "text_sha256", "annotation_set", "kind", "annotator", "status", "source", "url", "author",
        "published_at", "given",
    )  # fmt: skip
    columns = {
        "id": text,
        "text": text,
        "tokens": pa.list_(text),
        "token_offsets": pa.list_(range_),
        "sentences": pa.list_(range_),
        "ner_tags": pa.list_(pa.int64()),
        "spans": pa.list_(pa.struct(list(span.items()))),
        "relations": pa.list_(pa.struct(list(relation.items()))),
        "labels": pa.list_(pa.struct([("label", text), ("topic", text), ("value", text)])),
        "meta": pa.struct([(name, text) for name in meta]),
    }
    described = msgspec.json.encode({"info": {"features": features_of(columns, names)}}).decode()
    return pa.schema(list(columns.items()), metadata={"huggingface": described})


EXPORTER = Exporter(
    key="hf", title=gettext_noop("Hugging Face dataset (Parquet)"), suffix="hf.zip", media_type="application/zip",
    library="pyarrow", writer=write,
    carries=frozenset({"spans", "attributes", "entities", "relations", "ends", "labels", "sets", "meta"}),
)  # fmt: skip
