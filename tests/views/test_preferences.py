"""What a person likes is kept with the account: what is known, and nothing else."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from annotations.models import User
from annotations.models.users import MOST_KEYS, validate_keys
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user("annotator")


def choose(user: User, **chosen: str) -> User:
    client = Client()
    client.force_login(user)
    said = client.post("/preferences/", chosen, headers={"X-Requested-With": "fetch"})
    assert said.status_code == 204
    user.refresh_from_db()
    return user


def test_keys_of_labels_come_together_and_go_one_by_one(user: User) -> None:
    choose(user, keys=json.dumps({"PER": "KeyP", "LOC": "Semicolon"}))
    assert choose(user, keys=json.dumps({"ORG": "Digit1"})).keys == {"PER": "KeyP", "LOC": "Semicolon", "ORG": "Digit1"}
    assert choose(user, keys=json.dumps({"PER": ""})).keys == {"LOC": "Semicolon", "ORG": "Digit1"}


@pytest.mark.parametrize(
    "said", ["", "{", "[]", "7", "null", '{"PER": "Escape"}', '{"PER": 3}', '{"PER": "KeyPP"}', '{"PER": ["KeyP"]}']
)
def test_what_is_no_key_changes_nothing(user: User, said: str) -> None:
    assert choose(user, keys=said, size="1").keys == {}
    assert user.reading == {"size": "1"}


def test_a_person_can_t_be_made_to_remember_without_end(user: User) -> None:
    for part in range(2):
        choose(user, keys=json.dumps({f"L{part}_{n}": "KeyP" for n in range(MOST_KEYS)}))
    assert len(user.keys) == MOST_KEYS
    validate_keys(user.keys)
    with pytest.raises(ValidationError):
        validate_keys(user.keys | {"MORE": "KeyP"})


def test_the_reading_and_the_signs_are_the_account_s(user: User) -> None:
    assert choose(user, text="even", signs="on").way_of_reading["text"] == "even"
    assert choose(user, text="upside-down").way_of_reading == user.way_of_reading | {"text": "even", "signs": "on"}


def test_nobody_is_nobody(user: User) -> None:
    assert Client().post("/preferences/", {"keys": '{"PER": "KeyP"}'}).status_code == 302
    user.refresh_from_db()
    assert user.keys == {}
