"""Who gets a token, how many, and one for each form that asks?"""

from uuid import uuid4

import pytest

from annotations.actions import tokens
from annotations.actions.tokens import TokenMade, TooManyTokens, make_token
from annotations.models import ApiToken
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_form_makes_one_token_however_often_it_is_sent() -> None:
    person, sheet = make_user("sara"), uuid4()
    make_token(person, name="one", sheet=sheet)
    with pytest.raises(TokenMade):
        make_token(person, name="one", sheet=sheet)
    make_token(person, name="a program's")
    make_token(person, name="a program's")
    assert list(ApiToken.objects.order_by("pk").values_list("name", flat=True)) == ["one", *["a program's"] * 2]


def test_nobody_has_more_tokens_than_one_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
    person = make_user("sara")
    make_token(person)
    with pytest.raises(TooManyTokens):
        make_token(person)
    make_token(make_user("mina"))
