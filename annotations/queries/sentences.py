"""How does an edit read as a sentence? «تاس» را سازمان نشان کرد: the same in the history, the admin and the API."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations import edits
from annotations.edits import AnyOperation
from annotations.kinds.base import SLOTS
from annotations.kinds.difference import Changed, Thing
from annotations.models import Entity, Label, Topic
from annotations.queries.workspace import title
from annotations.records import ArticleLabelRecord, RelationRecord, SpanRecord
from annotations.text.graphemes import cluster_around
from annotations.text.numerals import persian_digits

LONGEST_QUOTE = 80
# Isolates: what stands between them keeps its own direction, in plain text what <bdi> is in HTML.
FIRST_STRONG, POP = "\u2068", "\u2069"
Find = Callable[[str], SpanRecord | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was done, without by whom; `verb` is made, changed or deleted."""

    form: str
    verb: str
    words: dict[str, str] = field(default_factory=dict)

    def html(self) -> SafeString:
        """Returns it as HTML, each word of a person's isolated."""
        if not self.words:
            return escape(self.form)
        return format_html(self.form, **{name: format_html("<bdi>{}</bdi>", word) for name, word in self.words.items()})

    def __str__(self) -> str:
        """Returns it as plain text, each word of a person's isolated."""
        return self.form.format(**{name: f"{FIRST_STRONG}{word}{POP}" for name, word in self.words.items()})


