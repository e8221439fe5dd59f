"""What would it take to restore a version of a set, and does all of it still fit the project's scheme?"""

from dataclasses import dataclass
from typing import Any

from annotations.edits import AnyOperation, operations_to_builtins
from annotations.kinds.difference import Changed, difference, leading
from annotations.kinds.judge import Bench, Rejected, judge
from annotations.kinds.state import SetState
from annotations.kinds.touch import touched
from annotations.models import AnnotationSet
from annotations.queries.invariants import stored_state
from annotations.queries.scheme import ProjectScheme
from annotations.queries.versions import state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A thing of the version that can't stand again, named as in `touch.py`, and the judge's reason."""

    thing: str
    reason: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePlan:
    """How the set at version `since` becomes what it was at `version`: the changes, the operations, what hinders."""

    version: int
    since: int
    changes: list[Changed]
    operations: list[AnyOperation]
    misfits: list[Misfit]


def plan_restore(annotation_set: AnnotationSet, version: int, *, salt: str) -> RestorePlan:
    """Works out what restoring a version would do to a set as it is now; writes nothing. `salt` is a UUID."""
    now, then = stored_state(annotation_set), state_at(annotation_set, version)
    changes, operations = difference(now, then), leading(now, then, salt=salt)
    scheme = ProjectScheme(annotation_set.project_id)
    scheme.labels.read_all()
    scheme.topics.read_all()
    bench = Bench(annotation_set.article.text, scheme.rules, now)
    misfits = [found for operation in operations if (found := _misfit(operation, bench, now))]
    return RestorePlan(
        version=version, since=annotation_set.version, changes=changes, operations=operations, misfits=misfits
    )


def _misfit(operation: AnyOperation, bench: Bench, state: SetState) -> Misfit | None:
    """Judges an operation and applies it to the bench's own state, or says why it can't be."""
    try:
        state.keep(operation, judge(operation, bench))
    except Rejected as refusal:
        (stored,) = operations_to_builtins([operation])
        return Misfit(thing=touched(stored)[0], reason=refusal.code, data=refusal.data)
    return None
