"""«Next article»: who gets which? Handed out under a lock, so that overlap k is exact and no slot is given twice."""

from dataclasses import dataclass

from annotations import policy
from annotations.actions.assignments import NotAssignable, give, pseudonym_of
from annotations.actions.ranks import rank_places
from annotations.actions.slots import NoFreeSlot
from annotations.actions.timeouts import sweep
from annotations.actions.transitions import NotMovable, move
from annotations.actions.turns import write_turn
from annotations.models import AnnotationSet, Membership, Project, ProjectArticle, User
from annotations.queries.queue import expired_sets, open_in, waiting_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What a person goes on with, and whether they were given it just now."""

    annotation_set: AnnotationSet
    is_new: bool


def next_article(project: Project, *, by: User, after: AnnotationSet | None = None) -> Handed | None:
    """Returns what the person does next in a project; None where nothing is left for them.

    First what they have open already, but for the set they come from: so an answer that was lost is given again when
    it is asked for again. Then the first article with a free slot that they never had. At last what timed out under
    their hands. Raises NotAssignable for one who is no member.
    """
    if policy.role_in(by, project) is None:
        raise NotAssignable
    sweep(project)
    takes = policy.can_annotate(by, project)
    if takes:
        rank_places(project)
    return _claim(project, by=by, after=after, takes=takes) or (_take_up_again(project, by=by) if takes else None)


def _claim(project: Project, *, by: User, after: AnnotationSet | None, takes: bool) -> Handed | None:
    """Gives the person what they have open or, if they take articles themselves, the first that waits for them."""
    with write_turn():
        pseudonym_of(project, by)
        # One by one for each person, or two tabs would be handed two articles.
        held = Membership.objects.select_for_update(no_key=True).filter(project=project, user=by)
        pseudonym = held.values_list("pseudonym", flat=True).first()
        if pseudonym is None:  # removed from the project meanwhile
            raise NotAssignable
        found = open_in(project, by, after=after).first()
        if found is not None:
            return Handed(annotation_set=found, is_new=False)
        place = _locked_place(project, by=by, pseudonym=pseudonym) if takes else None
        if place is None:
            return None
        made = give(project, place.article_id, annotator=by, pseudonym=pseudonym, by=by)
    return Handed(annotation_set=made, is_new=True)


def _locked_place(project: Project, *, by: User, pseudonym: str) -> ProjectArticle | None:
    """Locks the first place with a free slot; one that others just take is passed, and waited for if it is the last."""
    rows = waiting_for(project, by, pseudonym=pseudonym)
    passing = rows.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    return passing or rows.select_for_update(of=("self",), no_key=True).first()


def _take_up_again(project: Project, *, by: User) -> Handed | None:
    """Resumes what timed out while the person had it, if nobody has taken it since."""
    for work in expired_sets(project, by):
        try:
            move(work, "resume", by=by)
        except (NoFreeSlot, NotMovable):
            continue
        return Handed(annotation_set=work, is_new=True)
    return None
