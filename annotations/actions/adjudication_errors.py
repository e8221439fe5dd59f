"""What can stand against a decision of an adjudication? Each with what to do about it."""

from collections.abc import Sequence
from typing import Any

from annotations.errors import NewsroomError, gettext_noop


class NotYoursToJudge(NewsroomError):
    """Raised when the person may not adjudicate this article."""

    def __init__(self) -> None:
        super().__init__(
            code="not_yours_to_judge",
            message=gettext_noop("You can't adjudicate this article."),
            hint=gettext_noop("That is for reviewers; in this project perhaps only for those who didn't annotate it."),
        )


class AdjudicatedByAnother(NewsroomError):
    """Raised when somebody else decides in this gold set."""

    def __init__(self, *, person: str) -> None:
        super().__init__(
            code="adjudicated_by_another",
            message=gettext_noop("{person} adjudicates this article."),
            hint=gettext_noop("Take it over, or choose another one."),
            data={"person": person},
        )


class TooFewSets(NewsroomError):
    """Raised when there are no two finished sets to compare."""

    def __init__(self) -> None:
        super().__init__(
            code="too_few_sets",
            message=gettext_noop("Fewer than two annotators have handed this article in: there is nothing to compare."),
        )


class UnitGone(NewsroomError):
    """Raised when no set speaks any more of what was to be decided."""

    def __init__(self) -> None:
        super().__init__(
            code="unit_gone",
            message=gettext_noop("No annotator says this any more."),
            hint=gettext_noop("The page shows what they say now."),
        )


class UnitChanged(NewsroomError):
    """Raised when what there is to choose from is not what the adjudicator saw."""

    def __init__(self) -> None:
        super().__init__(
            code="unit_changed",
            message=gettext_noop("The annotators' work has changed since you saw this."),
            hint=gettext_noop("Look at the candidates again and decide once more."),
        )


class NotAChoice(NewsroomError):
    """Raised when what was chosen is not among what can be."""

    def __init__(self) -> None:
        super().__init__(
            code="not_a_choice",
            message=gettext_noop("This can't be chosen here."),
            hint=gettext_noop("Choose among the candidates; an own boundary needs one of them."),
        )


class LongNote(NewsroomError):
    """Raised when the note of a decision is too long."""

    def __init__(self, *, longest: int) -> None:
        super().__init__(
            code="long_note",
            message=gettext_noop("A note has {longest} characters at most."),
            data={"longest": longest},
        )


class SpansFirst(NewsroomError):
    """Raised when a relation is taken whose spans are not in the gold set."""

    def __init__(self) -> None:
        super().__init__(
            code="spans_first",
            message=gettext_noop("This relation stands on spans that are not in the gold set."),
            hint=gettext_noop("Decide its spans first, or accept what is agreed."),
        )


class SetsMissing(NewsroomError):
    """Raised when all that is agreed is to be accepted, and somebody has not handed in yet."""

    def __init__(self, *, numbers: Sequence[int]) -> None:
        super().__init__(
            code="sets_missing",
            message=gettext_noop("Not all annotators of this article have handed in: what is agreed is not known yet."),
            hint=gettext_noop("Wait for them, or have a manager take the article away from them."),
            data={"numbers": list(numbers)},
        )


class NothingAgreed(NewsroomError):
    """Raised when there is nothing agreed that is not accepted already."""

    def __init__(self) -> None:
        super().__init__(
            code="nothing_agreed", message=gettext_noop("All that is agreed stands in the gold set already.")
        )


class NothingToUndo(NewsroomError):
    """Raised when there is no step of the person's to take back."""

    def __init__(self) -> None:
        super().__init__(code="nothing_to_undo", message=gettext_noop("There is nothing of yours to take back here."))


class Overtaken(NewsroomError):
    """Raised when a later step has changed what an earlier one did."""

    def __init__(self) -> None:
        super().__init__(
            code="overtaken",
            message=gettext_noop("A later decision has changed this."),
            hint=gettext_noop("Take the later one back first."),
        )


class GoldRefuses(NewsroomError):
    """Raised when the gold set does not take an operation; `reason` is the one of the rejected operation."""

    def __init__(self, *, reason: str, data: dict[str, Any]) -> None:
        self.reason, self.details = reason, data
        super().__init__(
            code="gold_refuses",
            message=gettext_noop("The gold set does not take this ({reason})."),
            hint=gettext_noop("Where relations stand on a span, take back their decisions first."),
            data={"reason": reason},
        )


class NotDone(NewsroomError):
    """Raised when an adjudication is to be finished and something is left."""

    def __init__(self, *, open_units: int, agreed: int) -> None:
        super().__init__(
            code="adjudication_not_done",
            message=gettext_noop("Not everything is decided: {open} disagreements and {agreed} agreements are left."),
            hint=gettext_noop("Decide the rest, and accept what is agreed."),
            data={"open": open_units, "agreed": agreed},
        )
