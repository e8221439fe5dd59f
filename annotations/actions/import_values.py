"""What do the ids, times and sets of a draft become? Values that tables and operations take."""

import uuid
from datetime import UTC, datetime
from typing import Any

from annotations import edits
from annotations.edits import AnyOperation
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.state import SetState
from annotations.models import SetKind
from annotations.models.fields import CANONICAL_UID, new_uid
from annotations.records import Draft, DraftSet, ProvenanceRecord, nested_deeper

NAMESPACE = uuid.UUID("6f9619ff-8b86-d011-b42d-00c04fc964ff")
MAX_DEPTH = 32


class RecordInvalid(NewsroomError):
    """Raised when a record can't be stored; says why."""

    def __init__(self, code: str, message: str, **data: Any) -> None:
        super().__init__(code=code, message=message, data=data)


def check_text(draft: Draft, text: str, sha256: str) -> None:
    """Checks what a record says of its text, given that text frozen, and its SHA-256. Raises RecordInvalid."""
    if not text.strip():
        raise RecordInvalid("empty", gettext_noop("The record holds no text."))
    if text != draft.text and (draft.annotation_sets or draft.sections):
        raise RecordInvalid(
            "text_not_frozen",
            gettext_noop("The text holds CR LF, NUL or a byte order mark, so its offsets can't be trusted."),
        )
    if draft.text_sha256 not in (None, sha256):
        raise RecordInvalid(
            "text_sha256_mismatch", gettext_noop("The text is not the one its text_sha256 was taken of.")
        )
    if nested_deeper(draft.meta, MAX_DEPTH):
        raise RecordInvalid(
            "meta_too_deep", gettext_noop("The metadata are nested deeper than {most}."), most=MAX_DEPTH
        )
    for section in draft.sections:
        if not 0 <= section.start < section.end <= len(text):
            raise RecordInvalid(
                "section_outside",
                gettext_noop("The section «{kind}» {start}–{end} lies outside the text of {length}."),
                kind=section.kind, start=section.start, end=section.end, length=len(text),
            )  # fmt: skip


def stable_uid(given: str | None, *, within: str) -> str | None:
    """Returns a UUID as it is; of any other id the UUID that always stands for it within a project or article.

    Other systems' ids are «1» and «gold»: they mean another thing in each corpus.
    """
    if not given:
        return None
    return given if CANONICAL_UID.fullmatch(given) else str(uuid.uuid5(NAMESPACE, f"{within}/{given}"))


def moment(given: str | None, field: str) -> datetime | None:
    """Reads an RFC 3339 time; one without a zone is taken as UTC. Raises RecordInvalid."""
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given)
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    # Outside of these years calendars and databases fail one after the other.
    if found is None or not 1000 <= found.year <= 9000:
        message = gettext_noop("{field} is not a time: «{value}».")
        raise RecordInvalid("time_unreadable", message, field=field, value=given)
    return found


def headline_of(draft: Draft, text: str) -> str:
    """Returns the headline's text, else the beginning of the first line."""
    for section in draft.sections:
        if section.kind == "headline":
            return text[section.start : section.end]
    return text.strip().split("\n", 1)[0][:200]


def provenance_of(work: DraftSet, state: SetState) -> tuple[ProvenanceRecord, ...]:
    """Returns where the annotations of a gold set come from, each once, of those that stand in it."""
    if work.kind != SetKind.GOLD or not isinstance(work.provenance, tuple):
        return ()
    stated = {one.id: one for one in work.provenance if one.id in state.spans or one.id in state.relations}
    return tuple(stated.values())


def operations_of(work: DraftSet, *, set_uid: str) -> list[AnyOperation]:
    """Returns a draft set as the operations that make it; an id that is no UUID becomes the one that stands for it."""
    own = uuid.UUID(set_uid)

    def uid(given: str | None) -> str:
        if given is None:
            return new_uid()
        return given if CANONICAL_UID.fullmatch(given) else str(uuid.uuid5(own, given))

    def end(given: str | None) -> str | None:
        if given is None or given in ("article", "implicit") or given.startswith("topic:"):
            return given
        return uid(given)

    made: list[AnyOperation] = [
        edits.SpanCreate(
            id=uid(s.id), label=s.label, ranges=s.ranges, quote=s.quote, attributes=s.attributes, entity=s.entity
        )
        for s in work.spans
    ]
    made += [
        edits.RelationCreate(
            id=uid(r.id), label=r.label, head=end(r.head) or "", via=end(r.via), tail=end(r.tail) or "",
            attributes=r.attributes,
        )
        for r in work.relations
    ]  # fmt: skip
    made += [edits.LabelSet(label=x.label, topic=x.topic, value=x.value) for x in work.labels]
    return made
