"""Do the operations between two states lead from one to the other, whatever was done, and are they accepted?"""

import uuid
from typing import Any

import msgspec
from hypothesis import given
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
ids, labels = st.sampled_from(IDS), st.sampled_from(["PER", "LOC", "cue"])
ends = st.sampled_from([*IDS, "topic:peace", "article"])


@st.composite
def spans(draw: st.DrawFn) -> dict[str, Any]:
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=4)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    return {"ranges": ranges, "quote": quote_of(TEXT, ranges)}


def operations() -> st.SearchStrategy[dict[str, Any]]:
    entity = st.sampled_from([None, "org-tass"])
    relation = {"label": st.sampled_from(["said", "knew"]), "head": ends, "tail": ends, "via": st.none() | ids}
    create = st.builds(lambda s, **rest: s | rest, spans(), op=st.just("span.create"), id=ids, label=labels)
    move = st.builds(lambda s, **rest: s | rest, spans(), op=st.just("span.update"), id=ids)
    return st.one_of(
        create,
        move,
        st.fixed_dictionaries({"op": st.just("span.update"), "id": ids, "label": labels}),
        st.fixed_dictionaries({"op": st.just("span.update"), "id": ids, "entity": entity}),
        st.fixed_dictionaries({"op": st.just("span.delete"), "id": ids}),
        st.fixed_dictionaries({"op": st.just("relation.create"), "id": ids, **relation}),
        st.fixed_dictionaries({"op": st.just("relation.update"), "id": ids}, optional=relation),
        st.fixed_dictionaries({"op": st.just("relation.delete"), "id": ids}),
        st.fixed_dictionaries(
            {"op": st.just("label.set"), "label": st.just("tone"), "value": st.sampled_from(["calm", "loud"])},
            optional={"topic": st.just("peace")},
        ),
        st.fixed_dictionaries({"op": st.just("label.clear"), "label": st.just("tone")}),
    )


def performed(said: list[dict[str, Any]]) -> list[SetState]:
    """Returns the states that those of the operations lead through which the judge accepts."""
    state = SetState()
    done = (state.copy() for one in said if attempt(msgspec.convert(one, AnyOperation), state))
    return [SetState(), *done]


def attempt(operation: AnyOperation, state: SetState) -> bool:
    try:
        state.keep(operation, judge(operation, Bench(TEXT, SCHEME, state)))
    except Rejected:
        return False
    return True


@given(st.lists(operations(), max_size=40), st.data())
def test_any_state_is_reached_again_by_operations_that_the_judge_accepts(
    said: list[dict[str, Any]], data: st.DataObject
) -> None:
    states = performed(said)
    now, then = (data.draw(st.sampled_from(states)) for _state in range(2))
    way, state = leading(now, then, salt=SALT), now.copy()
    assert all(attempt(operation, state) for operation in way)
    assert state == then
    assert len({operation.op_id for operation in way}) == len(way)
    assert leading(now, then, salt=SALT) == way


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


@given(st.lists(operations(), max_size=20))
def test_what_an_operation_changes_is_what_differs_after_it(said: list[dict[str, Any]]) -> None:
    state = SetState()
    for one in said:
        operation, before, tried = msgspec.convert(one, AnyOperation), state.copy(), state.copy()
        if attempt(operation, tried):
            changed = changed_by(operation, state)
            assert difference(before, state) == ([changed] if changed.before != changed.after else [])
