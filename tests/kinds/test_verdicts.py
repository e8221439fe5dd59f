"""What a draft means for an annotation: the same that judging an edit of it says before and after, for any scheme."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotations.edits import RelationUpdate, SpanUpdate
from annotations.kinds.draft import DraftLabel, read_labels, settled
from annotations.kinds.judge import Bench, Rejected, judge
from annotations.kinds.scheme import Scheme
from annotations.kinds.state import SetState
from annotations.kinds.verdicts import ENDS, GONE, INVALID, MISSING, REFUSED, Verdicts
from annotations.records import RelationRecord, SpanRecord

TEXT = "علی رفت"
ONE, TWO, JOINED = (f"00000000-0000-0000-0000-00000000000{n}" for n in range(3))

VALUES = st.lists(st.sampled_from("ابپ"), unique=True, min_size=1)
SCHEMAS = st.fixed_dictionaries(
    {"properties": st.fixed_dictionaries({}, optional={"a": VALUES.map(lambda values: {"enum": values}),
                                                       "n": st.just({"type": "integer", "maximum": 3})})},
    optional={"required": st.lists(st.sampled_from(["a", "n"]), unique=True)},
)  # fmt: skip
ATTRIBUTES = st.fixed_dictionaries({}, optional={"a": st.sampled_from("ابپ"), "n": st.integers(1, 5)})
ALLOWED = st.lists(st.sampled_from(["@entity", "@cue", "PER", "ORG", "CUE", "@implicit"]), unique=True)
ALL_ENDS = st.fixed_dictionaries({"head": ALLOWED, "tail": ALLOWED})
SPAN_LABELS = st.sampled_from(["PER", "ORG", "CUE"])


def scheme(schema: dict[str, Any], ends: dict[str, Any], **fields: Any) -> tuple[DraftLabel, ...]:
    said = [
        {"key": "PER", "kind": "entity", "attributes": schema, **fields}, {"key": "ORG", "kind": "entity"},
        {"key": "CUE", "kind": "cue"}, {"key": "rel", "kind": "relation", "ends": ends},
    ]  # fmt: skip
    return read_labels([label | {"was": label["key"], "title_fa": "x", "title_en": "x"} for label in said])


def is_taken(labels: tuple[DraftLabel, ...], state: SetState, operation: Any) -> bool:
    bench = Bench(TEXT, Scheme(labels={label.key: label.rule() for label in labels}), state)
    try:
        judge(operation, bench)
    except Rejected:
        return False
    return True


def verdicts(before: tuple[DraftLabel, ...], after: tuple[DraftLabel, ...], key: str) -> Verdicts:
    labels = settled(after)
    return Verdicts({one.key: one for one in before}, labels, next(one for one in labels if one.was == key))


@given(SCHEMAS, SCHEMAS, ATTRIBUTES)
def test_a_span_is_invalid_where_its_attributes_were_taken_and_are_no_more(old: dict, new: dict, said: dict) -> None:
    before, after = scheme(old, {}), scheme(new, {})
    state = SetState(spans={ONE: SpanRecord(ONE, "PER", ((0, 3),), "علی")})
    operation = SpanUpdate(id=ONE, attributes=said)
    found = verdicts(before, after, "PER").span(said)
    assert (INVALID in found) == (is_taken(before, state, operation) and not is_taken(after, state, operation))
    lacked, lacks = (not set(one.get("required", [])) <= set(said) for one in (old, new))
    assert (MISSING in found) == (lacks and not lacked)
    assert not found or not verdicts(before, after, "PER").idle


@given(ALL_ENDS, ALL_ENDS, SPAN_LABELS, st.one_of(st.just("implicit"), SPAN_LABELS))
def test_a_relation_has_ends_that_went_where_they_were_taken_and_are_no_more(
    old: dict, new: dict, head: str, tail: str
) -> None:
    before, after = scheme({}, old), scheme({}, new)
    spans = {ONE: SpanRecord(ONE, head, ((0, 3),), "علی"), TWO: SpanRecord(TWO, "ORG", ((4, 7),), "رفت")}
    end = "implicit"
    if tail != "implicit":
        spans[TWO], end = SpanRecord(TWO, tail, ((4, 7),), "رفت"), TWO
    state = SetState(spans=spans, relations={JOINED: RelationRecord(JOINED, "rel", ONE, None, end)})
    operation = RelationUpdate(id=JOINED, head=ONE)
    ends = [("span", head), ("", None), ("implicit", None) if tail == "implicit" else ("span", tail)]
    found = verdicts(before, after, "rel").relation({}, ends)
    assert (ENDS in found) == (is_taken(before, state, operation) and not is_taken(after, state, operation))


@given(SCHEMAS, ATTRIBUTES, ALL_ENDS)
def test_what_is_not_refused_by_a_merge_can_be_relabelled_where_it_stands(schema: dict, said: dict, ends: dict) -> None:
    before = scheme(schema, ends)
    after = settled(scheme(schema, ends, into="ORG"))
    state = SetState(
        spans={ONE: SpanRecord(ONE, "PER", ((0, 3),), "علی", said)},
        relations={JOINED: RelationRecord(JOINED, "rel", ONE, None, "implicit")},
    )
    found = verdicts(before, after, "PER").span(said)
    stood = {"PER", "@entity"} & set(ends["head"])
    assert GONE in found
    taken = is_taken(after, state, SpanUpdate(id=ONE, label="ORG"))
    assert (REFUSED not in found) == taken or not stood


@given(SCHEMAS, ALL_ENDS, ATTRIBUTES)
def test_a_draft_that_changes_nothing_means_nothing(schema: dict, ends: dict, said: dict) -> None:
    labels = scheme(schema, ends)
    assert verdicts(labels, labels, "PER").idle
    assert verdicts(labels, labels, "PER").span(said) == frozenset()
    assert (
        verdicts(labels, labels, "rel").relation({}, [("span", "PER"), ("", None), ("implicit", None)]) == frozenset()
    )
