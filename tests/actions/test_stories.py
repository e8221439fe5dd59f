"""Do wire copies come together, the same whatever the order and the number of workers?"""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import permutations
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.actions import stories as placing
from annotations.actions.projects import add_member, create_project
from annotations.actions.stories import place_articles
from annotations.actions.turns import derived_turn
from annotations.models import Article, Role, StoryBand, StoryMember
from annotations.queries import alike
from annotations.queries.alike import Alike, Pairs
from annotations.queries.stories import other_versions, same_story, unplaced
from annotations.text.sketches import ALIKE, likeness, sketch
from bench.wire import EDITS, copy
from tests.factories import Cast, make_article, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = [f"واژهٔ{number}" for number in range(3000)]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def news(seed: int) -> str:
    """Returns a text of eight paragraphs unlike that of any other seed."""
    rng = random.Random(seed)
    return "\n\n".join([" ".join(rng.choices(WORDS, k=8)), *(" ".join(rng.choices(WORDS, k=40)) for _ in range(8))])


def make_copies(cast: Cast) -> dict[int, list[Article]]:
    """Stores three stories, each with three copies, mixed."""
    made: dict[int, list[Article]] = {seed: [] for seed in range(3)}
    for name in (None, "headline edited", "agency added", "headline, agency, two dropped"):
        for seed, articles in made.items():
            text = news(seed) if name is None else copy(random.Random(seed), news(seed), EDITS[name])
            articles.append(make_article(cast.project, text))
    return made


def stories() -> dict[int, int]:
    return dict(StoryMember.objects.values_list("article", "story"))


def expected(made: dict[int, list[Article]]) -> dict[int, int]:
    return {article.pk: articles[0].pk for articles in made.values() for article in articles}


def test_copies_are_one_story_named_by_its_first_article(cast: Cast) -> None:
    made = make_copies(cast)
    call_command("analyse")
    assert stories() == expected(made)
    assert list(unplaced()) == []


def test_the_order_and_the_batches_make_no_difference(cast: Cast) -> None:
    made = make_copies(cast)
    ids = [article.pk for articles in made.values() for article in articles]
    for seed in range(6):
        StoryMember.objects.all().delete()
        random.Random(seed).shuffle(ids)
        size = seed + 1
        for at in range(0, len(ids), size):
            place_articles(ids[at : at + size])
        assert stories() == expected(made)
        assert StoryBand.objects.count() == 25 * len(ids)


def test_a_chain_of_copies_is_one_story_in_any_order(cast: Cast) -> None:
    """The first and the last are not alike: what lies between joins them."""
    parts = news(7).split("\n\n")
    texts = ["\n\n".join(parts[at : at + 6]) for at in range(3)]
    chain = [make_article(cast.project, text) for text in texts]
    assert likeness(sketch(texts[0]), sketch(texts[2])) < max(ALIKE, 0.6)
    for order in permutations(chain):
        StoryMember.objects.all().delete()
        for article in order:
            place_articles([article.pk])
        assert len(set(stories().values())) == 1


def test_two_workers_at_once_make_the_same_stories(cast: Cast) -> None:
    made = make_copies(cast)
    ids = [article.pk for articles in made.values() for article in articles]
    failed: list[BaseException] = []

    def work(mine: list[int]) -> None:
        try:
            for pk in mine:
                place_articles([pk])
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(part,)) for part in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert stories() == expected(made)


def place_while(article: Article, happens: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Places an article; something happens when it has been compared, and before its turn."""

    @contextmanager
    def turn() -> Iterator[None]:
        monkeypatch.undo()
        happens()
        with derived_turn():
            yield

    monkeypatch.setattr(placing, "derived_turn", turn)
    place_articles([article.pk])


def test_a_copy_that_comes_in_while_an_article_is_compared_is_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_copies(cast)
    ids = {article.pk for articles in made.values() for article in articles}
    last = made[0][-1]
    place_while(last, lambda: [place_articles([pk]) for pk in ids - {last.pk}], monkeypatch)
    assert stories() == expected(made)


@pytest.mark.parametrize("gone", [0, 1])
def test_an_article_joins_its_story_whichever_copy_goes_while_it_is_compared(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, gone: int
) -> None:
    copies = [make_article(cast.project, news(0) + " و." * number) for number in range(3)]
    place_articles([copies[0].pk, copies[1].pk])
    place_while(copies[2], lambda: StoryMember.objects.filter(pk=copies[gone].pk).delete(), monkeypatch)
    assert stories() == {copies[1 - gone].pk: copies[0].pk, copies[2].pk: copies[0].pk}


def test_of_many_copies_the_earliest_are_compared_and_the_story_is_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = news(0)
    copies = [make_article(cast.project, text + " و." * number) for number in range(5)]
    compared: list[set[tuple[int, int]]] = []
    found = Alike._pairs

    def noted(self: Alike, sharing: Any) -> Pairs:
        pairs = found(self, sharing)
        compared.append({(pk, other) for pk, others in pairs.items() for other in others if pk != other})
        return pairs

    monkeypatch.setattr(alike, "MOST_CANDIDATES", 2)
    monkeypatch.setattr(Alike, "_pairs", noted)
    for article in copies:
        place_articles([article.pk])
    first, second, *rest = [article.pk for article in copies]
    assert compared == [set(), {(second, first)}, *({(pk, first), (pk, second)} for pk in rest)]
    assert set(stories().values()) == {first}


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_batches_make_no_difference_where_more_share_a_band_than_are_compared(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(alike, "MOST_CANDIDATES", 2)
    monkeypatch.setattr(alike, "bands", lambda made: [7])
    texts = [news(1), news(2), news(0), news(0) + " و."]
    ids = [make_article(cast.project, text).pk for text in texts]
    for at in range(0, len(ids), size):
        place_articles(ids[at : at + size])
    assert stories() == {pk: pk for pk in ids}


def test_a_version_stands_in_the_story_of_what_it_supersedes(cast: Cast) -> None:
    old = make_article(cast.project, news(1))
    new = make_article(cast.project, news(2))
    Article.objects.filter(pk=new.pk).update(supersedes=old)
    call_command("analyse")
    assert stories() == {old.pk: old.pk, new.pk: old.pk}


def test_a_person_sees_of_a_story_what_stands_in_their_projects(cast: Cast) -> None:
    made = make_copies(cast)
    first = made[0][0]
    other = create_project(title="دیگر", slug="other", by=cast.manager)
    elsewhere = make_article(other, copy(random.Random(9), news(0), EDITS["agency added"]))
    call_command("analyse")
    add_member(other, cast.reviewer, role=Role.REVIEWER)
    assert elsewhere not in same_story(cast.annotator, first)
    assert elsewhere in same_story(cast.reviewer, first)
    assert other_versions(cast.annotator, [first.pk]) == {first.pk: 3}
    assert other_versions(cast.reviewer, [first.pk]) == {first.pk: 4}
    client = Client()
    client.force_login(cast.annotator)
    page = client.get(reverse("article", args=[first.pk])).content.decode()
    assert "۳ نسخهٔ دیگر" in page
    assert reverse("article", args=[elsewhere.pk]) not in page
    assert "۳ نسخهٔ دیگر" in client.get(reverse("library")).content.decode()
