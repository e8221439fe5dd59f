"""How is a warning dismissed or brought back, and when are warnings counted? For a person and a set."""

from collections.abc import Iterable

from annotations import policy
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Dismissal, User, WarningTally
from annotations.models.warnings import WarningKind
from annotations.queries.warnings import counted, dismissed_keys, findings_of

MOST_DISMISSED = 5000


class TooManyDismissed(NewsroomError):
    """Raised when somebody dismisses more warnings of a set than any set can have."""

    def __init__(self) -> None:
        super().__init__(
            code="too_many_dismissed",
            message=gettext_noop("No more than {most} warnings of a set can be dismissed."),
            data={"most": MOST_DISMISSED},
        )


def dismiss_warnings(
    annotation_set: AnnotationSet, *, by: User, dismiss: Iterable[str] = (), restore: Iterable[str] = ()
) -> list[str]:
    """Dismisses and brings back warnings by their keys and returns all that the person has dismissed in the set.

    The set must have come through the policy. A key need not be a warning of the server's yet: the edit that it is
    about may still be on its way. Raises TooManyDismissed.
    """
    with write_turn():
        rows = Dismissal.objects.filter(user=by, annotation_set=annotation_set)
        for key in restore:
            rows.filter(**_columns(key)).delete()
        made = [Dismissal(user=by, annotation_set=annotation_set, **_columns(key)) for key in dismiss]
        if rows.count() + len(made) > MOST_DISMISSED:
            raise TooManyDismissed
        Dismissal.objects.bulk_create(made, ignore_conflicts=True)
        if policy.may_edit(by, annotation_set):
            tally_warnings(annotation_set, by=by)
    return dismissed_keys(annotation_set, by=by)


def _columns(key: str) -> dict[str, str]:
    kind, thing, stamp = key.split(":")
    return {"kind": kind, "thing": thing, "stamp": stamp}


def tally_warnings(annotation_set: AnnotationSet, *, by: User) -> None:
    """Counts the warnings of a set as the person who works on it sees them, and keeps the numbers for managers."""
    counts = counted(findings_of(annotation_set, to=by), set(dismissed_keys(annotation_set, by=by)))
    rows = [
        WarningTally(
            annotation_set=annotation_set,
            kind=kind,
            open=counts["open"].get(kind, 0),
            dismissed=counts["dismissed"].get(kind, 0),
        )
        for kind in WarningKind.values
    ]
    WarningTally.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["annotation_set", "kind"], update_fields=["open", "dismissed"]
    )
