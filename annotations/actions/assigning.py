"""How does a manager give articles to people by hand, take them away, and say what goes first? Many in one step."""

from collections.abc import Sequence

from annotations import policy
from annotations.actions.assignments import NotAssignable
from annotations.actions.batches import Batch, move_all
from annotations.actions.notices import tell_of_work
from annotations.actions.ranks import rank_places
from annotations.actions.slots import count_taken, lock_places
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import (
    AnnotationSet,
    Membership,
    PriorityStep,
    Project,
    ProjectArticle,
    SetStatus,
    StatusChange,
    User,
)
from annotations.queries.assigning import Choice, Plan, had_already, open_on, share_out

PRIORITIES = range(-100, 101)
HEAVY = ("article__text", "article__sections", "article__meta")  # a preview names articles, no more


class PriorityUnfit(NewsroomError):
    """Raised for a priority that is too high or too low."""

    def __init__(self) -> None:
        super().__init__(
            code="priority_unfit",
            message=gettext_noop("A priority is a whole number from {least} to {most}."),
            data={"least": PRIORITIES[0], "most": PRIORITIES[-1]},
        )


def preview(project: Project, choice: Choice, people: Sequence[Membership], *, each: int, by: User) -> Plan:
    """Returns what `assign_many` would do now, and does nothing. Raises NotAssignable, DayUnreadable."""
    _require(project, by)
    rank_places(project)
    places = list(choice.places(project).select_related("article").defer(*HEAVY))
    return share_out(project, places, people, each=each, had=had_already(project, places, people))


def assign_many(
    project: Project, choice: Choice, people: Sequence[Membership], *, each: int, by: User
) -> tuple[Batch, Plan]:
    """Gives the chosen articles to people in one step; returns its batch, which one undo takes back, and what was done.

    What others took since the preview is not given twice: it is planned again with the places locked.
    """
    _require(project, by)
    rank_places(project)
    batch = Batch()
    with write_turn():
        # Whoever was removed from the project since the page was opened is given nothing.
        members = Membership.objects.select_for_update(no_key=True).filter(pk__in=[person.pk for person in people])
        held = set(members.order_by("pk").values_list("pk", flat=True))
        people = [person for person in people if person.pk in held]
        order = {place.pk: at for at, place in enumerate(choice.places(project))}
        chosen = ProjectArticle.objects.filter(pk__in=order).values_list("article", flat=True)
        places = sorted(lock_places(project.pk, chosen), key=lambda place: order.get(place.pk, 0))
        plan = share_out(project, places, people, each=each, had=had_already(project, places, people))
        made = AnnotationSet.objects.bulk_create(
            AnnotationSet(
                project=project, article_id=place.article_id, annotator_id=person.user_id, pseudonym=person.pseudonym
            )
            for place, chosen_people in plan.shares
            for person in chosen_people
        )
        StatusChange.objects.bulk_create(
            StatusChange(
                annotation_set=work, transition="assign", source=SetStatus.ASSIGNED, target=SetStatus.ASSIGNED,
                actor=by, batch=batch.uid, at=work.created_at,
            )
            for work in made
        )  # fmt: skip
        count_taken(project.pk, {work.article_id for work in made})
        tell_of_work(made, by=by)
    batch.moved.extend(work.pk for work in made)
    return batch, plan


def take_away_many(project: Project, choice: Choice, people: Sequence[Membership], *, by: User) -> Batch:
    """Gives the open work of these people on the chosen articles back to the queue, in one step; it is kept."""
    _require(project, by)
    articles = [place.article_id for place in choice.places(project)]
    return move_all(open_on(project, articles, people).order_by("pk"), "take_away", by=by)


def prioritise(project: Project, choice: Choice, priority: int, *, by: User) -> tuple[PriorityStep, int]:
    """Says how early the queue hands the chosen articles out; returns the step, and how many articles they are.

    `undo_batch` takes the step back by its `uid`. Raises PriorityUnfit.
    """
    _require(project, by)
    if priority not in PRIORITIES:
        raise PriorityUnfit
    with write_turn():
        chosen = [place.article_id for place in choice.places(project)]
        places = lock_places(project.pk, chosen)
        before: dict[int, list[int]] = {}
        for place in places:
            if place.priority != priority:
                before.setdefault(place.priority, []).append(place.pk)
        step = PriorityStep.objects.create(project=project, after=priority, before=[*before.items()], by=by)
        ProjectArticle.objects.filter(pk__in=[place.pk for place in places]).update(priority=priority)
    return step, len(places)


def _require(project: Project, by: User) -> None:
    if not policy.can_assign(by, project):
        raise NotAssignable
