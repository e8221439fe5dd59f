"""How do many hits get one label? As one bulk edit over the sets they stand in; sets are begun only when asked for."""

from collections.abc import Sequence

from annotations import policy
from annotations.actions import bulk_edits
from annotations.actions.assignments import NotAssignable, open_own_set
from annotations.actions.bulk_edits import Group
from annotations.actions.slots import NoFreeSlot
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import Article, BulkEdit, Project, User
from annotations.queries.giving import MOST_HITS, Asked, Plan, plan

# The judge of operations takes no more of them for one set.
MOST_IN_ONE_ARTICLE = 500


class TooManyHits(NewsroomError):
    """Raised when more hits are to bear a label than one step takes."""

    def __init__(self) -> None:
        super().__init__(
            code="too_many_hits",
            message=gettext_noop("One step labels {most} hits at most, and {most_in_one} in one article."),
            hint=gettext_noop("Do it in several steps."),
            data={"most": MOST_HITS, "most_in_one": MOST_IN_ONE_ARTICLE},
        )


class NotForYou(NewsroomError):
    """Raised when somebody would label hits in work that is not theirs to change."""

    def __init__(self) -> None:
        super().__init__(
            code="not_yours",
            message=gettext_noop("You may read this work but not change it."),
            hint=gettext_noop("Label the hits in your own work."),
        )


def preview(project: Project, hits: Sequence[Asked], label: str, *, by: User, uid: str, into: str = policy.OWN) -> Plan:
    """Returns what `label_hits` would do now, and does nothing. Raises LabelNotForWords, NotForYou, TooManyHits."""
    if into not in (policy.OWN, policy.GOLD) or into not in policy.readable_work(by, project):
        raise NotForYou
    if len(hits) > MOST_HITS:
        raise TooManyHits
    planned = plan(project, hits, label, by=by, into=into, salt=uid)
    if any(len(operations) > MOST_IN_ONE_ARTICLE for operations in planned.operations.values()):
        raise TooManyHits
    return planned


def label_hits(
    project: Project,
    hits: Sequence[Asked],
    label: str,
    *,
    by: User,
    uid: str,
    into: str = policy.OWN,
    begin: bool = False,
    words: str = "",
) -> tuple[BulkEdit, Plan]:
    """Gives a label to hits and returns the bulk edit, which one undo takes back, and what was planned.

    With `begin` one's own sets are begun on the articles that have none; an undo leaves them begun. The same `uid`
    again goes on where it was broken off. `words` is what was searched for, to call the edit by.
    """
    planned = preview(project, hits, label, by=by, uid=uid, into=into)
    if begin and planned.may_begin:
        for article in policy.articles_of(by, project).filter(pk__in=planned.may_begin).defer("text").iterator():
            _begun(project, article, by=by)
        planned = preview(project, hits, label, by=by, uid=uid, into=into)
    groups = [
        Group(set_id=pk, text_sha256=planned.sha256[pk], operations=operations)
        for pk, operations in planned.operations.items()
    ]
    about = {"what": "concordance", "label": label, "words": words, "into": into}
    return bulk_edits.apply(project, groups, by=by, uid=uid, about=about), planned


def _begun(project: Project, article: Article, *, by: User) -> None:
    try:
        open_own_set(project, article, by=by)
    except (NotAssignable, NoFreeSlot):
        return  # others hold the article, or an imported set under this person's pseudonym: the hit stays as it is
