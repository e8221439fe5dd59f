"""Articles to people by hand: as evenly as may be, within the overlap, in one step that one undo takes back."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.actions.articles import add_article
from annotations.actions.assigning import PriorityUnfit, assign_many, preview, prioritise, take_away_many
from annotations.actions.assignments import NotAssignable, assign
from annotations.actions.batches import move_all, undo_batch
from annotations.actions.queue import next_article
from annotations.actions.stories import place_articles
from annotations.actions.transitions import NotYoursToMove, move
from annotations.models import AnnotationSet, Article, Membership, Project, ProjectArticle, StatusChange
from annotations.queries.assigning import Choice, share_out
from annotations.queries.invariants import broken_chains, broken_places
from annotations.records import SourceRecord
from tests.factories import TEXT, Cast, make_article, make_cast, perform, span_op

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_analyses")]


@pytest.fixture
def cast() -> Cast:
    return make_cast(overlap=2)


@pytest.fixture
def articles(cast: Cast) -> list[Article]:
    return [make_article(cast.project, f"{TEXT}\nخبر {at}") for at in range(5)]


def people(cast: Cast, *names: str) -> list[Membership]:
    return [cast.project.memberships.get(user__username=name) for name in names]


def load(cast: Cast) -> dict[str, int]:
    return dict(Counter(AnnotationSet.objects.values_list("annotator__username", flat=True)))


def test_articles_are_shared_out_evenly_and_one_undo_takes_it_back(cast: Cast, articles: list[Article]) -> None:
    both = people(cast, "annotator", "annotator2")
    planned = preview(cast.project, Choice(), both, each=1, by=cast.manager)
    assert planned.sets == 5
    batch, plan = assign_many(cast.project, Choice(), both, each=1, by=cast.manager)
    assert load(cast) == {"annotator": 3, "annotator2": 2}
    assert plan.load == planned.load
    assert set(StatusChange.objects.values_list("batch", "actor", "transition")) == {
        (batch.uid, cast.manager.pk, "assign")
    }
    assert not [*broken_places(), *broken_chains()]
    undone = undo_batch(cast.project, batch.uid, by=cast.manager)
    assert (undone.moved, undone.left) == (5, 0)
    assert not AnnotationSet.objects.exists()
    assert not [*broken_places(), *broken_chains()]
    # As if it had never been: the queue may hand them out to the same people.
    assert next_article(cast.project, by=cast.annotator).annotation_set.article == articles[0]


def test_an_undo_leaves_alone_what_somebody_has_begun(cast: Cast, articles: list[Article]) -> None:
    batch, _plan = assign_many(cast.project, Choice(), people(cast, "annotator"), each=1, by=cast.manager)
    begun = AnnotationSet.objects.get(article=articles[1])
    perform(begun, span_op(begun.article.text, "کیم جونگ اون"))
    undone = undo_batch(cast.project, batch.uid, by=cast.manager)
    assert (undone.moved, undone.left) == (4, 1)
    assert AnnotationSet.objects.get() == begun


def test_nobody_gets_an_article_twice_and_no_article_more_people_than_k(cast: Cast, articles: list[Article]) -> None:
    assign(cast.project, articles[0], annotator=cast.annotator)
    for person in (cast.reviewer, cast.manager):
        assign(cast.project, articles[1], annotator=person)
    all_three = people(cast, "annotator", "annotator2", "reviewer")
    _batch, plan = assign_many(cast.project, Choice(), all_three, each=3, by=cast.manager)
    assert (plan.sets, plan.full, plan.nobody) == (7, 1, 0)
    assert set(ProjectArticle.objects.values_list("taken", flat=True)) == {2}
    _batch, plan = assign_many(cast.project, Choice(), all_three, each=3, by=cast.manager)
    assert (plan.sets, plan.full) == (0, 5)


@given(
    taken=st.lists(st.integers(0, 4), max_size=30), heads=st.integers(0, 5), each=st.integers(1, 6),
    overlap=st.integers(1, 4),
)  # fmt: skip
def test_shares_are_even_and_keep_to_the_overlap(taken: list[int], heads: int, each: int, overlap: int) -> None:
    project = Project(overlap=overlap)
    rows = [ProjectArticle(project=project, article_id=at, taken=n) for at, n in enumerate(taken)]
    crew = [Membership(pk=at, user_id=at, pseudonym=f"a-{at}") for at in range(heads)]
    plan = share_out(project, rows, crew, each=each, had=set())
    for place, chosen in plan.shares:
        assert len({one.pk for one in chosen}) == len(chosen) == min(each, overlap - place.taken, heads) > 0
    loads = [plan.load[one.pk] for one in crew]
    assert not loads or max(loads) - min(loads) <= 1
    assert len(plan.shares) + plan.full + plan.nobody == len(rows)


def test_a_choice_narrows_by_outlet_day_number_and_story(cast: Cast, articles: list[Article]) -> None:
    body = " ".join(f"واژهٔ {number}" for number in range(80))
    source = SourceRecord("ایسنا", "")
    of_isna = add_article(cast.project, text=f"یک\n\n{body}", by=None, source=source, published_at="2024-05-03")
    copy = add_article(cast.project, text=f"دو\n\n{body}", by=None, published_at="2024-06-03")
    place_articles([of_isna.pk, copy.pk])

    def chosen(**fields: object) -> list[int]:
        return [place.article_id for place in Choice(**fields).places(cast.project)]

    assert chosen(source="ایسنا") == [of_isna.pk]
    assert chosen(since="1403/3/1") == [copy.pk]
    assert chosen(since="2024-05-03", until="2024-05-03") == [of_isna.pk]
    assert chosen(story=copy.pk) == [of_isna.pk, copy.pk]
    assert chosen(story=articles[0].pk) == [articles[0].pk]
    assert chosen(first=articles[1].pk, last=articles[3].pk) == [one.pk for one in articles[1:4]]
    assert chosen(first=articles[1].pk, last=articles[3].pk, without=(articles[2].pk,), most=1) == [articles[1].pk]
    assert chosen(articles=(copy.pk, articles[4].pk)) == [articles[4].pk, copy.pk]


def test_work_is_taken_away_in_one_step_and_given_again_by_its_undo(cast: Cast, articles: list[Article]) -> None:
    works = [assign(cast.project, one, annotator=cast.annotator) for one in articles[:3]]
    perform(works[0], span_op(works[0].article.text, "کیم جونگ اون"))
    move(works[1], "submit", by=cast.annotator)
    batch = take_away_many(cast.project, Choice(), people(cast, "annotator"), by=cast.manager)
    assert set(batch.moved) == {works[0].pk, works[2].pk}
    assert works[0].spans.count() == 1
    undone = undo_batch(cast.project, batch.uid, by=cast.manager)
    assert undone.moved == 2
    assert list(AnnotationSet.objects.order_by("pk").values_list("status", flat=True)) == [
        "in_progress", "submitted", "assigned"
    ]  # fmt: skip
    assert not [*broken_places(), *broken_chains()]


def test_what_was_accepted_together_is_taken_back_together(cast: Cast, articles: list[Article]) -> None:
    works = [assign(cast.project, one, annotator=cast.annotator) for one in articles]
    for work in works[:4]:
        move(work, "submit", by=cast.annotator)
    batch = move_all(works, "accept", by=cast.reviewer)
    assert len(batch.moved) == 4
    assert [work.pk for work, _error in batch.refused] == [works[4].pk]
    move(works[0], "return", by=cast.reviewer, note="مرزها")
    with pytest.raises(NotYoursToMove):
        undo_batch(cast.project, batch.uid, by=cast.reviewer)
    undone = undo_batch(cast.project, batch.uid, by=cast.manager)
    assert (undone.moved, undone.left) == (3, 1)
    works[0].refresh_from_db()
    assert works[0].status == "returned"


def test_a_priority_moves_articles_to_the_front_of_the_queue(cast: Cast, articles: list[Article]) -> None:
    chosen = Choice(articles=(articles[3].pk,))
    assert prioritise(cast.project, chosen, 5, by=cast.manager)[1] == 1
    assert next_article(cast.project, by=cast.annotator).annotation_set.article == articles[3]
    with pytest.raises(PriorityUnfit):
        prioritise(cast.project, chosen, 101, by=cast.manager)


def test_priorities_come_back_where_nobody_has_set_others_since(cast: Cast, articles: list[Article]) -> None:
    prioritise(cast.project, Choice(articles=(articles[0].pk,)), 2, by=cast.manager)
    step, n = prioritise(cast.project, Choice(), 5, by=cast.manager)
    assert n == len(articles)
    prioritise(cast.project, Choice(articles=(articles[1].pk,)), -1, by=cast.manager)
    undone = undo_batch(cast.project, step.uid, by=cast.manager)
    assert (undone.moved, undone.left) == (len(articles) - 1, 1)
    places = ProjectArticle.objects.order_by("pk").values_list("priority", flat=True)
    assert list(places) == [2, -1] + [0] * (len(articles) - 2)
    assert undo_batch(cast.project, step.uid, by=cast.manager).moved == 0


def test_a_priority_that_was_given_again_since_stays(cast: Cast, articles: list[Article]) -> None:
    first, _n = prioritise(cast.project, Choice(articles=(articles[0].pk, articles[1].pk)), 5, by=cast.manager)
    for priority in (7, 5):
        prioritise(cast.project, Choice(articles=(articles[0].pk,)), priority, by=cast.manager)
    undone = undo_batch(cast.project, first.uid, by=cast.manager)
    assert (undone.moved, undone.left) == (1, 1)
    assert list(ProjectArticle.objects.order_by("pk").values_list("priority", flat=True)[:2]) == [5, 0]


def test_what_was_accepted_and_then_returned_is_accepted_again_by_the_undo(
    cast: Cast, articles: list[Article]
) -> None:
    work = assign(cast.project, articles[0], annotator=cast.annotator)
    move(work, "submit", by=cast.annotator)
    move(work, "accept", by=cast.reviewer)
    batch = move_all([work], "return", by=cast.reviewer, note="مرزها")
    undo_batch(cast.project, batch.uid, by=cast.manager)
    work.refresh_from_db()
    assert work.status == "accepted"
    assert not [*broken_places(), *broken_chains()]


def test_only_managers_assign(cast: Cast, articles: list[Article]) -> None:
    crew = people(cast, "annotator")
    for person in (cast.annotator, cast.reviewer, cast.outsider):
        for attempt in (
            lambda person=person: assign_many(cast.project, Choice(), crew, each=1, by=person),
            lambda person=person: preview(cast.project, Choice(), crew, each=1, by=person),
            lambda person=person: take_away_many(cast.project, Choice(), crew, by=person),
            lambda person=person: prioritise(cast.project, Choice(), 1, by=person),
        ):
            with pytest.raises(NotAssignable):
                attempt()
    assert not AnnotationSet.objects.exists()
