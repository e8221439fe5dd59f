"""API tokens in the admin: in one list, ours, from which they are taken back."""

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from knox.models import AuthToken

from annotations.actions.tokens import make_token
from annotations.models import ApiToken
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
LIST = "admin:annotations_apitoken_changelist"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def test_a_token_is_taken_back_and_the_others_stay(cast: Cast) -> None:
    (lost, _text), (kept, _other) = (make_token(cast.annotator, name=name) for name in ("گم‌شده", "مانده"))
    client = client_of(cast, "admin")
    page = client.post(reverse(LIST), {"action": "take_back", "_selected_action": [lost.pk]}, follow=True)
    assert "۱ توکن پس گرفته شد." in page.content.decode()
    assert list(AuthToken.objects.values_list("about__name", flat=True)) == [kept.name]


def test_only_who_may_delete_tokens_is_offered_to_take_them_back(cast: Cast) -> None:
    request = RequestFactory().get(reverse(LIST))
    offered = []
    for request.user in (cast.manager, cast.admin):
        offered.append("take_back" in admin.site.get_model_admin(ApiToken).get_actions(request))
    assert offered == [False, True]


def test_no_list_beside_ours_shows_them(cast: Cast) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:knox_authtoken_changelist")


@pytest.mark.parametrize("noun", ["revision", "annotationset", "article", "job", "statuschange"])
def test_no_list_counts_gregorian_months(cast: Cast, noun: str) -> None:
    html = client_of(cast, "admin").get(reverse(f"admin:annotations_{noun}_changelist")).content.decode()
    assert "change-list-date-hierarchy" not in html
