"""What becomes of a file's labels in a project? Each is given a key that the project has, or made, or left out.

Nothing is left out silently: each record that loses something has a remark that says how much of what.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from annotations.errors import gettext_noop
from annotations.importers.base import Item, Remark
from annotations.importers.label_names import folded, known_key, legal_key
from annotations.importers.survey import Incoming, Survey
from annotations.kinds import KINDS
from annotations.kinds.scheme import LabelRule
from annotations.records import (
    ArticleLabelRecord,
    Draft,
    DraftRelation,
    DraftSet,
    DraftSpan,
    LabelTitle,
)

# A key that the project has, a label to be made, or None: left out.
Target = str | LabelTitle | None
LabelMap = Mapping[Incoming, Target]
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A label that the project has: its rule and its titles."""

    rule: LabelRule
    titles: tuple[str, ...] = ()


def slot_of(kind: str) -> type:
    """Returns what kinds must share for a label of one to become a label of the other: span, relation or article."""
    return type(KINDS[kind])


def proposed(survey: Survey, project: Mapping[str, Known]) -> dict[Incoming, Target]:
    """Returns for each label of the file the project's label that it most likely means, else a new one.

    In this order: the same key, the same key but for capitals and separators, the field's name for it, a title.
    """
    found: dict[Incoming, Target] = {}
    taken = set(project)
    for use in survey.labels:
        key = _meant(use.kind, use.label, project)
        if key is None:
            key = known_key(use.label)
            if key is None or key in taken:
                key = legal_key(use.label, taken=taken, fallback=use.kind)
            title = use.label[:LONGEST_TITLE]
            found[use.kind, use.label] = LabelTitle(key=key, kind=use.kind, title_fa=title, title_en=title)
            taken.add(key)
        else:
            found[use.kind, use.label] = key
    return found


def _meant(kind: str, label: str, project: Mapping[str, Known]) -> str | None:
    fitting = {
        key: known for key, known in project.items() if known.rule.active and slot_of(known.rule.kind) is slot_of(kind)
    }
    if label in fitting:
        return label
    name, standard = folded(label), known_key(label)
    ways: tuple[Callable[[str, Known], bool], ...] = (
        lambda key, _known: folded(key) == name,
        lambda key, _known: known_key(key) is not None and known_key(key) == standard,
        lambda _key, known: name in [folded(title) for title in known.titles],
    )
    for fits in ways:
        for key, known in fitting.items():
            if fits(key, known):
                return key
    return None


def mapped(items: Iterable[Item], label_map: LabelMap, project: Mapping[str, Known]) -> Iterator[Item]:
    """Yields the items with the project's labels in place of the file's, and remarks on what had to go.

    A span that goes takes the relations along that stand on it. Of attributes, those go that the label's schema does
    not allow; of an article's labels, those whose value is none of the label's. What the map does not name stays.
    """
    for place, item in items:
        if isinstance(item, Draft) and item.annotation_sets:
            draft, lost = _Mapping(item, label_map, project).draft()
            yield place, draft
            yield from ((place, remark) for remark in _remarks(place, lost))
        else:
            yield place, item


class _Mapping:
    """One record on its way, and what it loses."""

    def __init__(self, draft: Draft, label_map: LabelMap, project: Mapping[str, Known]) -> None:
        self.source, self.label_map, self.project = draft, label_map, project
        self.kinds = {label.key: label.kind for label in draft.labels}
        self.made: dict[str, LabelTitle] = {}
        self.lost: Counter[tuple[str, str]] = Counter()

    def draft(self) -> tuple[Draft, Counter[tuple[str, str]]]:
        """Returns the record as the project takes it, and how often it lost what."""
        sets = tuple(self._set(work) for work in self.source.annotation_sets)
        unmapped = {label.key: label for label in self.source.labels if (label.kind, label.key) not in self.label_map}
        return replace(self.source, annotation_sets=sets, labels=tuple((unmapped | self.made).values())), self.lost

    def _set(self, work: DraftSet) -> DraftSet:
        spans = [span for given in work.spans if (span := self._span(given))]
        gone = {span.id for span in work.spans} - {span.id for span in spans} - {None}
        relations = [relation for given in work.relations if (relation := self._relation(given, gone))]
        labels = [label for given in work.labels if (label := self._article_label(given))]
        return replace(work, spans=tuple(spans), relations=tuple(relations), labels=tuple(labels))

    def _target(self, kind: str, label: str) -> str | None:
        target = self.label_map.get((self.kinds.get(label, kind), label), label)
        if isinstance(target, LabelTitle):
            self.made[target.key] = target
            return target.key
        return target

    def _span(self, span: DraftSpan) -> DraftSpan | None:
        key = self._target("entity", span.label)
        if key is None:
            self.lost["label", span.label] += 1
            return None
        return replace(span, label=key, attributes=self._attributes(key, span.attributes))

    def _relation(self, relation: DraftRelation, gone: set[str | None]) -> DraftRelation | None:
        key = self._target("relation", relation.label)
        if key is None:
            self.lost["label", relation.label] += 1
            return None
        if {relation.head, relation.via, relation.tail} & gone:
            self.lost["end", relation.label] += 1
            return None
        return replace(relation, label=key, attributes=self._attributes(key, relation.attributes))

    def _article_label(self, label: ArticleLabelRecord) -> ArticleLabelRecord | None:
        key = self._target("article", label.label)
        if key is None:
            self.lost["label", label.label] += 1
            return None
        known = self.project.get(key)
        values = known.rule.attributes.get("values") if known else None
        if values and label.value not in values:
            self.lost["value", f"{label.label} = {label.value}"] += 1
            return None
        return replace(label, label=key)

    def _attributes(self, key: str, attributes: dict[str, object]) -> dict[str, object]:
        known = self.project.get(key)
        if known is None or not attributes or known.rule.attribute_problem(attributes) is None:
            return attributes
        kept = {}
        for name, value in attributes.items():
            if known.rule.attribute_problem({name: value}) is None:
                kept[name] = value
            else:
                self.lost["attribute", f"{key}.{name}"] += 1
        return kept


MESSAGES = {
    "label": ("label_left_out", gettext_noop("{count} annotations with «{what}» were left out, as was asked for.")),
    "end": ("end_left_out", gettext_noop("{count} relations «{what}» were left out with the spans they stood on.")),
    "value": ("value_unknown", gettext_noop("«{what}» was left out: the label has no such value.")),
    "attribute": (
        "attribute_unknown",
        gettext_noop("The attribute {what} was left out {count} times: the label does not allow it."),
    ),
}


def _remarks(place: int, lost: Counter[tuple[str, str]]) -> Iterator[Remark]:
    for (why, what), count in lost.items():
        code, message = MESSAGES[why]
        yield Remark(place=place, code=code, message=message, data={"what": what, "count": count})
