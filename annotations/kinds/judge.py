"""May this operation be applied? Each check is one function; the first that fails rejects with a code and a field."""

from typing import NamedTuple

from msgspec import UNSET

from annotations import edits
from annotations.edits import AnyOperation, Ranges
from annotations.kinds.base import SLOTS, ArticleKind, RelationKind, SpanKind
from annotations.kinds.scheme import LabelRule, Scheme
from annotations.kinds.state import Current, relation_after, span_after
from annotations.kinds.wording import words_key
from annotations.records import RelationRecord, SpanRecord, quote_of
from annotations.text.ink import trim

MAX_RANGES = 64
MAX_VALUE = 80


class Rejected(Exception):
    """Raised when an operation can't be applied; `code` says why, `field` where."""

    def __init__(self, code: str, field: str, **data: object) -> None:
        super().__init__(code)
        self.code, self.field, self.data = code, field, data


class Bench(NamedTuple):
    """What an operation is judged against."""

    text: str
    scheme: Scheme
    current: Current


def judge(operation: AnyOperation, bench: Bench) -> SpanRecord | RelationRecord | None:
    """Checks one operation against text, scheme and present state. Raises Rejected.

    Returns the span or relation as it will stand, None for what leaves no such thing.
    """
    match operation:
        case edits.SpanCreate() | edits.SpanUpdate():
            return _judge_span(operation, bench)
        case edits.SpanDelete():
            _existing(bench.current.span(operation.id), "span_unknown")
            if bench.current.relations_on(operation.id):
                raise Rejected("span_in_use", "id")
        case edits.RelationCreate() | edits.RelationUpdate():
            return _judge_relation(operation, bench)
        case edits.RelationDelete():
            _existing(bench.current.relation(operation.id), "relation_unknown")
        case edits.LabelSet() | edits.LabelClear():
            _judge_article_label(operation, bench)
        case edits.EntityCreate() | edits.EntityDelete():
            _judge_entity(operation, bench)
    return None


def _existing[T](row: T | None, code: str) -> T:
    if row is None:
        raise Rejected(code, "id")
    return row


def _label(key: str, scheme: Scheme, kind: type, *, kept: bool) -> LabelRule:
    rule = scheme.labels.get(key)
    if rule is None:
        raise Rejected("label_unknown", "label", label=key)
    if not rule.active and not kept and key not in scheme.kept:
        raise Rejected("label_archived", "label", label=key)
    if not isinstance(rule.kind_rule, kind):
        raise Rejected("label_kind", "label", label=key)
    return rule


def _attributes(rule: LabelRule, attributes: dict[str, object]) -> None:
    problem = rule.attribute_problem(attributes)
    if problem is not None:
        raise Rejected("attribute_invalid", problem[0], label=rule.key, problem=problem[1])


def _judge_span(operation: edits.SpanCreate | edits.SpanUpdate, bench: Bench) -> SpanRecord:
    before = bench.current.span(operation.id)
    if isinstance(operation, edits.SpanCreate):
        if before is not None:
            raise Rejected("id_taken", "id")
    else:
        _existing(before, "span_unknown")
        if (operation.ranges is UNSET) != (operation.quote is UNSET):
            raise Rejected("quote_missing", "quote" if operation.quote is UNSET else "ranges")
    after = span_after(operation, before=before)
    rule = _label(after.label, bench.scheme, SpanKind, kept=before is not None and before.label == after.label)
    if before is None or after.ranges != before.ranges or after.quote != before.quote:
        check_ranges(after.ranges, bench.text)
        if after.quote != quote_of(bench.text, after.ranges):
            raise Rejected("quote_mismatch", "quote", found=quote_of(bench.text, after.ranges))
    _attributes(rule, after.attributes)
    if after.entity is not None:
        if not (isinstance(rule.kind_rule, SpanKind) and rule.kind_rule.links_entity):
            raise Rejected("entity_not_for_kind", "entity", label=rule.key)
        if after.entity not in bench.scheme.entities:
            raise Rejected("entity_unknown", "entity", entity=after.entity)
    if before is not None and before.label != after.label:
        _relations_allow(after.id, rule, bench)
    return after


def _relations_allow(uid: str, rule: LabelRule, bench: Bench) -> None:
    """Checks that the relations standing on a span also take it under its new label."""
    for relation in bench.current.relations_on(uid):
        for slot in SLOTS:
            allowed = bench.scheme.labels[relation.label].ends.get(slot, [])
            if getattr(relation, slot) == uid and not {rule.key, f"@{rule.kind}"} & set(allowed):
                raise Rejected("span_in_use", "label")