class Sentences:
    """Says edits of one project in the words of its scheme: two queries, and one for the entities they name."""

    def __init__(self, project_id: int) -> None:
        self.project_id = project_id
        self.labels = {label.key: label for label in Label.objects.filter(project=project_id)}
        self.topics = {topic.key: title(topic) for topic in Topic.objects.filter(project=project_id)}
        self.entities: dict[str, str] = {}

    def learn_entities(self, keys: set[str]) -> None:
        """Reads the names of entities that are to be spoken of."""
        missing = keys - self.entities.keys()
        if missing:
            rows = Entity.objects.filter(project=self.project_id, key__in=missing)
            self.entities |= dict(rows.values_list("key", "name"))

    def of_entity(self, operation: AnyOperation) -> list[Phrase]:
        """Says an edit of the project's knowledge base; of any other there is nothing to say."""
        if isinstance(operation, edits.EntityCreate):
            return [Phrase(_("added the entity {entity}"), "made", {"entity": quoted(operation.name)})]
        if not isinstance(operation, edits.EntityDelete):
            return []
        name = self.entities.get(operation.key, operation.key)
        return [Phrase(_("took back the entity {entity}"), "deleted", {"entity": quoted(name)})]

    def of_change(self, changed: Changed, find: Find) -> list[Phrase]:
        """Says what became of one thing; `find` gives the spans that a relation joins."""
        match changed.before, changed.after:
            case None, None:
                return []
            case (SpanRecord() | None) as before, (SpanRecord() | None) as after:
                return list(self._span(before, after))
            case (RelationRecord() | None) as before, (RelationRecord() | None) as after:
                return list(self._relation(before, after, find))
            case (ArticleLabelRecord() | None) as before, (ArticleLabelRecord() | None) as after:
                return list(self._article_label(before, after))
        return []

    def named(self, thing: Thing, find: Find) -> tuple[str, str]:
        """Returns a thing's label and its words: the quote, what it joins, or the value."""
        if isinstance(thing, SpanRecord):
            return self._label(thing.label), quoted(thing.quote)
        if isinstance(thing, RelationRecord):
            return self._label(thing.label), self._ends(thing, find)
        return self._label_of(thing), self.value_title(thing.label, thing.value)

    def fields(self, before: Thing, after: Thing, find: Find) -> list[tuple[str, str, str]]:
        """Returns what differs of a thing: (what, as it was, as it is)."""
        rows = []
        if isinstance(before, ArticleLabelRecord) or isinstance(after, ArticleLabelRecord):
            return [(_("value"), self.named(before, find)[1], self.named(after, find)[1])]
        if before.label != after.label:
            rows.append((_("label"), self._label(before.label), self._label(after.label)))
        if isinstance(before, SpanRecord) and isinstance(after, SpanRecord):
            if before.ranges != after.ranges:
                rows.append((_("bounds"), quoted(before.quote), quoted(after.quote)))
            if before.entity != after.entity:
                old, new = (self._entity(span.entity) if span.entity else "–" for span in (before, after))
                rows.append((_("entity"), old, new))
        if isinstance(before, RelationRecord) and isinstance(after, RelationRecord):
            old, new = self._ends(before, find), self._ends(after, find)
            if old != new:
                rows.append((_("ends"), old, new))
        for key in dict.fromkeys((*before.attributes, *after.attributes)):
            old, new = (
                self._attribute_value(thing.label, key, thing.attributes[key]) if key in thing.attributes else "–"
                for thing in (before, after)
            )
            if old != new:
                rows.append((self._attribute_title(after.label, key), old, new))
        return rows

    def _span(self, before: SpanRecord | None, after: SpanRecord | None) -> Iterator[Phrase]:
        if before is None and after is not None:
            words = {"quote": quoted(after.quote), "label": self._label_with(after.label, after.attributes)}
            if after.entity is None:
                yield Phrase(_("marked {quote} as {label}"), "made", words)
            else:
                words["entity"] = self._entity(after.entity)
                yield Phrase(_("marked {quote} as {label}, linked to {entity}"), "made", words)
        elif before is not None and after is None:
            words = {"quote": quoted(before.quote), "label": self._label(before.label)}
            yield Phrase(_("took the mark {label} off {quote}"), "deleted", words)
        elif before is not None and after is not None:
            yield from self._span_changes(before, after)

    def _span_changes(self, before: SpanRecord, after: SpanRecord) -> Iterator[Phrase]:
        quote = quoted(after.quote)
        if before.ranges != after.ranges:
            words = {"old": quoted(before.quote), "new": quote}
            yield Phrase(_("moved the bounds of {old} to {new}"), "changed", words)
        if before.label != after.label:
            words = {"quote": quote, "old": self._label(before.label), "new": self._label(after.label)}
            yield Phrase(_("changed {quote} from {old} to {new}"), "changed", words)
        if before.entity != after.entity:
            entity = self._entity(after.entity or before.entity or "")
            said = _("linked {quote} to {entity}") if after.entity else _("unlinked {quote} from {entity}")
            yield Phrase(said, "changed", {"quote": quote, "entity": entity})
        yield from self._attributes(quote, after.label, before.attributes, after.attributes)

    def _relation(self, before: RelationRecord | None, after: RelationRecord | None, find: Find) -> Iterator[Phrase]:
        relation = after or before
        if relation is None:
            return
        label, ends = self._label_with(relation.label, relation.attributes), self._ends(relation, find)
        if before is None:
            yield Phrase(_("made the relation {label}: {ends}"), "made", {"label": label, "ends": ends})
        elif after is None:
            yield Phrase(_("took the relation {label} away: {ends}"), "deleted", {"label": label, "ends": ends})
        else:
            if before.label != after.label:
                words = {"old": self._label(before.label), "new": self._label(after.label), "ends": ends}
                yield Phrase(_("changed the relation {ends} from {old} to {new}"), "changed", words)
            if any(getattr(before, slot) != getattr(after, slot) for slot in SLOTS):
                words = {"label": self._label(after.label), "old": self._ends(before, find), "new": ends}
                yield Phrase(_("joined the relation {label} otherwise: {old} became {new}"), "changed", words)
            yield from self._attributes(ends, after.label, before.attributes, after.attributes)

    def _article_label(self, before: ArticleLabelRecord | None, after: ArticleLabelRecord | None) -> Iterator[Phrase]:
        row = after or before
        if row is None:
            return
        words = {"label": self._label_of(row)}
        if after is None:
            yield Phrase(_("cleared {label} of the article"), "deleted", words)
        else:
            words["value"] = self.value_title(row.label, after.value)
            verb = "made" if before is None else "changed"
            yield Phrase(_("set {label} of the article to {value}"), verb, words)

    def _attributes(self, what: str, label: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Phrase]:
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) == new.get(key):
                continue
            words = {"what": what, "attribute": self._attribute_title(label, key)}
            if key not in new:
                yield Phrase(_("cleared {attribute} of {what}"), "changed", words)
            else:
                words["value"] = self._attribute_value(label, key, new[key])
                yield Phrase(_("set {attribute} of {what} to {value}"), "changed", words)

    def _label(self, key: str) -> str:
        return title(self.labels[key]) if key in self.labels else key

    def _label_of(self, row: ArticleLabelRecord) -> str:
        topic = f" ({self.topics.get(row.topic, row.topic)})" if row.topic is not None else ""
        return self._label(row.label) + topic

    def _label_with(self, key: str, attributes: dict[str, Any]) -> str:
        return label_with(self.labels[key], attributes) if key in self.labels else key

    def _attribute_title(self, label: str, attribute: str) -> str:
        return _attribute_title(self.labels.get(label), attribute)

    def _attribute_value(self, label: str, attribute: str, value: Any) -> str:
        return _attribute_value(self.labels.get(label), attribute, value)

    def value_title(self, label: str, value: str) -> str:
        """Returns what the scheme calls a value of a document label, the value itself where it has no name for it."""
        return value_title(self.labels.get(label), value)

    def _entity(self, key: str) -> str:
        return quoted(self.entities.get(key, key))

    def _ends(self, relation: RelationRecord, find: Find) -> str:
        said = [self._end(end, find) for slot in SLOTS if (end := getattr(relation, slot)) is not None]
        arrow = " ← " if get_language() == "fa" else " → "
        return arrow.join(f"{FIRST_STRONG}{end}{POP}" for end in said)

    def _end(self, end: str, find: Find) -> str:
        if end == "article":
            return _("the article itself")
        if end == "implicit":
            return _("implicit")
        if end.startswith("topic:"):
            key = end.removeprefix("topic:")
            return quoted(self.topics.get(key, key))
        span = find(end)
        return quoted(span.quote) if span else "?"


