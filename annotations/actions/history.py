"""Does the history tell the truth? Rebuilds a set from its revisions, and reads what its tables hold."""

from annotations.edits import operations_from_builtins
from annotations.kinds.state import SetState, replay
from annotations.models import AnnotationSet, Revision
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of


def rebuilt(annotation_set: AnnotationSet) -> SetState:
    """Returns the state that the set's revisions lead to, replayed in their order."""
    revisions = Revision.objects.filter(annotation_set=annotation_set).order_by("version")
    return replay(
        operation
        for operations in revisions.values_list("operations", flat=True).iterator()
        for operation in operations_from_builtins(operations)
    )


def stored_state(annotation_set: AnnotationSet) -> SetState:
    """Returns the state that the set's tables hold."""
    return SetState(
        spans={span.id: span for span in spans_of(annotation_set)},
        relations={relation.id: relation for relation in relations_of(annotation_set)},
        labels={(label.label, label.topic): label for label in labels_of(annotation_set)},
    )
