"""Numbers that nothing can have, in addresses and forms: is the page still there?"""

import pytest
from django.test import Client

from annotations.models import AnnotationSet, ProjectArticle
from tests.factories import Cast, make_article, make_cast, make_set

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_analyses")]
NUMBERS = ["²", "9" * 25, "9" * 5000]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.manager)
    return client


@pytest.mark.parametrize("number", NUMBERS)
def test_a_page_of_releases_before_none_is_the_first(manager: Client, number: str) -> None:
    assert manager.get("/projects/test/releases/", {"before": number}).status_code == 200


@pytest.mark.parametrize("number", NUMBERS)
def test_judging_sets_that_can_not_be_judges_none(cast: Cast, manager: Client, number: str) -> None:
    make_set(cast)
    assert manager.post("/projects/test/review/", {"do": "accept", "set": [number]}).status_code == 302
    assert not AnnotationSet.objects.filter(status="accepted").exists()


@pytest.mark.parametrize("number", NUMBERS)
def test_articles_that_can_not_be_are_not_left_out(manager: Client, number: str) -> None:
    assert manager.get("/projects/test/assign/", {"without": number}).status_code in (200, 422)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_priority_that_can_not_be_is_not_given(cast: Cast, manager: Client, number: str) -> None:
    make_article(cast.project)
    manager.post("/projects/test/assign/", {"do": "prioritise", "priority": number})
    assert not ProjectArticle.objects.exclude(priority=0).exists()
