"""What does the API of adjudication say, and how does it refuse?"""

import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.actions.assignments import assign, submit
from annotations.actions.demonstration import load_demonstration
from annotations.actions.projects import add_member
from annotations.models import AnnotationSet, Article, Project, ProjectArticle, Role, SetKind, User
from annotations.queries.adjudication_queue import queue
from tests.factories import Cast, make_article, make_cast, make_user, perform, span_op

pytestmark = pytest.mark.django_db
API = "/api/v1/projects/demo/adjudication/"


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


class Caller:
    """A reviewer's client on the demonstration's article with three sets."""

    def __init__(self, name: str = "reviewer") -> None:
        self.client = client_of(name)
        self.article = Article.objects.get(headline__startswith="استاندار: ")
        self.url = f"{API}{self.article.pk}/"

    def state(self) -> dict[str, Any]:
        return self.client.get(self.url).json()

    def post(self, command: str, **body: Any) -> Any:
        said = json.dumps({"step": str(uuid.uuid4())} | body) if command in ("verdicts", "agreed") else json.dumps(body)
        return self.client.post(f"{self.url}{command}/", said, content_type="application/json")

    def decide(self, unit: dict[str, Any], *take: int, **more: Any) -> Any:
        keys = [unit["candidates"][at]["key"] for at in take]
        return self.post("verdicts", unit=unit["key"], seen=unit["seen"], take=keys, **more)


@pytest.fixture
def caller() -> Caller:
    load_demonstration()
    return Caller()


def test_the_queue_says_how_far_people_agree_and_how_much_is_undecided(caller: Caller) -> None:
    said = caller.client.get(API).json()
    assert said["following"] is None
    (row,) = said["rows"]
    assert (row["article"], row["differences"]) == (caller.article.pk, 9)
    assert row["agreement"] == pytest.approx((30 / 32 + 24 / 30 + 24 / 30) / 3)
    assert caller.client.get(API, {"which": "decided"}).json()["rows"] == []


def test_the_state_says_what_differs_who_says_it_and_what_leads(caller: Caller) -> None:
    state = caller.state()
    assert [unit["kind"] for unit in state["units"]] == [
        "article", "boundary", "missing", "label", "attribute", "relation", "relation", "missing", "missing",
    ]  # fmt: skip
    boundary = state["units"][1]
    numbers = [number for candidate in boundary["candidates"] for number in candidate["by"]]
    assert sorted(numbers) == [1, 2, 3]
    assert boundary["preselected"] == boundary["candidates"][0]["key"]
    assert boundary["pairs"] == pytest.approx(1 / 3)
    assert state["units"][7]["preselected"] == ""  # two of three saw nothing there
    assert state["agreed"] == {
        "all": 12, "pending": 12, "acceptable": 11,
        "labels": [
            {"group": "cue", "label": "CUE", "n": 1}, {"group": "entity", "label": "LOC", "n": 5},
            {"group": "entity", "label": "ORG", "n": 2}, {"group": "entity", "label": "PER", "n": 1},
            {"group": "expression", "label": "EXPRESSION", "n": 2},
        ],
    }  # fmt: skip
    assert (state["gold"], state["editable"], state["undo"]) == (None, True, False)
    assert all(mark["color"].startswith("soft-") for mark in state["marks"])


def test_a_decision_changes_the_state_that_is_answered(caller: Caller) -> None:
    unit = caller.state()["units"][3]
    after = caller.decide(unit, 1, error_type="edge_case", note="نشست است").json()
    decided = after["units"][3]
    assert decided["verdict"] == {
        "take": [unit["candidates"][1]["key"]], "values": [unit["candidates"][1]["value"]], "own": False,
        "error_type": "edge_case", "note": "نشست است", "dated": False,
    }  # fmt: skip
    assert [mark["label"] for mark in after["marks"] if not mark["color"].startswith("soft-")] == ["EVE"]
    undone = caller.post("undo").json()
    assert (undone["undone"], undone["units"][3]["verdict"]) == (unit["key"], None)


def test_the_state_names_the_step_that_is_taken_back_next_and_sent_twice_only_that_one_goes(caller: Caller) -> None:
    assert caller.state()["undo_step"] is None
    for at in (1, 3):
        units = caller.state()["units"]
        last = caller.decide(units[at], 0).json()
    for _ in range(2):  # the second time the answer to the first was lost
        undone = caller.post("undo", step=last["undo_step"]).json()
    assert undone["undone"] == units[3]["key"]
    assert [unit["key"] for unit in undone["units"] if unit["verdict"]] == [units[1]["key"]]
    assert undone["undo_step"] not in (None, last["undo_step"])


def test_a_step_that_another_person_has_decided_over_is_not_offered_to_be_taken_back(caller: Caller) -> None:
    unit = caller.state()["units"][1]
    caller.decide(unit)
    manager = Caller("manager")
    manager.post("take-over")
    assert manager.decide(unit, 0).json()["undo"] is True
    state = caller.post("take-over").json()
    assert (state["undo"], state["undo_step"]) == (False, None)


