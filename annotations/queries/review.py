"""What waits for a reviewer? The sets of a project in one state, the longest waiting first, page by page."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotations import policy
from annotations.models import AnnotationSet, Project, SetKind, SetStatus, StatusChange, User
from annotations.queries.dashboard import Scope, people_names
from annotations.queries.transitions import moves
from annotations.states import FINISHED, Actor, State, Transition

PAGE = 50
OPEN, FOLLOWS = "open", "follows"
# What may still be adjudicated.
AHEAD = (SetStatus.SUBMITTED, SetStatus.ACCEPTED)
# The states a page of review shows, in the order of its tabs.
SHOWN = (
    State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.ADJUDICATED, State.IN_PROGRESS, State.ASSIGNED,
    State.GIVEN_BACK,
)  # fmt: skip


class Row(NamedTuple):
    """A set, the transition that brought it to where it is, and those open to the person who looks.

    `person` is how the reader knows its annotator, `by` who made that transition, `adjudication` whether the article is
    in adjudication (OPEN), will be once a second annotator has handed it in (FOLLOWS), or is not for that ("").
    """

    work: AnnotationSet
    change: StatusChange | None
    ways: dict[str, Transition]
    person: str
    by: str
    adjudication: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """One page of sets in a state, how many there are of each state, and where the next page begins."""

    rows: list[Row]
    counts: dict[str, int]
    following: str | None


def annotators_work(project: Project) -> QuerySet[AnnotationSet]:
    """The annotators' sets of a project, for those who review it."""
    return AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR)


def review_page(project: Project, user: User, *, state: str, annotator: str = "", begin: str = "") -> ReviewPage:
    """Reads a page of a project's sets in one state, of one annotator's pseudonym if named.

    `begin` is what the page before gave as `following`; what is none begins at the front.
    """
    rows = annotators_work(project)
    if annotator:
        rows = rows.filter(pseudonym=annotator)
    counts = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
    page = list(
        _behind(rows.filter(status=state), begin)
        .select_related("article__source", "annotator", "project")
        .defer("article__text", "article__sections", "article__meta", "project__guideline")
        .order_by("updated_at", "pk")[: PAGE + 1]
    )
    more, page = len(page) > PAGE, page[:PAGE]
    return ReviewPage(
        rows=_rows(page, project, user),
        counts={state: counts.get(state, 0) for state in SHOWN},
        following=_mark(page[-1]) if more else None,
    )


def people_shown(project: Project, user: User) -> list[tuple[str, str]]:
    """The pseudonyms of a project's people, each with what it is shown as, in that order: names to managers only."""
    names = people_names(Scope(project=project, by=user, whose=policy.EVERYONE))
    return sorted(names.items(), key=lambda one: one[1])


def _rows(page: list[AnnotationSet], project: Project, user: User) -> list[Row]:
    """Joins sets with their last changes and the ways on: of the rows of a page all are asked at once."""
    changes = StatusChange.objects.filter(annotation_set__in=page).select_related("actor").order_by("id")
    last = {change.annotation_set_id: change for change in changes}
    actors = policy.actors_on(user, project, page)
    after = _adjudications(project, page)
    found = []
    for work in page:
        change, named = last.get(work.pk), Actor.MANAGER in actors[work.pk]
        ways = {way.key: way for way in moves(actors[work.pk], work, change)}
        person = work.annotator.display_name if named and work.annotator else work.pseudonym
        said = after.get(work.article_id, "") if work.status in AHEAD else ""
        found.append(Row(work, change, ways, person, _mover(change, work, named=named), said))
    return found


def _adjudications(project: Project, page: list[AnnotationSet]) -> dict[int, str]:
    """Whether articles are in adjudication or will be, by how many annotators have them and have handed them in."""
    rows = annotators_work(project).filter(article__in=[work.article_id for work in page]).order_by()
    placed = rows.exclude(status=SetStatus.GIVEN_BACK).values_list("article")
    counted = placed.annotate(given=Count("pk"), done=Count("pk", filter=Q(status__in=FINISHED)))
    return {
        article: OPEN if done > 1 else FOLLOWS if max(given, project.overlap) > 1 else ""
        for article, given, done in counted
    }


def _mover(change: StatusChange | None, work: AnnotationSet, *, named: bool) -> str:
    """Who made a transition: by name, but the annotator of the work to whoever is not told theirs."""
    if change is None or change.actor is None:
        return ""
    hidden = not named and change.actor_id == work.annotator_id
    return work.pseudonym if hidden else change.actor.display_name


def next_to_review(project: Project, user: User, *, after: AnnotationSet) -> int | None:
    """Returns the set to review next, the longest waiting that the person may judge; None where all is done."""
    rows = judgeable(project, user).filter(status=SetStatus.SUBMITTED).exclude(pk=after.pk)
    return rows.order_by("updated_at", "pk").values_list("pk", flat=True).first()


def judgeable(project: Project, user: User) -> QuerySet[AnnotationSet]:
    """The annotators' sets that the person may judge: where policy says so, not on articles of their own."""
    rows = annotators_work(project) if policy.can_review(user, project) else AnnotationSet.objects.none()
    if not project.reviewer_not_author:
        return rows
    own = AnnotationSet.objects.filter(
        project=project, article=OuterRef("article"), annotator=user, kind=SetKind.ANNOTATOR
    )
    return rows.exclude(Exists(own.exclude(status=SetStatus.GIVEN_BACK)))


def _mark(work: AnnotationSet) -> str:
    return Signer(salt="review").sign(f"{work.updated_at.isoformat()} {work.pk}")


def _behind(rows: QuerySet[AnnotationSet], mark: str) -> QuerySet[AnnotationSet]:
    try:
        moment, pk = Signer(salt="review").unsign(mark).split(" ")
    except (BadSignature, ValueError):
        return rows
    at = datetime.fromisoformat(moment)
    return rows.filter(Q(updated_at__gt=at) | Q(updated_at=at, pk__gt=pk), updated_at__gte=at)
