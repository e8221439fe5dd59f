"""How is it written down that several revisions are one step? By the versions it reached from and to."""

from typing import Any

from annotations.actions.operations import Outcome
from annotations.models import RevisionStep, StepKind, User


def note_step(set_id: int, outcome: Outcome, kind: StepKind, *, by: User, about: dict[str, Any]) -> None:
    """Writes the step that made what `apply_operations` has just applied; nothing where nothing was applied.

    Must run inside the transaction that applied it, so that no other revision lies in between.
    """
    versions = [result.version for result in outcome.results if result.status == "ok" and result.version]
    if versions:
        RevisionStep.objects.create(
            annotation_set_id=set_id, kind=kind, first=min(versions), last=max(versions), by=by, about=about
        )
