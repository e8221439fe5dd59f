"""Is the table of states whole, does each way back lead back, and does the documentation draw this very table?"""

import re
from itertools import product
from pathlib import Path

import pytest

from annotations.states import FINISHED, HOLDING, OPEN, TRANSITIONS, Actor, State, Transition, allowed

DRAWING = Path(__file__).resolve().parent.parent / "docs" / "states.md"
ANNOTATORS_WAYS = [transition for transition in TRANSITIONS.values() if not transition.gold]


def edges(transitions: list[Transition]) -> set[tuple[State, State]]:
    return {(source, way.target) for way in transitions for source in way.sources}


def test_every_state_is_reached_from_the_first() -> None:
    reached, edge = {State.ASSIGNED}, edges(ANNOTATORS_WAYS)
    while more := {target for source, target in edge if source in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_every_state_is_open_finished_or_given_back() -> None:
    assert {*OPEN, *FINISHED, State.GIVEN_BACK} == set(State)
    assert not set(OPEN) & set(FINISHED)
    assert set(HOLDING) == set(State) - {State.GIVEN_BACK}


@pytest.mark.parametrize("transition", [way for way in TRANSITIONS.values() if way.back], ids=lambda way: way.key)
def test_a_way_back_leads_from_where_the_way_led_and_is_of_the_same_kind_of_set(transition: Transition) -> None:
    back = TRANSITIONS[transition.back]
    assert transition.target in back.sources
    assert back.gold == transition.gold
    # Where work was open before, it is open again; where it was handed in, it waits for review again.
    before = {source in OPEN for source in transition.sources} if back.target in OPEN else {False}
    assert (back.target in OPEN) in before


@pytest.mark.parametrize("key", ["submit", "accept", "return", "adjudicate", "skip", "expire", "take_away"])
def test_what_annotators_reviewers_and_the_program_do_a_manager_can_take_back(key: str) -> None:
    assert Actor.MANAGER in TRANSITIONS[TRANSITIONS[key].back].actors


def test_only_work_that_goes_back_or_comes_back_needs_a_word() -> None:
    assert {key for key, way in TRANSITIONS.items() if way.needs_note} == {"skip", "return"}


@pytest.mark.parametrize(("state", "gold"), list(product(State, [False, True])))
def test_nobody_may_do_anything_and_everybody_together_all_that_starts_there(state: State, gold: bool) -> None:
    assert allowed(state, actors=set(), gold=gold) == []
    expected = [way.key for way in TRANSITIONS.values() if state in way.sources and way.gold == gold]
    assert [way.key for way in allowed(state, actors=set(Actor), gold=gold)] == expected


def drawn(transitions: list[Transition]) -> str:
    """Returns what Mermaid draws of a table: one line a source, with the key and who may go it."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.ASSIGNED}"]
    for way in transitions:
        who = ", ".join(way.actors)
        lines += [f"    {source} --> {way.target}: {way.key} ({who})" for source in way.sources]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("at", "ways"), [(0, ANNOTATORS_WAYS), (1, [way for way in TRANSITIONS.values() if way.gold])], ids=["sets", "gold"]
)
def test_the_documentation_draws_the_table(at: int, ways: list[Transition]) -> None:
    drawings = re.findall(r"```mermaid\n(.*?)\n```", DRAWING.read_text(encoding="utf-8"), flags=re.S)
    assert drawings[at] == drawn(ways)
