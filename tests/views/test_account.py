"""«My account»: the password is changed, a token made, shown once, used and taken back."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from annotations.actions import tokens
from annotations.actions.tokens import make_token
from annotations.models import ApiToken
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ACCOUNT = "/account/"


@pytest.fixture
def client() -> Client:
    make_user("sara", language="en")
    client = Client()
    assert client.login(username="sara", password="sara")
    return client


def opens(text: str) -> int:
    return Client(headers={"authorization": f"Token {text}"}).get("/api/v1/projects/").status_code


def form(client: Client, name: str, days: str) -> dict[str, str]:
    """The form of a new token, filled in."""
    (sheet,) = re.findall(r'name="sheet" value="([^"]+)"', client.get(ACCOUNT).content.decode())
    return {"make": "", "sheet": sheet, "name": name, "days": days}


def test_a_token_is_shown_once_kept_nowhere_opens_the_api_and_is_taken_back(client: Client) -> None:
    sent = form(client, "خروجی شبانه", "30")
    shown = client.post(ACCOUNT, sent)
    (text,) = set(re.findall(r'data-copy="([^"]+)"', shown.content.decode()))
    assert "no-store" in shown["Cache-Control"]
    assert text not in str(dict(client.session))
    assert sent["sheet"] not in shown.content.decode()
    again = client.post(ACCOUNT, sent, follow=True).content.decode()
    assert "has made its token already" in again
    assert text not in again
    made = ApiToken.objects.get()
    assert timedelta(days=29) < made.token.expiry - timezone.now() <= timedelta(days=30)
    assert opens(text) == 200
    listed = client.get(ACCOUNT).content.decode()
    assert "خروجی شبانه" in listed
    assert made.token.token_key[:8] in listed
    assert client.post(f"{ACCOUNT}tokens/{made.pk}/revoke/").status_code == 302
    assert opens(text) == 401
    assert not AuthToken.objects.exists()


def test_a_form_whose_sheet_is_lost_gets_another(client: Client) -> None:
    refused = client.post(ACCOUNT, {"make": "", "name": "one", "days": "30"})
    assert refused.status_code == 422
    (sheet,) = re.findall(r'name="sheet" value="([^"]+)"', refused.content.decode())
    assert client.post(ACCOUNT, {"make": "", "sheet": sheet, "name": "one", "days": "30"}).status_code == 200


def test_nobody_takes_back_the_token_of_another(client: Client) -> None:
    made, text = make_token(make_user("mina"))
    assert client.post(f"{ACCOUNT}tokens/{made.pk}/revoke/").status_code == 404
    assert opens(text) == 200
    assert text[:8] not in client.get(ACCOUNT).content.decode()


def test_who_has_very_many_tokens_makes_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
    assert client.post(ACCOUNT, form(client, "one", "")).status_code == 200
    assert "without an end" in client.get(ACCOUNT).content.decode()
    refused = client.post(ACCOUNT, form(client, "two", ""))
    assert refused.status_code == 422
    assert "You have 1 tokens already." in refused.content.decode()
    ApiToken.objects.get().token.__class__.objects.update(expiry=timezone.now() - timedelta(days=1))
    assert client.post(ACCOUNT, form(client, "two", "")).status_code == 200
    assert list(ApiToken.objects.values_list("name", flat=True)) == ["two"]


def test_a_token_that_has_ended_opens_nothing(client: Client) -> None:
    made, text = make_token(make_user("mina"), days=1)
    AuthToken.objects.filter(pk=made.token_id).update(expiry=timezone.now() - timedelta(seconds=1))
    assert opens(text) == 401


def test_the_password_is_changed_here_and_asked_for_elsewhere(client: Client) -> None:
    elsewhere = Client()
    assert elsewhere.login(username="sara", password="sara")
    new = {"new_password1": "باران-در-گیلان", "new_password2": "باران-در-گیلان"}
    wrong = client.post(ACCOUNT, {"change": "", "old_password": "no"} | new)
    assert (wrong.status_code, Client().login(username="sara", password="sara")) == (422, True)
    assert client.post(ACCOUNT, {"change": "", "old_password": "sara"} | new).status_code == 302
    assert client.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert Client().login(username="sara", password="باران-در-گیلان")


def test_a_token_needs_a_name_and_a_life_that_is_offered(client: Client) -> None:
    for said in ({"name": "", "days": "30"}, {"name": "x", "days": "31"}, {"name": "x", "days": "30", "sheet": "x"}):
        assert client.post(ACCOUNT, form(client, "x", "30") | said).status_code == 422
    assert not ApiToken.objects.exists()
