"""Who works on which article? Sets are begun here, one by one, and handed in."""

from django.db import IntegrityError

from annotations import policy
from annotations.actions.notices import tell_of_work
from annotations.actions.projects import add_member
from annotations.actions.slots import NoFreeSlot, count_taken, require_free_slot
from annotations.actions.transitions import NotMovable, NotYoursToMove, move
from annotations.actions.turns import write_turn
from annotations.actions.warnings import tally_warnings
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Article, Membership, Project, Role, SetKind, SetStatus, StatusChange, User


class NotAssignable(NewsroomError):
    """Raised when a person can't begin on an article of a project."""

    def __init__(self) -> None:
        super().__init__(
            code="not_assignable",
            message=gettext_noop("You can't begin this article in this project."),
            hint=gettext_noop("Ask the project's manager to assign it to you."),
        )


class NotSubmittable(NewsroomError):
    """Raised when a set is not open and so can't be submitted."""

    def __init__(self, *, status: str) -> None:
        super().__init__(
            code="not_submittable",
            message=gettext_noop("This work can't be submitted: its status is «{status}»."),
            data={"status": status},
        )


def assign(
    project: Project, article: Article, *, annotator: User, by: User | None = None, within_overlap: bool = False
) -> AnnotationSet:
    """Returns the annotator's set on an article of the project, made if there is none.

    Raises NotAssignable where the article or the annotator does not belong to the project, and NoFreeSlot where it is
    to stay `within_overlap` and others hold all slots.
    """
    if not project.project_articles.filter(article=article).exists():
        raise NotAssignable
    found = own_set(project, article, annotator)
    if found is not None:
        return found
    pseudonym = pseudonym_of(project, annotator)
    try:
        with write_turn():
            if within_overlap:
                require_free_slot(project, article.pk)
            return give(project, article.pk, annotator=annotator, pseudonym=pseudonym, by=by)
    except IntegrityError:  # opened in two tabs at once: the other one made it
        found = own_set(project, article, annotator)
        if found is None:  # an imported set stands there under this person's pseudonym
            raise NotAssignable from None
        return found
    except NoFreeSlot:
        found = own_set(project, article, annotator)  # in two tabs at once, and it was the last slot
        if found is None:
            raise
        return found


def own_set(project: Project, article: Article, annotator: User) -> AnnotationSet | None:
    """Returns the person's set on an article of a project, if there is one."""
    return AnnotationSet.objects.filter(
        project=project, article=article, annotator=annotator, kind=SetKind.ANNOTATOR
    ).first()


def give(
    project: Project, article_id: int, *, annotator: User, pseudonym: str, by: User | None, batch: str | None = None
) -> AnnotationSet:
    """Makes a set and writes down who gave the article; within a transaction that has locked the article's place."""
    made = AnnotationSet.objects.create(
        project=project, article_id=article_id, annotator=annotator, pseudonym=pseudonym
    )
    StatusChange.objects.create(
        annotation_set=made, transition="assign", source=SetStatus.ASSIGNED, target=SetStatus.ASSIGNED,
        actor=by, batch=batch, at=made.created_at,
    )  # fmt: skip
    count_taken(project.pk, [article_id])
    tell_of_work([made], by=by)
    return made


def pseudonym_of(project: Project, annotator: User) -> str:
    """Returns the pseudonym somebody works under in a project. Raises NotAssignable for one who is no member."""
    membership = Membership.objects.filter(project=project, user=annotator).first()
    if membership is not None:
        return membership.pseudonym
    if annotator.is_superuser:  # an admin works anywhere, and from then on as a member
        return add_member(project, annotator, role=Role.MANAGER).pseudonym
    raise NotAssignable


def open_own_set(project: Project, article: Article, *, by: User) -> AnnotationSet:
    """Returns the person's own set on an article, made if there is none. Raises NotAssignable or NoFreeSlot."""
    found = own_set(project, article, by)
    if found is not None:
        return found
    if not policy.can_annotate(by, project):
        raise NotAssignable
    return assign(project, article, annotator=by, by=by, within_overlap=True)


def submit(annotation_set: AnnotationSet, *, by: User) -> AnnotationSet:
    """Hands the work in: it is closed for its annotator from now on. Raises NotAssignable, NotSubmittable."""
    try:
        hand_in(annotation_set, by=by)
    except NotYoursToMove as error:
        raise NotAssignable from error
    except NotMovable as error:
        raise NotSubmittable(**error.data) from error
    return annotation_set


def hand_in(annotation_set: AnnotationSet, *, by: User, note: str = "", uid: str | None = None) -> StatusChange:
    """Performs the transition `submit` and counts the warnings left open. Raises as `transitions.move` does."""
    change = move(annotation_set, "submit", by=by, note=note, uid=uid)
    tally_warnings(annotation_set, by=by)
    return change
