"""Who works on which article? Opening and submitting annotation sets."""

from django.db import IntegrityError

from annotations import policy
from annotations.actions.projects import add_member
from annotations.actions.slots import count_taken
from annotations.actions.transitions import NotMovable, NotYoursToMove, move
from annotations.actions.turns import write_turn
from annotations.actions.warnings import tally_warnings
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Article, Membership, Project, Role, SetKind, User


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


def assign(project: Project, article: Article, *, annotator: User) -> AnnotationSet:
    """Returns the annotator's set on an article of the project, made if there is none.

    Raises NotAssignable where the article or the annotator does not belong to the project.
    """
    if not project.project_articles.filter(article=article).exists():
        raise NotAssignable
    found = AnnotationSet.objects.filter(
        project=project, article=article, annotator=annotator, kind=SetKind.ANNOTATOR
    ).first()
    if found is not None:
        return found
    pseudonym = _pseudonym(project, annotator)
    try:
        with write_turn():
            made = AnnotationSet.objects.create(
                project=project, article=article, annotator=annotator, pseudonym=pseudonym
            )
            count_taken(project.pk, [article.pk])
            return made
    except IntegrityError:  # opened in two tabs at once: the other one made it
        made = AnnotationSet.objects.filter(
            project=project, article=article, annotator=annotator, kind=SetKind.ANNOTATOR
        ).first()
        if made is None:  # an imported set stands there under this person's pseudonym
            raise NotAssignable from None
        return made


def _pseudonym(project: Project, annotator: User) -> str:
    membership = Membership.objects.filter(project=project, user=annotator).first()
    if membership is not None:
        return membership.pseudonym
    if annotator.is_superuser:  # an admin works anywhere, and from then on as a member
        return add_member(project, annotator, role=Role.MANAGER).pseudonym
    raise NotAssignable


def open_own_set(project: Project, article: Article, *, by: User) -> AnnotationSet:
    """Returns the person's own set on an article, made if there is none. Raises NotAssignable."""
    found = AnnotationSet.objects.filter(project=project, article=article, annotator=by, kind=SetKind.ANNOTATOR).first()
    if found is not None:
        return found
    if not policy.can_annotate(by, project):
        raise NotAssignable
    return assign(project, article, annotator=by)


def submit(annotation_set: AnnotationSet, *, by: User) -> AnnotationSet:
    """Hands the work in: it is closed for its annotator from now on. Raises NotAssignable, NotSubmittable."""
    try:
        move(annotation_set, "submit", by=by)
    except NotYoursToMove as error:
        raise NotAssignable from error
    except NotMovable as error:
        raise NotSubmittable(**error.data) from error
    tally_warnings(annotation_set, by=by)
    return annotation_set
