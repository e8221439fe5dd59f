"""The knowledge base over the API: searched, enlarged, mended; by members only."""

from typing import Any

import pytest
from django.test import Client

from annotations.actions.entities import create_entity
from annotations.models import Entity
from tests.factories import Cast, make_cast, make_set

pytestmark = pytest.mark.django_db
URL = "/api/v1/projects/test/entities/"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    create_entity(cast.project, by=cast.manager, name="تاس", label="ORG", key="org-tass", aliases=["ایتارتاس"])
    return cast


def client(cast: Cast, name: str = "annotator") -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def send(client: Client, method: str, url: str, body: dict[str, Any]) -> Any:
    return getattr(client, method)(url, body, content_type="application/json")


def test_a_search_answers_with_names_and_numbers(cast: Cast) -> None:
    answer = client(cast).get(URL, {"q": "ايتار", "label": "ORG"}).json()
    assert answer == {
        "next": None,
        "previous": None,
        "results": [
            {
                "key": "org-tass", "label": "ORG", "name": "تاس", "name_en": "", "external_id": "",
                "aliases": ["ایتارتاس"], "learned": [], "mentions": 0,
            }
        ],
    }  # fmt: skip


def test_without_a_query_all_come_page_by_page(cast: Cast) -> None:
    for at in range(30):
        create_entity(cast.project, by=cast.manager, name=f"نام {at}", key=f"k{at}", label="PER")
    page = client(cast).get(URL, {"page_size": 20}).json()
    rest = client(cast).get(page["next"]).json()
    assert [len(page["results"]), len(rest["results"]), rest["next"]] == [20, 11, None]
    assert len(client(cast).get(URL, {"label": "ORG"}).json()["results"]) == 1


def test_a_new_entity_gets_a_key_of_its_own(cast: Cast) -> None:
    made = [send(client(cast), "post", URL, {"name": "ایسنا", "label": "ORG"}).json() for _ in range(2)]
    assert len({one["key"] for one in made}) == 2
    assert all(one["key"].startswith("org-") for one in made)
    assert Entity.objects.filter(created_by=cast.annotator).count() == 2


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "name"), ({"name": " "}, 422, "name"), ({"name": "x", "label": "CLAIM"}, 422, "label"),
        ({"name": "x", "key": "Ünicode"}, 422, "key"), ({"name": "x" * 301}, 422, "name"),
        ({"name": "x", "key": "org-tass"}, 409, None),
    ],
)  # fmt: skip
def test_what_can_t_be_made_says_why(cast: Cast, body: dict[str, Any], status: int, field: str | None) -> None:
    answer = send(client(cast), "post", URL, body)
    assert answer.status_code == status
    assert field is None or answer.json()["errors"][0]["field"] == field
    assert Entity.objects.count() == 1


def test_names_are_added_and_taken_away(cast: Cast) -> None:
    one = f"{URL}org-tass/"
    assert send(client(cast), "patch", one, {"add": ["خبرگزاری تاس"]}).json()["aliases"] == ["ایتارتاس", "خبرگزاری تاس"]
    refused = send(client(cast), "patch", one, {"remove": ["ایتارتاس"]})
    assert (refused.status_code, refused.json()["title"]) == (403, "not_your_knowledge")
    changed = send(client(cast, "reviewer"), "patch", one, {"remove": ["ایتارتاس"], "name": "تاسِ نو", "label": ""})
    assert [changed.json()[name] for name in ("name", "label", "aliases")] == ["تاسِ نو", "", ["خبرگزاری تاس"]]
    assert client(cast).get(URL, {"q": "ایتار"}).json()["results"] == []
    assert client(cast).get(URL, {"q": "تاس نو"}).json()["results"] != []


def test_what_one_sent_while_another_is_signed_in_is_refused(cast: Cast) -> None:
    answer = client(cast).post(
        URL, {"name": "x"}, content_type="application/json", headers={"X-Newsroom-Person": str(cast.manager.pk)}
    )
    assert (answer.status_code, answer.json()["title"]) == (403, "another_person")


def test_the_workspace_carries_only_what_is_linked(cast: Cast) -> None:
    work = make_set(cast)
    html = client(cast).get(f"/sets/{work.pk}/").content.decode()
    assert "org-tass" not in html
    assert '"entities": []' in html or '"entities":[]' in html
