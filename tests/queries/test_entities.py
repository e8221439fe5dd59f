"""The search of the knowledge base: by folded names, ranked for the mention at hand, blind where peers are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions.entities import create_entity
from annotations.actions.projects import create_project
from annotations.models import Entity
from annotations.queries.entities import WINDOW, search_entities
from tests.factories import Cast, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for key, name, label, more in (
        ("trump", "دونالد ترامپ", "PER", {"name_en": "Donald Trump", "external_id": "Q22686"}),
        ("tower", "ترامپ", "FAC", {}),
        ("melania", "ملانیا ترامپ", "PER", {}),
        ("tass", "تاس", "ORG", {"aliases": ["خبرگزاری تاس", "ایتار-تاس"]}),
    ):
        create_entity(cast.project, by=cast.manager, key=key, name=name, label=label, **more)
    return cast


def found(cast: Cast, query: str, **options: Any) -> list[str]:
    return [one["key"] for one in search_entities(cast.project, query, to=cast.annotator, **options)]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("trump", ["trump"]), ("Donald T", ["trump"]), ("خبرگزاري", ["tass"]), ("ایتار", ["tass"]),
        ("دونالدترامپ", ["trump"]), ("نالد", []), ("", []), ("«»\u200c", []),
    ],
)  # fmt: skip
def test_any_name_in_any_spelling_finds_it(cast: Cast, query: str, keys: list[str]) -> None:
    assert found(cast, query) == keys


def test_the_same_label_comes_first_then_the_exact_name(cast: Cast) -> None:
    assert found(cast, "ترامپ") == ["tower", "trump", "melania"]
    assert found(cast, "ترامپ", label="PER") == ["trump", "melania", "tower"]


def test_a_longer_mention_finds_the_name_it_ends_with(cast: Cast) -> None:
    assert found(cast, "رئیس جمهور دونالد ترامپ", label="PER") == ["trump", "tower"]


def test_the_more_mentioned_comes_first(cast: Cast) -> None:
    text = "ملانیا ترامپ آمد"
    perform(make_set(cast, text), span_op(text, "ملانیا ترامپ", entity="melania"))
    assert found(cast, "ترامپ", label="PER")[0] == "melania"
    (first, *_rest) = search_entities(cast.project, "ترامپ", to=cast.annotator, label="PER")
    assert first["mentions"] == 1
    # A peer does not hear of it.
    (first, *_rest) = search_entities(cast.project, "ملانیا", to=cast.annotator2)
    assert first["mentions"] == 0


def test_what_is_linked_is_found_among_very_many(cast: Cast) -> None:
    text = "تراوا آمد"
    create_entity(cast.project, by=cast.manager, key="last", name="تراوا")
    for at in range(WINDOW + 20):
        create_entity(cast.project, by=cast.manager, key=f"x{at}", name=f"ترا {at}")
    assert "last" not in found(cast, "تر", limit=50)
    perform(make_set(cast, text), span_op(text, "تراوا", entity="last"))
    assert found(cast, "تر")[0] == "last"


def test_another_project_s_entities_are_not_there(cast: Cast) -> None:
    other = create_project(title="دیگر", slug="other", by=cast.manager, preset="news-fa")
    create_entity(other, by=cast.manager, key="trump", name="دونالد ترامپ")
    assert len(found(cast, "دونالد")) == 1


def test_the_number_of_queries_does_not_grow_with_what_is_found(cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        found(cast, "ترامپ")
    for at in range(30):
        create_entity(cast.project, by=cast.manager, key=f"x{at}", name=f"ترامپ {at}", aliases=[f"ترامپ دیگر {at}"])
    with CaptureQueriesContext(connection) as many:
        assert len(found(cast, "ترامپ", limit=50)) == 33
    assert len(many) == len(few) == 5
    assert Entity.objects.count() == 34
