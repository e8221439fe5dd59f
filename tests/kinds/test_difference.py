"""Do the operations between two states lead from one to the other, whatever was done, and are they accepted?"""

import uuid
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.edits import AnyOperation
from annotations.kinds.difference import changed_by, difference, leading
from annotations.kinds.judge import Bench, Rejected, judge
from annotations.kinds.scheme import LabelRule, Scheme
from annotations.kinds.state import SetState
from annotations.records import quote_of

TEXT = "👩‍👩‍👧‍👦 علي كريم ۱۲ می‌خواهد. مُحَمَّد در تهـــران گفت"
SALT = str(uuid.UUID(int=7))
# Two kinds of spans that the same ends are not allowed to: relabelling has to go in a certain order.
ONLY = {"head": ["PER"], "via": ["cue"], "tail": ["LOC", "@topic", "@article"]}
SCHEME = Scheme(
    labels={
        rule.key: rule
        for rule in (
            LabelRule(key="PER", kind="entity"),
            LabelRule(key="LOC", kind="entity"),
            LabelRule(key="cue", kind="cue"),
            LabelRule(key="said", kind="relation", ends=ONLY),
            LabelRule(key="knew", kind="relation", ends=ONLY | {"head": ["LOC"], "tail": ["PER"]}),
            LabelRule(key="tone", kind="article", attributes={"values": ["calm", "loud"]}),
        )
    },
    topics={"peace"},
    entities={"org-tass"},
)
IDS = [str(uuid.UUID(int=number)) for number in range(1, 6)]
LABELS, RELATIONS, FIXED = ("PER", "LOC", "cue"), ("said", "knew"), ("topic:peace", "article")


@st.composite
def histories(draw: st.DrawFn) -> list[SetState]:
    """Draws the states that a set goes through: of what is tried, what the judge accepts; most of it has a chance."""
    words = ({"ranges": [(at, at + 3)], "quote": TEXT[at : at + 3]} for at in (12, 16, 35))
    # With a span of each label relations have a chance from the start.
    states = performed(
        [
            {"op": "span.create", "id": uid, "label": label, **place}
            for uid, label, place in zip(IDS, LABELS, words, strict=False)
        ]
    )
    state = states[-1].copy()
    for _step in range(draw(st.integers(0, 30))):
        said = draw(_operation(state))
        if attempt(msgspec.convert(said, AnyOperation), state):
            states.append(state.copy())
    return states


@st.composite
def _operation(draw: st.DrawFn, state: SetState) -> dict[str, Any]:
    here, there = sorted(state.spans), sorted(state.relations)
    what = draw(st.sampled_from(["make", "make", "span", "join", "join", "relation", "label"]))
    if what == "make" or (what in ("span", "join") and not here):
        uid, label = draw(st.sampled_from(IDS)), draw(st.sampled_from(LABELS))
        return {"op": "span.create", "id": uid, "label": label, **draw(_place())}
    if what == "span":
        changes = [
            {"op": "span.update", "label": draw(st.sampled_from(LABELS))},
            {"op": "span.update", **draw(_place())},
            {"op": "span.update", "entity": draw(st.sampled_from([None, "org-tass"]))},
            {"op": "span.delete"},
        ]
        return {"id": draw(st.sampled_from(here))} | draw(st.sampled_from(changes))
    if what == "label" or (what == "relation" and not there):
        verb, topic = draw(st.sampled_from(["set", "clear"])), draw(st.sampled_from([None, "peace"]))
        value = {"value": draw(st.sampled_from(["calm", "loud"]))} if verb == "set" else {}
        return {"op": f"label.{verb}", "label": "tone", "topic": topic, **value}
    label = draw(st.sampled_from(RELATIONS))
    ends = {"label": label} | {slot: draw(_end(state, label, slot)) for slot in ("head", "via", "tail")}
    if what == "join":
        return {"op": "relation.create", "id": draw(st.sampled_from(IDS)), **ends}
    chosen = draw(st.sets(st.sampled_from(sorted(ends)), min_size=1))
    update = {"op": "relation.update", **{name: ends[name] for name in chosen}}
    return {"id": draw(st.sampled_from(there))} | draw(st.sampled_from([update, {"op": "relation.delete"}]))


def _end(state: SetState, label: str, slot: str) -> st.SearchStrategy[str | None]:
    """What may stand in a slot, most of it as the scheme allows it."""
    allowed = SCHEME.labels[label].ends[slot]
    fit = [uid for uid, span in state.spans.items() if span.label in allowed]
    others = {"head": ["implicit"], "via": [None], "tail": list(FIXED)}[slot]
    return st.sampled_from(sorted(fit) * 3 + others)


@st.composite
def _place(draw: st.DrawFn) -> dict[str, Any]:
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=4)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    return {"ranges": ranges, "quote": quote_of(TEXT, ranges)}


def performed(said: list[dict[str, Any]]) -> list[SetState]:
    """Returns the states that operations lead through which the judge accepts."""
    state = SetState()
    done = (state.copy() for one in said if attempt(msgspec.convert(one, AnyOperation), state))
    return [SetState(), *done]


def attempt(operation: AnyOperation, state: SetState) -> bool:
    try:
        state.keep(operation, judge(operation, Bench(TEXT, SCHEME, state)))
    except Rejected:
        return False
    return True


@settings(max_examples=300)
@given(histories(), st.data())
def test_any_state_is_reached_again_by_operations_that_the_judge_accepts(
    states: list[SetState], data: st.DataObject
) -> None:
    now, then = (data.draw(st.sampled_from(states)) for _state in range(2))
    way, state = leading(now, then, salt=SALT), now.copy()
    assert all(attempt(operation, state) for operation in way)
    assert state == then
    assert len({operation.op_id for operation in way}) == len(way)
    assert leading(now, then, salt=SALT) == way
    assert bool(difference(now, then)) == (now != then)


def test_two_spans_that_a_relation_joins_can_exchange_their_labels() -> None:
    first, second, relation = IDS[:3]
    states = performed(
        [
            {"op": "span.create", "id": first, "label": "PER", "ranges": [(12, 15)], "quote": TEXT[12:15]},
            {"op": "span.create", "id": second, "label": "LOC", "ranges": [(16, 20)], "quote": TEXT[16:20]},
            {"op": "relation.create", "id": relation, "label": "said", "head": first, "tail": second},
            {"op": "relation.delete", "id": relation},
            {"op": "span.update", "id": first, "label": "LOC"},
            {"op": "span.update", "id": second, "label": "PER"},
            {"op": "relation.create", "id": relation, "label": "said", "head": second, "tail": first},
        ]
    )
    assert len(states) == 8
    way, state = leading(states[7], states[3], salt=SALT), states[7].copy()
    assert [type(operation).__name__ for operation in way] == [
        "RelationDelete", "SpanUpdate", "SpanUpdate", "RelationCreate",
    ]  # fmt: skip
    assert all(attempt(operation, state) for operation in way)
    assert state == states[3]


@given(st.data())
def test_what_an_operation_changes_is_what_differs_after_it(data: st.DataObject) -> None:
    state = SetState()
    for _step in range(12):
        operation = msgspec.convert(data.draw(_operation(state)), AnyOperation)
        before, tried = state.copy(), state.copy()
        if attempt(operation, tried):
            changed = changed_by(operation, state)
            assert difference(before, state) == ([changed] if changed.before != changed.after else [])