def check_ranges(ranges: Ranges, text: str) -> None:
    """Checks that ranges are in order, inside the text and more than white space. Raises Rejected."""
    if not ranges or len(ranges) > MAX_RANGES:
        raise Rejected("ranges_count", "ranges", most=MAX_RANGES)
    reached = -1
    for start, end in ranges:
        if not 0 <= start < end <= len(text):
            raise Rejected("range_outside", "ranges", start=start, end=end, length=len(text))
        if start <= reached:
            raise Rejected("ranges_order", "ranges", start=start)
        # Most spans begin with a letter: that is ink enough.
        if not text[start].isalnum() and _is_blank(text, start, end):
            raise Rejected("range_blank", "ranges", start=start, end=end)
        reached = end


def _is_blank(text: str, start: int, end: int) -> bool:
    low, high = trim(text, start, end)
    return low >= high


def _judge_relation(operation: edits.RelationCreate | edits.RelationUpdate, bench: Bench) -> RelationRecord:
    before = bench.current.relation(operation.id)
    if isinstance(operation, edits.RelationCreate):
        if before is not None:
            raise Rejected("id_taken", "id")
    else:
        _existing(before, "relation_unknown")
    after = relation_after(operation, before=before)
    rule = _label(after.label, bench.scheme, RelationKind, kept=before is not None and before.label == after.label)
    for slot in SLOTS:
        _end(slot, getattr(after, slot), rule, bench)
    _attributes(rule, after.attributes)
    return after


def _end(slot: str, end: str | None, rule: LabelRule, bench: Bench) -> None:
    """Checks that what stands in a slot exists and that the label allows it there."""
    allowed = rule.ends.get(slot, [])
    if end is None:
        return  # only `via` can be null, and it always may
    if end in ("article", "implicit"):
        names = {f"@{end}"}
    elif end.startswith("topic:"):
        if end.removeprefix("topic:") not in bench.scheme.topics:
            raise Rejected("topic_unknown", slot, topic=end.removeprefix("topic:"))
        names = {"@topic"}
    else:
        span = bench.current.span(end)
        if span is None:
            raise Rejected("end_unknown", slot, end=end)
        names = {span.label, f"@{bench.scheme.labels[span.label].kind}"}
    if not names & set(allowed):
        raise Rejected("end_not_allowed", slot, label=rule.key, end=end)


def _judge_article_label(operation: edits.LabelSet | edits.LabelClear, bench: Bench) -> None:
    if operation.topic is not None and operation.topic not in bench.scheme.topics:
        raise Rejected("topic_unknown", "topic", topic=operation.topic)
    if isinstance(operation, edits.LabelClear):
        if bench.current.article_label(operation.label, operation.topic) is None:
            raise Rejected("article_label_unknown", "label", label=operation.label)
        return
    rule = _label(operation.label, bench.scheme, ArticleKind, kept=False)
    # A document label's attributes list its `values` and say by `topic` whether it is asked of topics.
    about_topic = rule.attributes.get("topic")
    if about_topic is not None and about_topic != (operation.topic is not None):
        raise Rejected("topic_expected" if about_topic else "topic_unexpected", "topic", label=rule.key)
    values = rule.attributes.get("values")
    if not 0 < len(operation.value) <= MAX_VALUE or (values and operation.value not in values):
        raise Rejected("value_not_allowed", "value", label=rule.key, value=operation.value)


def _judge_entity(operation: edits.EntityCreate | edits.EntityDelete, bench: Bench) -> None:
    known = operation.key in bench.scheme.entities
    if isinstance(operation, edits.EntityDelete):
        if not known:
            raise Rejected("entity_unknown", "key", entity=operation.key)
        if not bench.current.may_drop_entity(operation.key):
            raise Rejected("entity_not_yours", "key", entity=operation.key)
        return
    if known:
        raise Rejected("entity_taken", "key", entity=operation.key)
    if not any(character.isalnum() for character in words_key(operation.name)):
        raise Rejected("entity_nameless", "name")
    if operation.label and _label(operation.label, bench.scheme, SpanKind, kept=False).kind != "entity":
        raise Rejected("label_kind", "label", label=operation.label)
