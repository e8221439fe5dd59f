"""What is a label scheme that somebody is still writing? Labels in their order, each with where it came from.

The same values, without `was` and `into`, are what a published version keeps.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import msgspec

from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.base import SLOTS, Ends
from annotations.kinds.scheme import LabelRule
from annotations.records import holds_nul, nested_deeper

MOST_LABELS = 400
MAX_DEPTH = 8
Title = Annotated[str, msgspec.Meta(max_length=80)]


class DraftLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A label as it shall be.

    `was` is the key it is published under, empty for a new one. `into` is the key of the label it shall be merged
    into: what bears it will bear that one, and it is archived.
    """

    key: Annotated[str, msgspec.Meta(max_length=40)]
    kind: str
    title_fa: Title = ""
    title_en: Title = ""
    color: Annotated[str, msgspec.Meta(max_length=20)] = "slate"
    shortcut: Annotated[str, msgspec.Meta(max_length=20)] = ""
    attributes: dict[str, Any] = {}
    ends: Ends = {}
    archived: bool = False
    was: str = ""
    into: str = ""

    @property
    def active(self) -> bool:
        """Whether it may be given."""
        return not self.archived and not self.into

    def rule(self) -> LabelRule:
        """Returns what operations will be judged by."""
        return LabelRule(
            key=self.key, kind=self.kind, attributes=self.attributes, ends=self.ends, active=self.active
        )  # fmt: skip


class SchemeUnreadable(NewsroomError):
    """Raised for what is no list of labels."""

    def __init__(self, *, place: str, problem: str) -> None:
        super().__init__(
            code="scheme_unreadable",
            message=gettext_noop("This is no label scheme: {place}: {problem}"),
            hint=gettext_noop("A scheme is a list of labels, each with key, kind, title_fa and title_en."),
            data={"place": place, "problem": problem},
        )


def read_labels(value: Any) -> tuple[DraftLabel, ...]:
    """Reads labels from plain JSON values. Raises SchemeUnreadable with the place of what is wrong."""
    if isinstance(value, list) and len(value) > MOST_LABELS:
        raise SchemeUnreadable(place="$", problem=f"> {MOST_LABELS}")
    # A label nests its schema two deeper than the schema itself does.
    if nested_deeper(value, MAX_DEPTH + 2) or holds_nul(value):
        raise SchemeUnreadable(place="$", problem=f"NUL, nested > {MAX_DEPTH}")
    try:
        return msgspec.convert(value, tuple[DraftLabel, ...])
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at ")
        raise SchemeUnreadable(place=place.strip("`") or "$", problem=problem) from error


def plain(labels: Iterable[DraftLabel]) -> list[dict[str, Any]]:
    """Returns labels as plain JSON values."""
    return [msgspec.to_builtins(label) for label in labels]


def published(labels: Iterable[DraftLabel]) -> list[dict[str, Any]]:
    """Returns labels as a version keeps them: what was merged is archived, where it came from is left out."""
    return plain(msgspec.structs.replace(x, was="", into="", archived=not x.active) for x in labels)


def settled(labels: Sequence[DraftLabel]) -> tuple[DraftLabel, ...]:
    """Returns the labels with merges and renamings carried into the ends that name them.

    Where A may stand, B may stand once A is merged into it.
    """
    becomes = {label.was: label.key for label in labels if label.was and label.was != label.key}
    becomes |= {label.key: label.into for label in labels if label.into}
    if not becomes:
        return tuple(labels)
    return tuple(msgspec.structs.replace(label, ends=_renamed(label.ends, becomes)) for label in labels)


def _renamed(ends: Ends, becomes: dict[str, str]) -> Ends:
    return {
        slot: list(dict.fromkeys(becomes.get(allowed, allowed) for allowed in ends[slot]))
        for slot in SLOTS
        if slot in ends
    }


FIELDS = ("title_fa", "title_en", "color", "shortcut", "attributes", "ends")


def changed_fields(before: DraftLabel, after: DraftLabel) -> list[str]:
    """Returns which fields of a label differ; `archived`, `restored` and `into` say what becomes of it as a whole."""
    found = ["key"] if before.key != after.key else []
    found += [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    if after.into:
        found.append("into")
    elif before.archived != after.archived:
        found.append("archived" if after.archived else "restored")
    return found


def rebased(
    draft: Sequence[DraftLabel], base: Sequence[DraftLabel], current: Sequence[DraftLabel]
) -> tuple[DraftLabel, ...]:
    """Returns a draft that was begun from `base` as it would be had it begun from `current`.

    Field by field: what the draft had left alone is as it is published now. Labels it does not know come to its end.
    """
    begun, now = {label.key: label for label in base}, {label.key: label for label in current}
    found = [_carried(label, begun.get(label.was), now.get(label.was)) for label in draft]
    known = {label.was for label in draft}
    return (*found, *(label for label in current if label.key not in known))


def _carried(label: DraftLabel, base: DraftLabel | None, now: DraftLabel | None) -> DraftLabel:
    if now is None:  # it was new, and still is
        return msgspec.structs.replace(label, was="")
    if base is None:
        return label
    kept = {name: getattr(now, name) for name in (*FIELDS, "archived") if getattr(label, name) == getattr(base, name)}
    return msgspec.structs.replace(label, **kept)
