"""Who may move the work on from where to where? Every transition from every state by everybody; words, slots."""

from collections.abc import Callable
from itertools import product

import pytest
from django.db import transaction

from annotations.actions.assignments import assign
from annotations.actions.slots import NoFreeSlot
from annotations.actions.transitions import (
    LONGEST_NOTE,
    ChangeIdTaken,
    NoteNeeded,
    NotMovable,
    NotYoursToMove,
    ReasonUnknown,
    move,
)
from annotations.errors import NewsroomError
from annotations.models import AnnotationSet, ProjectArticle, Revision, StatusChange
from annotations.queries.transitions import moves_of
from annotations.states import HOLDING, TRANSITIONS, Actor, State
from tests.factories import TEXT, Cast, make_article, make_cast, make_set, perform, span_op, uid

pytestmark = pytest.mark.django_db

WHO: dict[str, set[Actor]] = {
    "annotator": {Actor.ANNOTATOR}, "annotator2": set(), "reviewer": {Actor.REVIEWER},
    "manager": {Actor.REVIEWER, Actor.MANAGER}, "admin": {Actor.REVIEWER, Actor.MANAGER}, "outsider": set(),
    "program": {Actor.SYSTEM},
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast)


def tried(check: Callable[[], object]) -> type[NewsroomError] | None:
    """Does something, takes it back, and returns what was raised."""
    try:
        with transaction.atomic():
            check()
            transaction.set_rollback(True)
    except NewsroomError as error:
        return type(error)
    return None


@pytest.mark.parametrize("name", WHO)
@pytest.mark.parametrize("kind", ["annotator", "gold"])
def test_each_may_go_the_ways_of_the_table_and_no_other(cast: Cast, work: AnnotationSet, name: str, kind: str) -> None:
    by = getattr(cast, name, None)
    ProjectArticle.objects.update(taken=0)
    for key, state in product(TRANSITIONS, State):
        way = TRANSITIONS[key]
        AnnotationSet.objects.filter(pk=work.pk).update(status=state, kind=kind)
        work.refresh_from_db()
        actors = WHO[name] - ({Actor.ANNOTATOR} if kind == "gold" else set())
        raised = tried(lambda key=key, by=by: move(work, key, by=by, note="چرا"))
        if not actors & set(way.actors) or way.gold != (kind == "gold"):
            assert raised is NotYoursToMove, (key, state)
        elif state not in way.sources:
            assert raised is NotMovable, (key, state)
        else:
            assert raised is None, (key, state)
        work.refresh_from_db()
        if by is not None:
            offered = {way.key for way in moves_of(by, work)}
            assert (key in offered) == (raised is None), (key, state)


@pytest.mark.parametrize("state", State)
def test_a_slot_is_taken_exactly_while_the_set_holds_one(cast: Cast, work: AnnotationSet, state: State) -> None:
    for key, way in TRANSITIONS.items():
        if state not in way.sources or way.gold:
            continue
        AnnotationSet.objects.filter(pk=work.pk).update(status=state)
        place = ProjectArticle.objects.get(article=work.article_id)
        place.taken = int(state in HOLDING)
        place.save()
        with transaction.atomic():
            actor = {Actor.ANNOTATOR: cast.annotator, Actor.SYSTEM: None}.get(way.actors[0], cast.manager)
            change = move(work, key, by=actor, note="چرا")
            place.refresh_from_db()
            assert place.taken == int(way.target in HOLDING)
            assert (change.source, change.target, work.status) == (state, way.target, way.target)
            transaction.set_rollback(True)


def test_the_first_edit_begins_the_work_and_a_transition_is_written_down(cast: Cast, work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "کیم جونگ اون"))
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="  مرزها  ")
    said = StatusChange.objects.filter(annotation_set=work).values_list("transition", "source", "target", "note")
    assert list(said) == [
        ("assign", "assigned", "assigned", ""),
        ("begin", "assigned", "in_progress", ""),
        ("submit", "in_progress", "submitted", ""),
        ("return", "submitted", "returned", "مرزها"),
    ]
    assert Revision.objects.filter(annotation_set=work).count() == 1


@pytest.mark.parametrize(
    ("key", "words", "problem"),
    [
        ("skip", {}, NoteNeeded), ("skip", {"note": " "}, NoteNeeded), ("skip", {"reason": "other"}, NoteNeeded),
        ("skip", {"note": "آ" * (LONGEST_NOTE + 1)}, NoteNeeded), ("skip", {"reason": "no such"}, ReasonUnknown),
        ("submit", {"reason": "hard"}, ReasonUnknown), ("skip", {"reason": "hard"}, None),
        ("skip", {"reason": "other", "note": "👩‍👩‍👧‍👦"}, None), ("skip", {"note": "آ" * LONGEST_NOTE}, None),
    ],
)  # fmt: skip
def test_giving_back_wants_a_reason(
    cast: Cast, work: AnnotationSet, key: str, words: dict[str, str], problem: type[NewsroomError] | None
) -> None:
    assert tried(lambda: move(work, key, by=cast.annotator, **words)) is problem


def test_what_is_sent_again_is_not_done_again_however_late(cast: Cast, work: AnnotationSet) -> None:
    move(work, "submit", by=cast.annotator)
    sent = uid()
    first = move(work, "return", by=cast.reviewer, note="مرزها", uid=sent)
    move(work, "submit", by=cast.annotator)
    assert move(work, "return", by=cast.reviewer, note="مرزها", uid=sent) == first
    assert work.status == State.SUBMITTED
    with pytest.raises(ChangeIdTaken):
        move(work, "accept", by=cast.reviewer, uid=sent)
    with pytest.raises(ChangeIdTaken):
        move(work, "return", by=cast.manager, note="مرزها", uid=sent)


def test_work_is_taken_up_again_only_while_a_slot_is_free(cast: Cast, work: AnnotationSet) -> None:
    move(work, "skip", by=cast.annotator, reason="hard")
    other = assign(cast.project, work.article, annotator=cast.annotator2, within_overlap=True)
    for person in (cast.annotator, cast.manager):
        with pytest.raises(NoFreeSlot):
            move(work, "resume", by=person)
    move(other, "skip", by=cast.annotator2, reason="hard")
    move(work, "resume", by=cast.annotator)
    assert work.status == State.IN_PROGRESS


def test_what_a_manager_took_away_only_a_manager_gives_again(cast: Cast, work: AnnotationSet) -> None:
    move(work, "take_away", by=cast.manager)
    assert "resume" not in {way.key for way in moves_of(cast.annotator, work)}
    with pytest.raises(NotYoursToMove):
        move(work, "resume", by=cast.annotator)
    move(work, "resume", by=cast.manager)
    assert work.status == State.IN_PROGRESS


def test_reviewers_judge_no_article_of_their_own_unless_the_project_lets_them(cast: Cast) -> None:
    cast.project.overlap = 2
    cast.project.save()
    article = make_article(cast.project)
    works = [assign(cast.project, article, annotator=person) for person in (cast.annotator, cast.reviewer)]
    for work in works:
        move(work, "submit", by=work.annotator)
        with pytest.raises(NotYoursToMove):
            move(work, "accept", by=cast.reviewer)
    cast.project.reviewer_not_author = False
    cast.project.save()
    move(works[0], "accept", by=cast.reviewer)
    assert works[0].status == State.ACCEPTED
