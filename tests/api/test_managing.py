"""Settings, members, webhooks and notifications over the API."""

import json
from typing import Any

import pytest
from django.test import Client

from annotations.actions.transitions import move
from annotations.models import Membership, Project, Role, Webhook
from tests.factories import Cast, make_article, make_cast, make_set

pytestmark = pytest.mark.django_db
BASE = "/api/v1/projects/test"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def call(name: str, method: str, path: str, body: Any = None) -> Any:
    client = Client(headers={"accept-language": "en"})
    assert client.login(username=name, password=name)
    return client.generic(method, path, "" if body is None else json.dumps(body), content_type="application/json")


def test_settings_say_what_a_change_would_do_before_and_after(cast: Cast) -> None:
    make_article(cast.project)
    told = call("manager", "PATCH", f"{BASE}/settings/?preview=true", {"overlap": 3}).json()
    assert told["changes"] == {"overlap": [1, 3]}
    assert [(one["field"], one["code"], one["n"]) for one in told["consequences"]] == [("overlap", "slots_new", 2)]
    assert Project.objects.get().overlap == told["settings"]["overlap"] == 1
    done = call("manager", "PATCH", f"{BASE}/settings/", {"overlap": 3, "deadline": "2026-04-04", "archived": True})
    assert done.json()["settings"] == call("manager", "GET", f"{BASE}/settings/").json()
    project = Project.objects.get()
    assert (project.overlap, str(project.deadline), project.archived_at is not None) == (3, "2026-04-04", True)


WRONG = [
    {"overlap": 0}, {"threshold": 2}, {"queue_order": "luck"}, {"title": ""}, {"deadline": "0001-01-01"},
    {"deadline": "9999-12-31"}, {"description": "ب" * 2001},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_settings_that_can_not_be_change_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    answer = call("manager", "PATCH", f"{BASE}/settings/", {"blind": False} | wrong)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(wrong)
    assert Project.objects.get().blind


def test_members_join_change_and_leave(cast: Cast) -> None:
    joined = call("manager", "POST", f"{BASE}/members/", {"user": "outsider", "role": "annotator"})
    assert (joined.status_code, joined.json()["user"], joined.json()["open"]) == (201, "outsider", 0)
    assert call("manager", "POST", f"{BASE}/members/", {"user": "outsider", "role": "annotator"}).status_code == 409
    assert call("manager", "POST", f"{BASE}/members/", {"user": "ghost", "role": "annotator"}).status_code == 422
    changed = call("manager", "PATCH", f"{BASE}/members/outsider/", {"role": "reviewer"}).json()
    assert (changed["role"], changed["pseudonym"]) == ("reviewer", joined.json()["pseudonym"])
    make_set(cast)
    assert call("manager", "DELETE", f"{BASE}/members/annotator/").json() == {"given_back": 1}
    assert call("manager", "DELETE", f"{BASE}/members/annotator/").status_code == 404
    last = call("manager", "DELETE", f"{BASE}/members/manager/")
    assert (last.status_code, last.json()["title"]) == (409, "last_manager")
    assert [one["user"] for one in call("manager", "GET", f"{BASE}/members/").json()] == [
        "manager", "outsider", "reviewer", "annotator2",
    ]  # fmt: skip
    assert Membership.objects.get(user=cast.outsider).role == Role.REVIEWER


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_name_that_holds_nul_is_nobodys(cast: Cast, method: str) -> None:
    assert call("manager", method, f"{BASE}/members/a%00b/", {"role": "reviewer"}).status_code == 404


def test_webhooks_show_their_secret_once(cast: Cast) -> None:
    made = call("manager", "POST", f"{BASE}/webhooks/", {"url": "https://example.org/h", "events": ["set.moved"]})
    assert made.status_code == 201
    hook = Webhook.objects.get()
    assert made.json()["secret"] == hook.secret
    assert "secret" not in call("manager", "GET", f"{BASE}/webhooks/{hook.pk}/").json()
    private = call("manager", "POST", f"{BASE}/webhooks/", {"url": "gopher://x/"})
    assert (private.status_code, private.json()["title"]) == (422, "address_invalid")
    sent = call("manager", "POST", f"{BASE}/webhooks/{hook.pk}/ping/")
    assert (sent.status_code, sent.json()["state"]) == (202, "waiting")
    log = call("manager", "GET", f"{BASE}/webhooks/{hook.pk}/deliveries/").json()["results"]
    assert [(one["id"], one["event"], one["payload"]["type"]) for one in log] == [(sent.json()["id"], "ping", "ping")]
    call("manager", "PATCH", f"{BASE}/webhooks/{hook.pk}/", {"active": False})
    assert not Webhook.objects.get().active


def test_notifications_are_listed_filtered_and_read(cast: Cast) -> None:
    work = make_set(cast)
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="مرز")
    move(work, "submit", by=cast.annotator)
    move(work, "accept", by=cast.reviewer)
    rows = call("annotator", "GET", "/api/v1/notifications/").json()["results"]
    assert [(row["kind"], row["project"], row["annotation_set"], row["words"]) for row in rows] == [
        ("accepted", "test", work.pk, ""), ("returned", "test", work.pk, "مرز"),
    ]  # fmt: skip
    assert rows[0]["by"] == "reviewer"
    assert "<" not in rows[0]["sentence"]
    read = call("annotator", "POST", f"/api/v1/notifications/{rows[0]['id']}/read/").json()
    assert read["read_at"] is not None
    unread = call("annotator", "GET", "/api/v1/notifications/?unread=true").json()["results"]
    assert [row["kind"] for row in unread] == ["returned"]
    assert call("annotator", "POST", "/api/v1/notifications/read/").json() == {"read": 1}
