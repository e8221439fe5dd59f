"""Prodigy's JSONL: spans, relations between tokens, accepted choices; what was rejected or ignored is left out."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.frame import OFFSETS
from annotations.importers.objects import dicts, first_objects, listed, objects
from annotations.importers.work import Reading, Work, unreadable
from annotations.records import holds_nul

_MARKS = {"_input_hash", "_task_hash", "_view_id", "_session_id", "answer"}
_OWN = _MARKS | {"text", "spans", "tokens", "relations", "accept", "options", "label", "meta"}


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each accepted record with one set; a session is its annotator."""
    unit = str(options.get(OFFSETS.key) or OFFSETS.default)
    for place, record in objects(file):
        if isinstance(record, Unreadable):
            yield place, record
            continue
        try:
            yield from _items(place, record, unit=unit)
        except NewsroomError as error:
            yield place, unreadable(place, error)


def _items(place: int, record: dict[str, Any], *, unit: str) -> Iterator[Item]:
    reading = Reading(place, record.get("text"))
    answer = record.get("answer", "accept")
    if answer == "accept":
        session = record.get("_session_id") or record.get("_annotator_id")
        _annotations(reading.work(annotator=str(session)[:40] if session else None), record, unit=unit)
    else:
        message = gettext_noop("The answer is «{answer}»: the text came in without its annotations.")
        reading.remark("not_accepted", message, answer=str(answer)[:60])
    meta = {key: value for key, value in record.items() if key not in _OWN and not holds_nul(value)}
    given = record.get("meta")
    for scored in (record, *dicts([given]), *dicts(record.get("spans"))):
        reading.score(scored.get("score"))
    yield from reading.items(meta={**meta, **(given if isinstance(given, dict) and not holds_nul(given) else {})})


def _annotations(work: Work, record: dict[str, Any], *, unit: str) -> None:
    by_token: dict[Any, str] = {}
    for at, span in enumerate(dicts(record.get("spans"))):
        id = f"s{at}"
        place = [(span.get("start"), span.get("end"))]
        if work.span(span.get("label"), place, id=id, quote=span.get("text"), unit=unit):
            for token in range(*_tokens(span)):
                by_token.setdefault(token, id)
    tokens = dict(enumerate(dicts(record.get("tokens"))))
    tokens |= {token["id"]: token for token in tokens.values() if type(token.get("id")) is int}
    for relation in dicts(record.get("relations")):
        ends = [_end(work, relation, side, by_token, tokens, unit=unit) for side in ("head", "child")]
        work.relation(relation.get("label"), *ends)
    for choice in listed(record.get("accept")):
        work.label("category", str(choice))
    if isinstance(record.get("label"), str):
        work.label("category", record["label"])


def _tokens(span: dict[str, Any]) -> tuple[int, int]:
    first, last = span.get("token_start"), span.get("token_end")
    return (first, min(last, first + 1000) + 1) if type(first) is int and type(last) is int else (0, 0)


def _end(
    work: Work, relation: dict[str, Any], side: str, by_token: dict[Any, str], tokens: dict[Any, Any], *, unit: str
) -> str | None:
    """Returns the span that an end of a relation means; a token that is in none becomes a span of its own."""
    token = relation.get(side)
    if not isinstance(token, int):
        return None
    if token not in by_token and token in tokens:
        place = [(tokens[token].get("start"), tokens[token].get("end"))]
        if work.span("token", place, id=f"t{token}", unit=unit):
            by_token[token] = f"t{token}"
    return by_token.get(token)


def recognise(name: str, head: bytes) -> int:
    """Records with Prodigy's own marks, or with spans that know their tokens."""
    found = first_objects(head)
    if any(_MARKS & record.keys() for record in found):
        return 3
    return 2 * any("token_start" in span for record in found for span in dicts(record.get("spans")))


IMPORTER = Importer(
    key="prodigy", title="Prodigy JSONL", suffixes=(".jsonl",), read=read, recognise=recognise,
    options=(OFFSETS, ANNOTATOR), annotated=True,
)  # fmt: skip
