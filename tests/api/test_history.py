"""What was done since a version, page by page; and what may not be written over unseen."""

import json
from typing import Any

import pytest
from django.test import Client
from rest_framework.response import Response

from annotations.models import AnnotationSet, Revision, Span
from annotations.queries import revisions
from tests.api.test_operations import client_of, send
from tests.factories import TEXT, Cast, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast)


def history(work: AnnotationSet, since: Any = None, *, by: str = "annotator", **headers: str) -> Response:
    address = f"/api/v1/annotation-sets/{work.pk}/operations/"
    return client_of(by).get(address if since is None else f"{address}?since={since}", headers=headers)


def test_the_history_tells_each_revision_with_its_op_id(work: AnnotationSet) -> None:
    first, second = span_op(TEXT, "روسیه", "LOC"), span_op(TEXT, "کیم جونگ اون")
    perform(work, first)
    perform(work, second)
    said = history(work).json()
    assert (said["version"], said["status"], said["editable"], said["more"]) == (2, "in_progress", True, False)
    assert said["scheme"] == work.project.scheme_version
    assert [(step["version"], step["op_id"]) for step in said["revisions"]] == [
        (1, first["op_id"]),
        (2, second["op_id"]),
    ]
    assert said["revisions"][0]["operations"] == [{key: value for key, value in first.items() if key != "op_id"}]
    later = history(work, 1).json()
    assert [step["op_id"] for step in later["revisions"]] == [second["op_id"]]
    assert history(work, 2).json()["revisions"] == []
    assert history(work, 7).json() | {"revisions": []} == said | {"revisions": []}


def test_a_long_history_comes_in_pages(work: AnnotationSet, monkeypatch: pytest.MonkeyPatch) -> None:
    edits = [span_op(TEXT, "روسیه", "LOC") for _ in range(7)]
    perform(work, *edits)
    steps, since, pages = [], 0, 0
    monkeypatch.setattr(revisions.steps_since, "__kwdefaults__", {"most": 3})
    while True:
        page = history(work, since).json()
        steps += [step["op_id"] for step in page["revisions"]]
        pages += 1
        if not page["more"]:
            break
        since = page["revisions"][-1]["version"]
    assert (pages, steps) == (3, [edit["op_id"] for edit in edits])


def test_an_import_is_one_step_with_all_its_operations(work: AnnotationSet, monkeypatch: pytest.MonkeyPatch) -> None:
    Revision.objects.create(
        annotation_set=work, version=1, op_id=uid(), actor=None,
        operations=[{"op": "label.set", "label": "category", "value": "economy"}] * 9,
    )  # fmt: skip
    AnnotationSet.objects.update(version=1)
    work.refresh_from_db()
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    monkeypatch.setattr(revisions.steps_since, "__kwdefaults__", {"most": 3})
    page = history(work).json()
    assert [len(step["operations"]) for step in page["revisions"]] == [9]
    assert page["more"] is True
    assert [len(step["operations"]) for step in history(work, 1).json()["revisions"]] == [1]


@pytest.mark.parametrize("since", ["x", "-1", "1.5", "99999999999999999999"])
def test_a_since_that_is_no_version_is_refused(work: AnnotationSet, since: str) -> None:
    response = history(work, since)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "since")


def test_who_reads_along_is_told_that_they_may_not_edit(work: AnnotationSet) -> None:
    assert history(work, by="reviewer").json()["editable"] is False
    AnnotationSet.objects.update(status="submitted")
    closed = history(work).json()
    assert (closed["status"], closed["editable"]) == ("submitted", False)


def test_what_others_changed_since_is_not_written_over(work: AnnotationSet) -> None:
    made = span_op(TEXT, "روسیه", "LOC")
    perform(work, made)
    perform(work, op("span.update", id=made["id"], label="ORG"))
    mine = op("span.update", id=made["id"], label="PER")
    said = send(work, mine, since=1).json()["results"][0]
    assert (said["status"], said["reason"], said["field"]) == ("rejected", "changed_since", "id")
    assert Span.objects.get().label.key == "ORG"
    assert send(work, mine, since=2).json()["results"] == [{"op_id": mine["op_id"], "status": "ok", "version": 3}]
    assert Span.objects.get().label.key == "PER"


def test_another_field_of_the_same_span_goes_through(work: AnnotationSet) -> None:
    made = span_op(TEXT, "روسیه", "LOC")
    perform(work, made)
    perform(work, op("span.update", id=made["id"], label="ORG"))
    assert send(work, op("span.update", id=made["id"], attributes={"mention": "name"}), since=1).status_code == 200
    assert send(work, op("span.delete", id=made["id"]), since=1).status_code == 422


def test_ones_own_operations_sent_again_are_no_change_of_others(work: AnnotationSet) -> None:
    made = span_op(TEXT, "روسیه", "LOC")
    perform(work, made)
    lost, after = (op("span.update", id=made["id"], label=label) for label in ("ORG", "PER"))
    perform(work, lost)
    said = send(work, lost, after, since=1).json()
    assert [(one["status"], one["version"]) for one in said["results"]] == [("duplicate", 2), ("ok", 3)]
    assert Span.objects.get().label.key == "PER"


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_page_of_another_person_is_refused(cast: Cast, work: AnnotationSet, verb: str) -> None:
    body = json.dumps({"text_sha256": work.article.text_sha256, "operations": [span_op(TEXT, "روسیه", "LOC")]})
    address = f"/api/v1/annotation-sets/{work.pk}/operations/"
    client: Client = client_of("annotator")

    def ask(person: object) -> Response:
        data = {"data": body, "content_type": "application/json"} if verb == "post" else {}
        return getattr(client, verb)(address, headers={"X-Newsroom-Person": str(person)}, **data)

    refused = ask(cast.reviewer.pk)
    assert (refused.status_code, refused.json()["title"]) == (403, "another_person")
    assert not Revision.objects.exists()
    assert ask(cast.annotator.pk).status_code == 200
