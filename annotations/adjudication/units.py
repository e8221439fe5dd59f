"""What is there to decide? A unit: what several sets say of one thing, grouped by value."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from annotations.records import Range

Noun = Literal["span", "relation", "label"]
# A value in plain JSON: of a span label, ranges, attributes and entity; of a relation label, ends and attributes, where
# an end that is a span stands as `unit:<key>`; of an article label label, topic and value.
Value = dict[str, Any]
AGREED, BOUNDARY, LABEL, MISSING, ATTRIBUTE, RELATION, ARTICLE = (
    "agreed", "boundary", "label", "missing", "attribute", "relation", "article",
)  # fmt: skip
# In the order in which a page offers them.
DIFFERENCES = (BOUNDARY, LABEL, MISSING, RELATION, ATTRIBUTE, ARTICLE)
UNIT_END = "unit:"
_encode = msgspec.json.Encoder(order="deterministic").encode


def canonical(value: Any) -> bytes:
    """Returns JSON that is equal for equal values."""
    return _encode(value)


def digest(value: Any) -> str:
    """Returns 16 hexadecimal digits that stand for a value."""
    return hashlib.sha256(canonical(value)).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """An annotation in one of the sets, by the ids of both; an article label has no id of its own."""

    work: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value, and the annotations that say it: at most one of a set."""

    value: Value
    members: tuple[Member, ...]

    @property
    def key(self) -> str:
        """Names the value, whoever says it."""
        return digest(self.value)

    @property
    def works(self) -> set[str]:
        """The ids of the sets that say it."""
        return {member.work for member in self.members}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One thing that some or all sets speak of; `absent` are those that don't.

    `key` says what it is about and not who says what, so that a decision finds it again. `ranges` is all the text that
    any candidate covers, in code points; of a relation that of its ends, of an article label none. `at` is where it
    comes in the text: a relation after all its ends, for they are decided first. `group` is the kind of its labels:
    within one they are compared.
    """

    key: str
    noun: Noun
    group: str
    kind: str
    candidates: tuple[Candidate, ...]
    absent: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    at: int = 0

    @property
    def agreed(self) -> bool:
        """Whether all sets say the same."""
        return self.kind == AGREED

    @property
    def fingerprint(self) -> str:
        """Changes when what there is to choose from, or who says it, changes."""
        said = [[candidate.value, sorted((m.work, m.uid) for m in candidate.members)] for candidate in self.candidates]
        return digest([self.key, said, sorted(self.absent)])

    @property
    def members(self) -> set[Member]:
        """All annotations that stand in it."""
        return {member for candidate in self.candidates for member in candidate.members}

    def candidate(self, key: str) -> Candidate | None:
        """Returns a candidate by its key."""
        return next((candidate for candidate in self.candidates if candidate.key == key), None)

    def preselected(self) -> str | None:
        """Returns the key of what more sets say than anything else, '' for saying nothing; None where none leads."""
        ranked = sorted([(len(c.members), c.key) for c in self.candidates] + [(len(self.absent), "")], reverse=True)
        return ranked[0][1] if len(ranked) == 1 or ranked[0][0] > ranked[1][0] else None

    def renamed(self, key: str) -> "Unit":
        """Returns the unit under the key by which it was decided."""
        return replace(self, key=key)


def by_weight(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Returns candidates in the order a page offers them: what most sets say first, whatever the order of the sets."""
    return tuple(sorted(candidates, key=lambda c: (-len(c.members), canonical(c.value))))


def union(pieces: Iterable[Range]) -> tuple[Range, ...]:
    """Returns ranges joined where they meet or overlap, in order."""
    joined: list[Range] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def numbered(units: Iterable[Unit]) -> list[Unit]:
    """Gives units that would bear the same key one each: the second is called `<key>.2`."""
    seen: dict[str, int] = {}
    found = []
    for unit in sorted(units, key=lambda unit: (unit.key, [canonical(c.value) for c in unit.candidates])):
        seen[unit.key] = seen.get(unit.key, 0) + 1
        found.append(unit if seen[unit.key] == 1 else unit.renamed(f"{unit.key}.{seen[unit.key]}"))
    return found


Kinds = Mapping[str, str]  # of which kind each label key is
