"""Somebody else is signed in where a person's page asks: they are told who, and make room or go on."""

import re

import pytest
from django.test import Client

from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
ASKED = "/login/again/?next=/sets/5/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_whoever_is_signed_in_makes_room_and_the_next_comes_to_the_page_that_asked(cast: Cast) -> None:
    client = Client()
    assert client.get(ASKED).headers["Location"] == "/login/?next=%2Fsets%2F5%2F"
    client.force_login(cast.reviewer)
    door = client.get(ASKED).content.decode().split('class="door"')[1]
    assert "<bdi>reviewer</bdi>" in door
    assert 'href="/sets/5/"' in door
    (following,) = re.findall('name="next" value="([^"]+)"', door)
    left = client.post("/logout/", {"next": following})
    assert left.headers["Location"] == "/login/?next=%2Fsets%2F5%2F"
    sent = {"username": "annotator", "password": "annotator", "next": "/sets/5/"}
    assert client.post("/login/", sent).headers["Location"] == "/sets/5/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(cast: Cast, elsewhere: str) -> None:
    client = Client()
    client.force_login(cast.reviewer)
    page = client.get("/login/again/", {"next": elsewhere})
    assert (page.context["next"], page.context["sign_in"]) == ("/", "/login/?next=%2F")
