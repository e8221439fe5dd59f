"""Who is handed what, in which order, and when does it come back?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.actions.articles import add_article
from annotations.actions.assignments import NotAssignable, assign, open_own_set
from annotations.actions.queue import next_article
from annotations.actions.ranks import forget_ranks, rank_places
from annotations.actions.slots import NoFreeSlot
from annotations.actions.stories import place_articles
from annotations.actions.timeouts import sweep
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Article, Project, ProjectArticle, QueueOrder, StatusChange, User, Visit
from annotations.queries.queue import waiting_for
from annotations.records import SourceRecord
from tests.factories import Cast, make_article, make_cast, uid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_analyses")]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def set_up(project: Project, **fields: Any) -> None:
    Project.objects.filter(pk=project.pk).update(**fields)
    project.refresh_from_db()


def make_articles(cast: Cast, number: int) -> list[Article]:
    return [make_article(cast.project, f"خبر {at}\n\nمتن خبر {at}") for at in range(number)]


def take(cast: Cast, by: User) -> Article | None:
    """Returns the article that the person is handed next; they hand it in at once."""
    handed = next_article(cast.project, by=by)
    if handed is None:
        return None
    move(handed.annotation_set, "submit", by=by)
    return handed.annotation_set.article


def take_all(cast: Cast, by: User) -> list[Article]:
    taken = []
    while (article := take(cast, by)) is not None:
        taken.append(article)
    return taken


def test_each_is_handed_each_article_once_and_no_more_than_k_people(cast: Cast) -> None:
    set_up(cast.project, overlap=2)
    articles = make_articles(cast, 3)
    assert take_all(cast, cast.annotator) == articles
    assert take_all(cast, cast.annotator2) == articles
    assert take_all(cast, cast.reviewer) == []
    assert set(ProjectArticle.objects.values_list("taken", flat=True)) == {2}


def test_a_larger_overlap_opens_slots_again_and_a_smaller_one_closes_them(cast: Cast) -> None:
    articles = make_articles(cast, 2)
    assert take_all(cast, cast.annotator) == articles
    assert take_all(cast, cast.annotator2) == []
    set_up(cast.project, overlap=3)
    assert take(cast, cast.annotator2) == articles[0]
    set_up(cast.project, overlap=1)
    assert take_all(cast, cast.annotator2) == []


def test_what_is_open_comes_before_what_waits_and_asking_again_answers_the_same(cast: Cast) -> None:
    make_articles(cast, 3)
    first = next_article(cast.project, by=cast.annotator)
    again = next_article(cast.project, by=cast.annotator)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.annotation_set == again.annotation_set
    other = next_article(cast.project, by=cast.annotator, after=first.annotation_set)
    assert other.annotation_set != first.annotation_set
    move(first.annotation_set, "submit", by=cast.annotator)
    move(first.annotation_set, "return", by=cast.reviewer, note="مرزها")
    assert next_article(cast.project, by=cast.annotator).annotation_set == first.annotation_set


def test_what_somebody_gave_back_goes_to_another_and_not_to_them(cast: Cast) -> None:
    first, second = make_articles(cast, 2)
    move(next_article(cast.project, by=cast.annotator).annotation_set, "skip", by=cast.annotator, reason="hard")
    assert take_all(cast, cast.annotator) == [second]
    assert take_all(cast, cast.annotator2) == [first]


def test_nobody_is_handed_what_a_newer_version_supersedes(cast: Cast) -> None:
    old, new = make_articles(cast, 2)
    Article.objects.filter(pk=new.pk).update(supersedes=old)
    assert take_all(cast, cast.annotator) == [new]


def test_work_that_came_in_under_ones_pseudonym_is_ones_own(cast: Cast) -> None:
    first, second = make_articles(cast, 2)
    set_up(cast.project, overlap=2)
    pseudonym = cast.project.memberships.get(user=cast.annotator).pseudonym
    AnnotationSet.objects.create(project=cast.project, article=first, pseudonym=pseudonym, status="submitted")
    assert take_all(cast, cast.annotator) == [second]


def test_where_annotators_take_nothing_themselves_only_what_was_assigned_is_next(cast: Cast) -> None:
    set_up(cast.project, self_assign=False)
    first, second = make_articles(cast, 2)
    assert next_article(cast.project, by=cast.annotator) is None
    assign(cast.project, second, annotator=cast.annotator)
    assert take_all(cast, cast.annotator) == [second]
    assert take_all(cast, cast.manager) == [first]


def test_a_stranger_is_handed_nothing(cast: Cast) -> None:
    make_articles(cast, 1)
    with pytest.raises(NotAssignable):
        next_article(cast.project, by=cast.outsider)


def test_whoever_chooses_an_article_takes_a_slot_too(cast: Cast) -> None:
    (article,) = make_articles(cast, 1)
    work = open_own_set(cast.project, article, by=cast.annotator)
    assert open_own_set(cast.project, article, by=cast.annotator) == work
    with pytest.raises(NoFreeSlot):
        open_own_set(cast.project, article, by=cast.annotator2)
    assert take_all(cast, cast.annotator2) == []


def dated(cast: Cast, *days: int | None, sources: str = "") -> list[Article]:
    made = []
    for at, day in enumerate(days):
        source = SourceRecord(sources[at], "") if sources else None
        published = day and datetime(2024, 5, day, tzinfo=UTC).isoformat()
        made.append(add_article(cast.project, text=f"خبر {at}", by=None, source=source, published_at=published))
    return made


def places(articles: list[Article], **values: list[Any]) -> None:
    for name, found in values.items():
        for article, value in zip(articles, found, strict=True):
            ProjectArticle.objects.filter(article=article).update(**{name: value})


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (QueueOrder.ADDED, [0, 1, 2, 3]), (QueueOrder.NEWEST, [2, 0, 1, 3]), (QueueOrder.SOURCE, [0, 2, 1, 3]),
        (QueueOrder.DISAGREEMENT, [3, 1, 0, 2]), (QueueOrder.UNCERTAINTY, [1, 0, 2, 3]),
    ],
)  # fmt: skip
def test_articles_go_out_in_the_projects_order(cast: Cast, order: str, expected: list[int]) -> None:
    articles = dated(cast, 5, 3, 9, None, sources="abab")
    articles[3].source = None
    articles[3].save()
    places(articles, agreement=[0.7, 0.5, None, 0.25], uncertainty=[0.1, 0.9, None, None])
    set_up(cast.project, queue_order=order)
    assert take_all(cast, cast.annotator) == [articles[at] for at in expected]


def test_what_has_a_priority_goes_first_and_what_is_added_later_finds_its_place(cast: Cast) -> None:
    articles = dated(cast, 5, 3, 9)
    set_up(cast.project, queue_order=QueueOrder.NEWEST, overlap=1)
    places(articles, priority=[0, 0, -1])
    assert take(cast, cast.annotator) == articles[0]
    late = add_article(cast.project, text="دیر", by=None, published_at=datetime(2024, 5, 7, tzinfo=UTC).isoformat())
    assert take_all(cast, cast.annotator) == [late, articles[1], articles[2]]


def test_another_order_or_other_facts_rank_the_articles_anew(cast: Cast) -> None:
    articles = dated(cast, 5, 3, 9)
    rank_places(cast.project)
    set_up(cast.project, queue_order=QueueOrder.DISAGREEMENT)
    places(articles, agreement=[0.7, 0.5, 0.9])
    assert take(cast, cast.annotator) == articles[1]
    places(articles, agreement=[0.7, 0.5, 0.1])
    forget_ranks([articles[2].pk], order=QueueOrder.DISAGREEMENT)
    assert take_all(cast, cast.annotator) == [articles[2], articles[0]]


def test_a_story_goes_out_together_also_once_it_has_grown(cast: Cast) -> None:
    set_up(cast.project, queue_order=QueueOrder.STORY)
    body = " ".join(f"واژهٔ {number}" for number in range(80))
    one, other = make_article(cast.project, f"یک\n\n{body}"), make_article(cast.project, "چیزی دیگر دربارهٔ فوتبال")
    place_articles([one.pk, other.pk])
    rank_places(cast.project)
    copy = make_article(cast.project, f"دو\n\n{body}")
    place_articles([copy.pk])
    assert take_all(cast, cast.annotator) == [one, copy, other]


def age(work: AnnotationSet, hours: int) -> None:
    AnnotationSet.objects.filter(pk=work.pk).update(updated_at=timezone.now() - timedelta(hours=hours))


def test_what_nobody_touched_goes_back_and_comes_again_last(cast: Cast) -> None:
    set_up(cast.project, timeout_hours=24)
    first, second = make_articles(cast, 2)
    work = next_article(cast.project, by=cast.annotator).annotation_set
    age(work, 25)
    assert next_article(cast.project, by=cast.annotator).annotation_set.article == second
    work.refresh_from_db()
    assert work.status == "given_back"
    assert StatusChange.objects.get(transition="expire").actor is None
    assert take_all(cast, cast.annotator) == [second, first]
    work.refresh_from_db()
    assert work.status == "submitted"


def test_what_another_took_meanwhile_does_not_come_again(cast: Cast) -> None:
    set_up(cast.project, timeout_hours=24)
    (article,) = make_articles(cast, 1)
    age(next_article(cast.project, by=cast.annotator).annotation_set, 25)
    assert take_all(cast, cast.annotator2) == [article]
    assert take_all(cast, cast.annotator) == []


@pytest.mark.parametrize("hours", [None, 24])
def test_only_what_is_open_old_and_looked_at_by_nobody_times_out(cast: Cast, hours: int | None) -> None:
    set_up(cast.project, timeout_hours=hours)
    young, read, done, old = [
        assign(cast.project, article, annotator=cast.annotator) for article in make_articles(cast, 4)
    ]
    move(done, "submit", by=cast.annotator)
    for work in (read, done, old):
        age(work, 25)
    Visit.objects.create(uid=uid(), user=cast.annotator, annotation_set=read, seconds=60)
    assert sweep(cast.project) == (1 if hours else 0)
    for work in (young, read, done, old):
        work.refresh_from_db()
    assert [work.status for work in (young, read, done)] == ["assigned", "assigned", "submitted"]
    assert old.status == ("given_back" if hours else "assigned")


def test_the_command_sweeps_all_projects(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(cast.project, timeout_hours=24)
    for article in make_articles(cast, 3):
        age(assign(cast.project, article, annotator=cast.annotator), 30)
    call_command("sweep")
    assert "3" in capsys.readouterr().out
    assert not AnnotationSet.objects.exclude(status="given_back").exists()


def test_the_next_article_costs_as_many_queries_whatever_lies_before_it(cast: Cast) -> None:
    counts = []
    for number in (3, 40):
        make_articles(cast, number)
        take_all(cast, cast.annotator)
        make_article(cast.project, f"پس از {number}")
        rank_places(cast.project)
        with CaptureQueriesContext(connection) as queries:
            next_article(cast.project, by=cast.annotator)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_the_queue_goes_down_its_index(cast: Cast) -> None:
    places_made = [ProjectArticle(project=cast.project, article=a, rank=a.pk) for a in _bare_articles(300)]
    ProjectArticle.objects.bulk_create(places_made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = waiting_for(cast.project, cast.annotator, pseudonym="a")[:1].explain()
    assert "project_article_in_queue" in plan, plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan
    assert "Sort" not in plan


def _bare_articles(number: int) -> list[Article]:
    from annotations.text.freeze import text_sha256

    texts = [f"خبر {at}" for at in range(number)]
    return Article.objects.bulk_create(
        Article(text=text, text_sha256=text_sha256(text), length=len(text), headline=text) for text in texts
    )
