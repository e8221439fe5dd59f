"""Are texts analysed by the batch as they are one by one: each once, whole or not at all, for itself alone?"""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection

from annotations.actions import analyses
from annotations.actions.analyses import analyse, analyse_all
from annotations.jobs import analyses as jobs
from annotations.models import Analysis, Article
from annotations.text.analysed import Analysed, Written, analysed, written
from annotations.text.apart import NormaliserApart, NotNormalised
from tests.factories import Cast, make_article, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
BAD = "بد"


class Here(NormaliserApart):
    """Answers in this process, notes the batches, and fails at one text."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def all_of(self, texts: Sequence[str]) -> list[Written]:
        self.asked.append(list(texts))
        if BAD in texts:
            raise NotNormalised
        return [written(analysed(text)) for text in texts]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def make(cast: Cast, count: int) -> list[int]:
    return [make_article(cast.project, f"رسانههای {number} 👩‍👩‍👧‍👦").pk for number in range(count)]


def stored() -> list[tuple[Any, ...]]:
    fields = ("text_sha256", "engine", "normalised", "alignment", "tokens", "sentences")
    return list(Analysis.objects.order_by("text_sha256").values_list(*fields))


def test_a_batch_makes_what_is_made_one_by_one_in_one_question(cast: Cast) -> None:
    ids, here = make(cast, 7), Here()
    for pk in ids:
        analyse(pk)
    one_by_one = stored()
    Analysis.objects.all().delete()
    assert analyse_all(ids, normalise=here) == 7
    assert (stored(), len(here.asked)) == (one_by_one, 1)
    assert analyse_all(ids, normalise=here) == 0


def test_articles_with_one_text_are_one_in_a_batch(cast: Cast) -> None:
    ids, here = make(cast, 2), Here()
    twins = [Article.objects.create(text=Article.objects.get(pk=pk).text).pk for pk in ids]
    assert analyse_all([*twins, *ids], normalise=here) == 2
    assert len(here.asked[0]) == 2


def test_much_text_goes_in_parts_and_a_long_one_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyses, "MOST_TEXT", 10)
    texts = ["کوتاه", "دراز " * 9, "خرد", "ریز", "اندک", "باز"]
    here = Here()
    assert analyse_all([make_article(cast.project, text).pk for text in texts], normalise=here) == 6
    assert [len(part) for part in here.asked] == [1, 1, 3, 1]


def test_a_batch_that_can_not_be_stored_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = make(cast, 5)
    with monkeypatch.context() as patch:
        patch.setattr("django.db.models.query.QuerySet.delete", _fails)
        with pytest.raises(DatabaseError):
            analyse_all(ids)
    assert Analysis.objects.count() == 0
    assert analyse_all(ids) == 5


def _fails(rows: Any) -> None:
    raise DatabaseError("the disk is full")


def test_a_batch_takes_a_bounded_number_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    ids = make(cast, 40)
    with django_assert_max_num_queries(16):
        assert analyse_all(ids) == 40


def test_a_bad_text_in_a_batch_does_not_harm_its_neighbours(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Here()
    monkeypatch.setattr(jobs, "normaliser", here)
    make(cast, 8)
    make_article(cast.project, BAD)
    Article.objects.bulk_create(Article(text=f"پس از آن {n}", text_sha256=f"{n:064}", length=9) for n in range(8))
    jobs.analyse_missing.call()
    assert Analysis.objects.count() == 16
    assert not Analysis.objects.filter(text_sha256=Article.objects.get(text=BAD).text_sha256).exists()
    assert here.asked.count([BAD]) == 1
    assert max(map(len, here.asked)) > 1


def test_workers_with_the_same_batch_make_each_text_once(cast: Cast) -> None:
    ids = make(cast, 6)
    inside, leave = threading.Event(), threading.Event()
    asked: list[str] = []
    made: list[int] = []

    def slow(text: str) -> Analysed:
        asked.append(text)
        inside.set()
        assert leave.wait(20)
        return analysed(text)

    def run(mine: Sequence[int]) -> None:
        try:
            made.append(analyse_all(mine, normalise=slow))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(part,)) for part in (ids[:4], ids[:2:-1])]
    threads[0].start()
    assert inside.wait(20)
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join(60)
    assert len(asked) == len(set(asked)) == sum(made) == Analysis.objects.count() == 6
