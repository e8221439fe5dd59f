"""The queue, transitions and assignments by API: what is answered, and what is done once only."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from annotations.actions.assignments import assign
from annotations.models import AnnotationSet, Article, Project, ProjectArticle
from tests.factories import Cast, make_article, make_cast, make_set

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_analyses")]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def post(user: Any, path: str, **body: Any) -> tuple[int, Any]:
    client = Client()
    client.force_login(user)
    answer = client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json() if answer.content else None


def get(user: Any, path: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"/api/v1{path}").json()


def test_the_next_article_is_given_once_and_told_again(cast: Cast) -> None:
    articles = [make_article(cast.project, f"خبر {at}") for at in range(2)]
    path = "/projects/test/queue/next/"
    first = post(cast.annotator, path)
    again = post(cast.annotator, path)
    assert (first[0], again[0]) == (201, 200)
    assert first[1]["id"] == again[1]["id"]
    assert (first[1]["article"], first[1]["status"]) == (articles[0].pk, "assigned")
    status, other = post(cast.annotator, path, after=first[1]["id"])
    assert (status, other["article"]) == (201, articles[1].pk)
    assert post(cast.annotator2, path) == (204, None)
    assert post(cast.annotator2, path, after=first[1]["id"])[0] == 404
    assert post(cast.annotator, path, after="x")[0] == 422


def test_a_transition_tells_where_the_work_stands_and_is_done_once(cast: Cast) -> None:
    work = make_set(cast)
    path = f"/annotation-sets/{work.pk}/transitions/"
    offered = get(cast.annotator, f"/annotation-sets/{work.pk}/")["transitions"]
    assert [way["key"] for way in offered] == ["begin", "submit", "skip"]
    sent = {"id": str(uuid.uuid4()), "transition": "submit"}
    status, said = post(cast.annotator, path, **sent)
    assert (status, said["status"], said["transitions"]) == (200, "submitted", [])
    assert said["change"]["actor"] == work.pseudonym
    assert post(cast.annotator, path, **sent) == (status, said)
    assert work.warning_tallies.exists()
    status, said = post(cast.reviewer, path, transition="return", note="مرزها")
    assert (status, said["status"], said["change"]["actor"]) == (200, "returned", cast.reviewer.display_name)
    told = get(cast.annotator, path)["results"]
    assert [(one["transition"], one["note"]) for one in told] == [("return", "مرزها"), ("submit", ""), ("assign", "")]


@pytest.mark.parametrize(
    ("name", "body", "status", "code"),
    [
        ("reviewer", {"transition": "submit"}, 403, "not_yours_to_move"),
        ("annotator", {"transition": "accept"}, 403, "not_yours_to_move"),
        ("reviewer", {"transition": "accept"}, 409, "not_movable"),
        ("annotator", {"transition": "skip"}, 422, "note_needed"),
        ("annotator", {"transition": "skip", "reason": "no such"}, 422, "invalid"),
        ("annotator", {"transition": "fly"}, 422, "invalid"),
        ("annotator", {"transition": "skip", "note": "آ" * 4001}, 422, "invalid"),
        ("annotator", {"transition": "begin", "id": "x"}, 422, "invalid"),
    ],
)
def test_what_can_not_be_done_is_said(cast: Cast, name: str, body: dict[str, str], status: int, code: str) -> None:
    work = make_set(cast)
    answer = post(getattr(cast, name), f"/annotation-sets/{work.pk}/transitions/", **body)
    assert (answer[0], answer[1]["title"]) == (status, code)
    work.refresh_from_db()
    assert work.status == "assigned"


def test_whoever_begins_an_article_finds_no_slot_where_others_have_them(cast: Cast) -> None:
    work = make_set(cast)
    status, said = post(cast.annotator2, "/annotation-sets/", project="test", article=work.article_id)
    assert (status, said["title"]) == (409, "no_free_slot")


@pytest.fixture
def articles(cast: Cast) -> list[Article]:
    return [make_article(cast.project, f"خبر {at}") for at in range(4)]


def names(cast: Cast) -> list[str]:
    members = (cast.project.memberships.get(user=one) for one in (cast.annotator, cast.annotator2))
    return [one.pseudonym for one in members]


def test_articles_are_assigned_previewed_and_taken_back(cast: Cast, articles: list[Article]) -> None:
    people = names(cast)
    body = {"people": people, "articles": [one.pk for one in articles[:3]]}
    status, said = post(cast.manager, "/projects/test/assignments/", **body, preview=True)
    assert (status, said["batch"], said["people"]) == (200, None, {people[0]: 2, people[1]: 1})
    assert not AnnotationSet.objects.exists()
    status, said = post(cast.manager, "/projects/test/assignments/", **body)
    assert (said["sets"], AnnotationSet.objects.count()) == (3, 3)
    again = post(cast.manager, "/projects/test/assignments/", **body)[1]
    assert (again["sets"], again["full"]) == (0, 3)
    undone = post(cast.manager, f"/projects/test/batches/{said['batch']}/undo/")
    assert undone == (200, {"undone": 3, "left": 0})
    assert not AnnotationSet.objects.exists()


def test_work_is_taken_away_and_priorities_are_set(cast: Cast, articles: list[Article]) -> None:
    assign(cast.project, articles[0], annotator=cast.annotator)
    status, said = post(cast.manager, "/projects/test/assignments/take-away/", people=names(cast))
    assert (status, said["sets"]) == (200, 1)
    step = post(cast.manager, "/projects/test/priorities/", priority=9, articles=[articles[3].pk])[1]
    assert step["articles"] == 1
    assert ProjectArticle.objects.get(article=articles[3]).priority == 9
    assert post(cast.annotator, "/projects/test/queue/next/")[1]["article"] == articles[3].pk


@pytest.mark.parametrize("body", [{}, {"people": []}, {"people": ["nobody"]}, {"people": ["a"], "since": "no day"}])
def test_an_assignment_that_means_nothing_is_refused(cast: Cast, articles: list[Article], body: dict[str, Any]) -> None:
    if body.get("people") == ["a"]:
        body = body | {"people": names(cast)}
    assert post(cast.manager, "/projects/test/assignments/", **body)[0] == 422
    assert not AnnotationSet.objects.exists()


def test_given_back_work_is_exported_only_when_asked_for(cast: Cast) -> None:
    Project.objects.update(overlap=2)
    work = make_set(cast)
    post(cast.annotator, f"/annotation-sets/{work.pk}/transitions/", transition="skip", reason="hard")
    client = Client()
    client.force_login(cast.reviewer)
    address = "/api/v1/projects/test/export/count/"
    assert client.get(address).json()["sets"] == 0
    assert client.get(address, {"status": "given_back"}).json()["sets"] == 1
