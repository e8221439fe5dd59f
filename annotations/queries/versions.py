"""What did a set hold at one version of its history? Its revisions replayed up to there."""

from annotations.edits import operations_from_builtins
from annotations.kinds.state import SetState
from annotations.models import AnnotationSet, Revision
from annotations.queries.invariants import stored_state


def state_at(annotation_set: AnnotationSet, version: int) -> SetState:
    """Returns what the set held at a version; 0 is before the first revision, the present comes from the tables."""
    if version == annotation_set.version:
        return stored_state(annotation_set)
    return states_at(annotation_set, version)[0]


def states_at(annotation_set: AnnotationSet, *versions: int) -> list[SetState]:
    """Returns what the set held at several versions in rising order; its history is read once."""
    rows = Revision.objects.filter(annotation_set=annotation_set, version__lte=max(versions)).order_by("version")
    state, found, waiting = SetState(), [], list(versions)
    for version, operations in rows.values_list("version", "operations").iterator():
        while waiting and version > waiting[0]:
            found.append(state.copy())
            waiting.pop(0)
        for operation in operations_from_builtins(operations):
            state.apply(operation)
    return found + [state.copy() for _version in waiting]
