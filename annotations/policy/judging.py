"""Who may move work on, review, assign and adjudicate?"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from annotations.models import (
    AnnotationSet,
    Project,
    ProjectArticle,
    Role,
    SetKind,
    SetStatus,
)
from annotations.policy.roles import RANK, Person, at_least, role_in
from annotations.states import Actor


def actors_of(user: Person, annotation_set: AnnotationSet) -> set[Actor]:
    """Returns as whom the person may move the work on a set: none, one or several of the roles transitions name.

    Where the project keeps reviewers and authors apart, whoever annotated the article does not judge it.
    """
    return actors_on(user, annotation_set.project, [annotation_set])[annotation_set.pk]


def actors_on(user: Person, project: Project, sets: Collection[AnnotationSet]) -> dict[int, set[Actor]]:
    """Returns what `actors_of` says of each of several sets of one project, by their ids, with two queries for all."""
    held = role_in(user, project)
    judges = held is not None and RANK[Role(held)] >= RANK[Role.REVIEWER]
    authored = _authored(user, project, {one.article_id for one in sets}) if judges else set()
    actors: dict[int, set[Actor]] = {one.pk: set() for one in sets}
    for one in sets if held is not None else ():
        if one.kind == SetKind.ANNOTATOR and one.annotator_id == user.pk:
            actors[one.pk].add(Actor.ANNOTATOR)
        if judges and one.article_id not in authored:
            actors[one.pk].add(Actor.REVIEWER)
        if held == Role.MANAGER:
            actors[one.pk].add(Actor.MANAGER)
    return actors


def _authored(user: Person, project: Project, articles: Collection[int]) -> set[int]:
    """Which of these articles the person annotates and, where the project's policy says so, does not judge."""
    if not project.reviewer_not_author:
        return set()
    own = AnnotationSet.objects.filter(project=project, article__in=articles, annotator=user.pk, kind=SetKind.ANNOTATOR)
    return set(own.exclude(status=SetStatus.GIVEN_BACK).values_list("article", flat=True))


def may_judge(user: Person, project: Project, article_id: int) -> bool:
    """Whether the person may review and adjudicate an article: a reviewer, and where policy says so not its author."""
    return can_review(user, project) and article_id not in _authored(user, project, [article_id])


def can_review(user: Person, project: Project) -> bool:
    """Whether the person may look through what was handed in, and judge what they did not annotate themselves."""
    return at_least(Role.REVIEWER, user, project)


def can_assign(user: Person, project: Project) -> bool:
    """Whether the person may give articles to people, take them away and say what goes first."""
    return at_least(Role.MANAGER, user, project)


def can_adjudicate(user: Person, project: Project) -> bool:
    """Whether the person may make gold from annotators' work: a reviewer; which articles says `judgeable`."""
    return at_least(Role.REVIEWER, user, project)


def judgeable(user: Person, project: Project) -> QuerySet[ProjectArticle]:
    """The places of the articles that the person may adjudicate: the rule of `may_judge` for a whole project."""
    rows = ProjectArticle.objects.filter(project=project)
    if not can_adjudicate(user, project):
        return rows.none()
    own = AnnotationSet.objects.filter(
        project=project, article=OuterRef("article"), annotator=user.pk, kind=SetKind.ANNOTATOR
    ).exclude(status=SetStatus.GIVEN_BACK)
    return rows.exclude(Exists(own)) if project.reviewer_not_author else rows
