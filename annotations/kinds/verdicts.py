"""What does a draft of the scheme mean for an annotation? It goes with its label, fits no more, or lacks something."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotations.kinds.base import SLOTS
from annotations.kinds.draft import DraftLabel
from annotations.kinds.scheme import LabelRule

GONE, INVALID, ENDS, MISSING, REFUSED = "gone", "invalid", "ends", "missing", "refused"
VERDICTS = (GONE, INVALID, ENDS, MISSING, REFUSED)
# Of each slot, its kind (`span`, `topic`, `article`, `implicit` or empty) and the key of a span's label.
End = tuple[str, str | None]


class Verdicts:
    """Judges what bears one published label by the rules that hold and by those of a draft.

    What is invalid was valid before: an annotation that did not fit already is nothing the draft does. A label that is
    merged is judged by the rules of the label it is merged into. `labels` are settled, `before` is by key.
    """

    def __init__(self, before: Mapping[str, DraftLabel], labels: Sequence[DraftLabel], label: DraftLabel) -> None:
        stored, by_key = before[label.was], {one.key: one for one in labels}
        self.target = by_key.get(label.into) if label.into else None
        self.old, self.new = stored.rule(), (self.target or label).rule()
        self.gone = not label.active and stored.active
        self._kinds = {key: one.kind for key, one in before.items()}
        self._becomes = {one.was: one.into or one.key for one in labels if one.was}

    @property
    def idle(self) -> bool:
        """Whether nothing that bears the label can be affected."""
        same = self.old.schema == self.new.schema and self.old.ends == self.new.ends
        return same and self.target is None and not self.gone and _required(self.new) <= _required(self.old)

    def span(self, attributes: dict[str, Any]) -> frozenset[str]:
        """Judges a span by its attributes."""
        return frozenset(self._attributes(attributes))

    def relation(self, attributes: dict[str, Any], ends: Sequence[End]) -> frozenset[str]:
        """Judges a relation by its attributes and what stands in its slots."""
        found = {*self._attributes(attributes)}
        if not self.gone or self.target is not None:
            before, after = self._allows(self.old, ends, {}), self._allows(self.new, ends, self._becomes)
            found |= {*self._fitting(before, after, ENDS)}
        return frozenset(found)

    def article(self, value: str, *, about_topic: bool, clashes: bool = False) -> frozenset[str]:
        """Judges a document label; `clashes` says that the label it is merged into says otherwise of the same."""
        found = {GONE} if self.gone else set()
        if not self.gone or self.target is not None:
            before, after = (_takes(rule, value, about_topic) for rule in (self.old, self.new))
            found |= {*self._fitting(before, after and not clashes, INVALID)}
        return frozenset(found)

    def _attributes(self, attributes: dict[str, Any]) -> Iterator[str]:
        if self.gone:
            yield GONE
            if self.target is None:
                return
        before, after = (rule.attribute_problem(attributes) is None for rule in (self.old, self.new))
        yield from self._fitting(before, after, INVALID)
        had = _required(self.old) <= set(attributes)
        if self.target is None and had and not _required(self.new) <= set(attributes):
            yield MISSING

    def _fitting(self, before: bool, after: bool, name: str) -> Iterator[str]:
        if self.target is not None and not after:
            yield REFUSED
        elif before and not after:
            yield name

    def _allows(self, rule: LabelRule, ends: Sequence[End], becomes: Mapping[str, str]) -> bool:
        for slot, (kind, label) in zip(SLOTS, ends, strict=True):
            if not kind:
                continue  # only the middle may be empty
            names = {f"@{kind}"}
            if label is not None:
                names = {becomes.get(label, label), f"@{self._kinds[label]}"}
            if not names & set(rule.ends.get(slot, [])):
                return False
        return True


def _required(rule: LabelRule) -> set[str]:
    return set(rule.attributes.get("required") or [])


def _takes(rule: LabelRule, value: str, about_topic: bool) -> bool:
    values, asked = rule.attributes.get("values"), rule.attributes.get("topic")
    return (not values or value in values) and (asked is None or asked == about_topic)
