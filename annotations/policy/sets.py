"""Whose annotations may somebody see or change?"""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import F, Q, QuerySet

from annotations.models import (
    AnnotationSet,
    Comment,
    Membership,
    Project,
    Role,
    SetKind,
)
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.policy.judging import may_judge
from annotations.policy.roles import Person, at_least, role_in
from annotations.states import FINISHED

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Text(TypedDict):
        text_sha256: str

    LockedSet = WithAnnotations[AnnotationSet, _Text]


def attended_sets(user: Person) -> QuerySet[AnnotationSet]:
    """The person's own sets, and all sets of projects they review or manage: what they work on and talk about."""
    return _sets(user, read_peers=False)


def visible_sets(user: Person) -> QuerySet[AnnotationSet]:
    """The sets whose annotations the person may read: those they attend to, and what peers have finished.

    That only where the project is not blind: else peers stay blind to each other.
    """
    return _sets(user, read_peers=True)


def _sets(user: Person, *, read_peers: bool) -> QuerySet[AnnotationSet]:
    if not user.is_authenticated or not user.is_active:
        return AnnotationSet.objects.none()
    if user.is_superuser:
        return AnnotationSet.objects.all()
    memberships = Membership.objects.filter(user=user)
    mine = memberships.values("project")
    reviewed = memberships.filter(role__in=[Role.REVIEWER, Role.MANAGER]).values("project")
    found = Q(annotator=user, kind=SetKind.ANNOTATOR, project__in=mine) | Q(project__in=reviewed)
    if read_peers:
        seeing = memberships.filter(project__blind=False).values("project")
        found |= Q(project__in=seeing, kind=SetKind.ANNOTATOR, status__in=FINISHED)
    return AnnotationSet.objects.filter(found)


def own_sets(user: Person) -> QuerySet[AnnotationSet]:
    """The sets that the person annotates, in projects they are still a member of."""
    return attended_sets(user).filter(annotator=user.pk, kind=SetKind.ANNOTATOR)


def lock_set(user: Person, pk: int) -> "tuple[LockedSet, bool]":
    """Returns a set the person may see, locked for this transaction, and whether they may change it.

    The rules of `attended_sets` and `may_edit`, asked of one row with two queries; the set carries its article's
    `text_sha256`. Raises AnnotationSet.DoesNotExist.
    """
    rows = AnnotationSet.objects.select_for_update(of=("self",)).annotate(text_sha256=F("article__text_sha256"))
    found = rows.get(pk=pk)
    held = role_in(user, found.project_id)
    own = found.annotator_id == user.pk and found.kind == SetKind.ANNOTATOR
    if held is None or (held == Role.ANNOTATOR and not own and not visible_sets(user).filter(pk=pk).exists()):
        raise AnnotationSet.DoesNotExist
    return found, own or (found.kind == SetKind.GOLD and _may_write_gold(user, found))


def can_edit_scheme(user: Person, project: Project | int) -> bool:
    """Whether the person may change what can be said in a project, and what its guideline says: managers."""
    return role_in(user, project) == Role.MANAGER


def lock_for_scheme(user: Person, pk: int) -> "LockedSet":
    """Returns a set, locked for this transaction, to whoever may change its project's scheme.

    It carries its article's `text_sha256`. Raises AnnotationSet.DoesNotExist to all others.
    """
    rows = AnnotationSet.objects.select_for_update(of=("self",)).annotate(text_sha256=F("article__text_sha256"))
    found = rows.get(pk=pk)
    if not can_edit_scheme(user, found.project_id):
        raise AnnotationSet.DoesNotExist
    return found


def may_edit(user: Person, annotation_set: AnnotationSet) -> bool:
    """Whether the person may change these annotations: their annotator and, for gold, who may judge the article."""
    if annotation_set.kind == SetKind.GOLD:
        return _may_write_gold(user, annotation_set)
    return (
        annotation_set.kind == SetKind.ANNOTATOR
        and annotation_set.annotator_id == user.pk
        and role_in(user, annotation_set.project) is not None
    )


def _may_write_gold(user: Person, gold: AnnotationSet) -> bool:
    """Whether the person may change a gold set: who may judge the article, unless somebody else adjudicates it."""
    return gold.annotator_id in (None, user.pk) and may_judge(user, gold.project, gold.article_id)


def spreadable_sets(user: Person, project: Project | int) -> QuerySet[AnnotationSet]:
    """The person's own open sets of a project: where they may put the same label on the same words at once."""
    return own_sets(user).filter(project=project, status__in=OPEN_STATUSES)


OWN, GOLD, EVERYONE = "own", "gold", "everyone"


def readable_work(user: Person, project: Project) -> tuple[str, ...]:
    """Whose annotations the person may look through across a project; annotators are blind to each other's."""
    if role_in(user, project) is None:
        return ()
    return (OWN, GOLD, EVERYONE) if at_least(Role.REVIEWER, user, project) else (OWN,)


def work_of(user: Person, project: Project, whose: str) -> QuerySet[AnnotationSet]:
    """The sets of a project that hold the work asked for: one's own, gold, or that of all annotators."""
    rows = AnnotationSet.objects.filter(project=project)
    if whose not in readable_work(user, project):
        return rows.none()
    if whose == OWN:
        return rows.filter(kind=SetKind.ANNOTATOR, annotator=user.pk)
    return rows.filter(kind=SetKind.GOLD if whose == GOLD else SetKind.ANNOTATOR)


def may_resolve(user: Person, annotation_set: AnnotationSet) -> bool:
    """Whether the person may close and reopen threads of a set: its annotator, reviewers and managers."""
    return at_least(Role.REVIEWER, user, annotation_set.project) or (
        annotation_set.annotator_id == user.pk and role_in(user, annotation_set.project) is not None
    )


def may_rewrite(user: Person, comment: Comment) -> bool:
    """Whether the person may change the words of a comment: who wrote it, as long as it stands."""
    return comment.author_id is not None and comment.author_id == user.pk and comment.deleted_at is None


def may_delete_comment(user: Person, comment: Comment) -> bool:
    """Whether the person may take a comment away: who wrote it, and managers."""
    return may_rewrite(user, comment) or at_least(Role.MANAGER, user, comment.annotation_set.project)
