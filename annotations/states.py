"""How does the work on a set move on? The one table of states and transitions; docs/states.md draws it.

Pure: no database, no request. actions/transitions.py performs a transition, policy/ asks who the person is.
"""

import enum
from dataclasses import dataclass


class State(enum.StrEnum):
    """How far the work on a set is."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ADJUDICATED = "adjudicated"
    GIVEN_BACK = "given_back"


# The annotator may edit while the set is in one of these.
OPEN = (State.ASSIGNED, State.IN_PROGRESS, State.RETURNED)
# The annotator is done: agreement, adjudication and gold count these.
FINISHED = (State.SUBMITTED, State.ACCEPTED, State.ADJUDICATED)
# A slot of the article is taken while the set is in one of these.
HOLDING = (*OPEN, *FINISHED)


class Actor(enum.StrEnum):
    """Who may perform a transition of a set: who annotates it, who judges it, who runs the project, the program.

    A manager is a reviewer, too, unless the project's policies take that away (policy.actors_of).
    """

    ANNOTATOR = "annotator"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One way from some states to another, and who may go it.

    `back` names the transition that takes it back. `needs_note` asks for a reason or comment in words. `gold` is a way
    of the set that adjudication makes; the others are those of annotators' sets.
    """

    key: str
    sources: tuple[State, ...]
    target: State
    actors: tuple[Actor, ...]
    needs_note: bool = False
    back: str | None = None
    gold: bool = False


TRANSITIONS = {
    transition.key: transition
    for transition in (
        Transition(key="begin", sources=(State.ASSIGNED,), target=State.IN_PROGRESS, actors=(Actor.ANNOTATOR,)),
        Transition(
            key="submit", sources=OPEN, target=State.SUBMITTED, actors=(Actor.ANNOTATOR,), back="reopen",
        ),
        Transition(
            key="accept", sources=(State.SUBMITTED,), target=State.ACCEPTED,
            actors=(Actor.REVIEWER,), back="withdraw",
        ),
        Transition(
            key="return", sources=(State.SUBMITTED, State.ACCEPTED), target=State.RETURNED,
            actors=(Actor.REVIEWER,), needs_note=True, back="take_up",
        ),
        Transition(
            key="adjudicate", sources=(State.SUBMITTED, State.ACCEPTED), target=State.ADJUDICATED,
            actors=(Actor.REVIEWER,), back="withdraw",
        ),
        Transition(
            key="skip", sources=OPEN, target=State.GIVEN_BACK, actors=(Actor.ANNOTATOR,),
            needs_note=True, back="resume",
        ),
        Transition(key="expire", sources=OPEN, target=State.GIVEN_BACK, actors=(Actor.SYSTEM,), back="resume"),
        Transition(key="take_away", sources=OPEN, target=State.GIVEN_BACK, actors=(Actor.MANAGER,), back="resume"),
        Transition(
            key="resume", sources=(State.GIVEN_BACK,), target=State.IN_PROGRESS,
            actors=(Actor.ANNOTATOR, Actor.MANAGER),
        ),
        Transition(
            key="reopen", sources=(State.SUBMITTED,), target=State.IN_PROGRESS, actors=(Actor.MANAGER,),
        ),
        Transition(
            key="withdraw", sources=(State.ACCEPTED, State.ADJUDICATED), target=State.SUBMITTED,
            actors=(Actor.MANAGER,),
        ),
        Transition(key="take_up", sources=(State.RETURNED,), target=State.SUBMITTED, actors=(Actor.MANAGER,)),
        Transition(
            key="finish", sources=(State.ASSIGNED, State.IN_PROGRESS), target=State.ACCEPTED,
            actors=(Actor.REVIEWER,), back="unseal", gold=True,
        ),
        Transition(
            key="unseal", sources=(State.ACCEPTED,), target=State.IN_PROGRESS,
            actors=(Actor.REVIEWER,), gold=True,
        ),
    )
}  # fmt: skip


def allowed(state: str, *, actors: set[Actor], gold: bool = False) -> list[Transition]:
    """Returns the transitions that one of the actors may perform from a state, in the table's order."""
    return [
        transition
        for transition in TRANSITIONS.values()
        if transition.gold == gold and state in transition.sources and actors.intersection(transition.actors)
    ]
