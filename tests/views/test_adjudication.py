"""What do the pages of adjudication show before any script runs?"""

import json
import re

import pytest
from django.test import Client

from annotations.actions import adjudication
from annotations.actions.demonstration import load_demonstration
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Article, Project, SetKind, User
from tests.factories import make_cast, make_set, uid

pytestmark = pytest.mark.django_db
QUEUE = "/projects/demo/adjudication/"


@pytest.fixture
def article() -> Article:
    load_demonstration()
    return Article.objects.get(headline__startswith="استاندار: ")


def page_of(name: str, path: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=name))
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_queue_says_how_articles_get_there() -> None:
    make_set(make_cast())
    html = page_of("reviewer", "/projects/test/adjudication/")
    assert "اختلافی نمانده" in html
    assert "دو برچسب‌زن" in html
    assert "/projects/test/agreement/" in html


def test_the_text_bears_what_is_agreed_softly_and_what_is_decided_in_full(article: Article) -> None:
    path = f"{QUEUE}{article.pk}/"
    before = page_of("reviewer", path)
    assert "u0-soft-green" in before
    assert not re.search(r'class="s u0-(?!soft-)', before)
    project, reviewer = Project.objects.get(), User.objects.get(username="reviewer")
    adjudication.accept_agreed(project, article, by=reviewer, step=uid())
    after = page_of("reviewer", path)
    assert "u0-green" in after
    assert "soft-" not in re.sub(r"<script.*", "", after, flags=re.DOTALL)
    # The text itself is the published one.
    shown = re.sub(r"<[^>]+>", "", "".join(re.findall(r'<p id="p\d.*?</p>', after)))
    assert shown == "".join(article.text.split("\n"))


def test_the_page_s_data_are_what_the_api_says(article: Article) -> None:
    html = page_of("reviewer", f"{QUEUE}{article.pk}/")
    data = json.loads(re.search(r'<script id="adjudication-data"[^>]*>(.*?)</script>', html, re.DOTALL)[1])
    client = Client()
    client.force_login(User.objects.get(username="reviewer"))
    assert data["state"] == client.get(f"/api/v1/projects/demo/adjudication/{article.pk}/").json()
    # Nobody is called by name: numbers only.
    assert "آرزو" not in html
    assert "annotator2" not in html


def test_who_has_not_handed_in_is_named_by_number_and_who_gave_back_is_not_waited_for(article: Article) -> None:
    waiting, manager = AnnotationSet.objects.get(pseudonym="annotator3"), User.objects.get(username="manager")
    move(waiting, "reopen", by=manager)
    client = Client()
    client.force_login(User.objects.get(username="reviewer"))
    address = f"/api/v1/projects/demo/adjudication/{article.pk}/"
    state = client.get(address).json()
    assert len(state["missing"]) == 1
    assert [one["finished"] for one in state["annotators"]].count(False) == 1
    move(waiting, "take_away", by=manager)
    state = client.get(address).json()
    assert (state["missing"], len(state["annotators"])) == ([], 2)


def test_an_article_that_only_one_has_handed_in_has_no_page(article: Article) -> None:
    others = AnnotationSet.objects.filter(article=article, kind=SetKind.ANNOTATOR).exclude(pseudonym="annotator")
    for work in others:
        move(work, "reopen", by=User.objects.get(username="manager"))
    client = Client()
    client.force_login(User.objects.get(username="reviewer"))
    assert client.get(f"{QUEUE}{article.pk}/").status_code == 404
    assert client.get(f"{QUEUE}999999/").status_code == 404