def test_refusals_are_problems_with_what_to_do_and_nothing_is_written(caller: Caller) -> None:
    unit = caller.state()["units"][3]
    stale = caller.post("verdicts", unit=unit["key"], seen="0" * 16, take=[])
    assert (stale.status_code, stale.json()["title"]) == (409, "unit_changed")
    own = caller.decide(unit, 0, own=[[0, 8]], quote="نه")
    assert (own.status_code, own.json()["title"], own.json()["reason"]) == (409, "gold_refuses", "quote_mismatch")
    assert "«" in own.json()["detail"]
    assert caller.post("verdicts", unit="nothing", seen="", take=[]).status_code == 422
    assert caller.post("finish").json()["title"] == "adjudication_not_done"
    assert caller.decide(unit, 0, error_type="mood").status_code == 422
    assert not AnnotationSet.objects.filter(article=caller.article, kind=SetKind.GOLD).exists()


def test_finishing_what_was_seen_otherwise_is_refused_and_leaves_all_open(caller: Caller) -> None:
    caller.post("agreed")
    for unit in caller.state()["units"]:
        caller.decide(unit, 0)
    while caller.state()["agreed"]["pending"]:
        assert caller.post("agreed").status_code == 200
    refused = caller.post("finish", seen="0" * 16)
    assert (refused.status_code, refused.json()["title"]) == (409, "unit_changed")
    assert caller.state()["status"] == "in_progress"
    assert caller.post("finish", seen=caller.state()["seen"]).json()["status"] == "accepted"


def test_another_person_reads_and_may_take_over(caller: Caller) -> None:
    caller.post("agreed")
    manager = Caller("manager")
    assert manager.state()["another"] == "سارا کاظمی"
    refused = manager.decide(manager.state()["units"][0], 0)
    assert (refused.status_code, refused.json()["title"]) == (409, "adjudicated_by_another")
    assert "سارا کاظمی" in refused.json()["detail"]
    assert manager.post("take-over").json()["editable"] is True
    assert manager.decide(manager.state()["units"][0], 0).status_code == 200


def test_the_commands_of_another_person_s_page_are_refused(caller: Caller) -> None:
    response = caller.client.post(
        f"{caller.url}agreed/", json.dumps({"step": str(uuid.uuid4())}), content_type="application/json",
        headers={"X-Newsroom-Person": "999"},
    )  # fmt: skip
    assert (response.status_code, response.json()["title"]) == (403, "another_person")


@pytest.fixture
def crowd() -> Cast:
    """Fifteen articles that two people handed in, the later ones with less in common."""
    cast = make_cast()
    third = make_user("third")
    add_member(cast.project, third, role=Role.ANNOTATOR)
    for at in range(15):
        article = make_article(cast.project, f"خبر {at}: " + " ".join(f"شهر{n}" for n in range(15)))
        for person in (cast.annotator, third):
            work = assign(cast.project, article, annotator=person)
            label = "LOC" if person == third else "ORG"
            names = [span_op(article.text, f"شهر{n}", label if n < at else "LOC") for n in range(2, 15)]
            perform(work, *names)
            submit(work, by=person)
    return cast


def test_the_queue_goes_by_agreement_and_from_page_to_page_without_doubles(crowd: Cast) -> None:
    client = client_of("reviewer")
    url, rows, after = "/api/v1/projects/test/adjudication/", [], ""
    while after is not None:
        page = client.get(url, {"after": after}).json()
        rows, after = rows + page["rows"], page["following"]
    assert len({row["article"] for row in rows}) == len(rows) == 15
    figures = [row["agreement"] for row in rows]
    assert figures == sorted(figures)
    assert figures[-1] == 1.0
    assert client.get(url, {"after": "nonsense"}).json()["rows"][0] == rows[0]
    # The database's own order is the page's: nobody is skipped where figures are equal.
    places = ProjectArticle.objects.filter(project=Project.objects.get()).order_by("agreement", "id")
    assert [row["article"] for row in rows] == list(places.values_list("article", flat=True))


def test_a_page_of_the_queue_takes_the_same_queries_however_much_waits(crowd: Cast) -> None:
    client = client_of("reviewer")
    counts = []
    for left in (12, 2):
        kept = list(ProjectArticle.objects.order_by("pk").values_list("pk", flat=True)[:left])
        ProjectArticle.objects.exclude(pk__in=kept).update(agreement=None)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(client.get("/projects/test/adjudication/").content) > 0
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_reviewer_who_annotated_does_not_find_the_article_in_the_queue(crowd: Cast) -> None:
    article = Article.objects.order_by("pk").first()
    assign(crowd.project, article, annotator=crowd.reviewer)
    client = client_of("reviewer")
    found = queue(crowd.reviewer, crowd.project)
    assert (found.count(), found.filter(article=article).count()) == (14, 0)
    assert client.get(f"/api/v1/projects/test/adjudication/{article.pk}/").status_code == 403
    assert client.get(f"/projects/test/adjudication/{article.pk}/").status_code == 403
    crowd.project.reviewer_not_author = False
    crowd.project.save()
    assert client.get(f"/projects/test/adjudication/{article.pk}/").status_code == 200