def value_title(label: Label | None, value: str) -> str:
    """Returns what a document label calls a value, the value itself where it has no name for it."""
    return _titled((label.attributes if label else {}).get("titles", {}).get(value), value)


def label_with(label: Label, attributes: dict[str, Any]) -> str:
    """Returns a label's title with the attributes given to it: سازمان (نوع اشاره: نام)."""
    said = _("{name}: {value}")
    parts = [
        said.format(name=_attribute_title(label, name), value=_attribute_value(label, name, value))
        for name, value in attributes.items()
    ]
    comma = _(", ")
    return f"{title(label)} ({comma.join(parts)})" if parts else title(label)


def _schema(label: Label | None, attribute: str) -> dict[str, Any]:
    found = label.attributes.get("properties", {}).get(attribute, {}) if label else {}
    return found if isinstance(found, dict) else {}


def _attribute_title(label: Label | None, attribute: str) -> str:
    return _titled(_schema(label, attribute).get("x-title"), attribute)


def _attribute_value(label: Label | None, attribute: str, value: Any) -> str:
    return _titled(_schema(label, attribute).get("titles", {}).get(str(value)), _plain(value))


def quoted(words: str) -> str:
    """Returns a person's words in one line between guillemets; long ones are cut between two characters."""
    line = " ".join(words.split())
    if len(line) > LONGEST_QUOTE:
        line = f"{line[: cluster_around(line, LONGEST_QUOTE)[0]].rstrip()}…"
    return f"«{line}»"


def counted(n: object) -> str:
    """Returns a number with the digits of the interface's language."""
    return persian_digits(str(n)) if get_language() == "fa" else str(n)


def entities_named(changes: Sequence[Changed]) -> set[str]:
    """Returns the keys of the entities that changes speak of."""
    both = (thing for changed in changes for thing in (changed.before, changed.after))
    return {thing.entity for thing in both if isinstance(thing, SpanRecord) and thing.entity}


def _titled(titles: Any, otherwise: str) -> str:
    found = titles.get(get_language()) if isinstance(titles, dict) else None
    return str(found) if found else otherwise


def _plain(value: Any) -> str:
    if isinstance(value, list):
        comma = _(", ")
        return comma.join(map(_plain, value))
    return _("yes") if value is True else _("no") if value is False else _numeral(value)


def _numeral(value: Any) -> str:
    return counted(value) if isinstance(value, int) else str(value)
