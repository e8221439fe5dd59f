"""The operations endpoint: verdicts, problem details, and nothing changed by what is refused."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.response import Response

from annotations.models import AnnotationSet, Revision, Span
from tests.factories import EMOJI_TEXT, TEXT, Cast, make_cast, make_set, op, span_op, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast, EMOJI_TEXT)


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


def send(work: AnnotationSet, *operations: Any, by: str = "annotator", **envelope: Any) -> Response:
    body = {"text_sha256": work.article.text_sha256, "operations": list(operations)} | envelope
    return client_of(by).post(
        f"/api/v1/annotation-sets/{work.pk}/operations/", json.dumps(body), content_type="application/json"
    )


def test_a_batch_is_judged_operation_by_operation(work: AnnotationSet) -> None:
    good, bad = span_op(EMOJI_TEXT, "کیم جونگ اون"), span_op(EMOJI_TEXT, "روسیه", "NOPE")
    response = send(work, good, bad, good)
    assert response.status_code == 200
    body = response.json()
    assert body["version"] == 1
    assert [result["status"] for result in body["results"]] == ["ok", "rejected", "duplicate"]
    assert (body["results"][1]["reason"], body["results"][1]["field"]) == ("label_unknown", "label")
    span = Span.objects.get()
    assert EMOJI_TEXT[span.start : span.end] == "کیم جونگ اون"


BAD_OPERATIONS = [
    ({"op": "span.explode"}, "operations[0].op", "malformed"),
    ({"ranges": [[0, 10**6]]}, "operations[0].ranges", "range_outside"),
    ({"ranges": "everywhere"}, "operations[0].ranges", "malformed"),
    ({"quote": "دروغ"}, "operations[0].quote", "quote_mismatch"),
    ({"label": "FOREIGN"}, "operations[0].label", "label_unknown"),
    ({"id": "17"}, "operations[0].id", "malformed"),
    ({"op_id": None}, "operations[0].op_id", "op_id_missing"),
    ({"attributes": {"mention": "a\u0000b"}}, "operations[0].op", "nul"),
    ({"surprise": 1}, "operations[0].op", "malformed"),
]


@pytest.mark.parametrize(("change", "field", "code"), BAD_OPERATIONS, ids=[code for _c, _f, code in BAD_OPERATIONS])
def test_a_bad_operation_gets_problem_details_that_name_the_field(
    work: AnnotationSet, change: dict, field: str, code: str
) -> None:
    response = send(work, span_op(EMOJI_TEXT, "روسیه", "LOC") | change)
    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")
    body = response.json()
    assert (body["errors"][0]["field"], body["errors"][0]["code"]) == (field, code)
    assert body["errors"][0]["message"]
    assert not Span.objects.exists()
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"text_sha256": "\xff"}', 400),
        (b"[]", 400),
        (b'{"text_sha256": "x", "operations": {}}', 400),
        (b" " * (10 * 1024 * 1024), 413),
    ],
    ids=["cut off", "broken UTF-8", "a list", "operations no list", "10 MB"],
)
def test_a_bad_body_is_refused_and_changes_nothing(work: AnnotationSet, body: bytes, status: int) -> None:
    response = client_of("annotator").post(
        f"/api/v1/annotation-sets/{work.pk}/operations/", body, content_type="application/json"
    )
    assert response.status_code == status
    assert response.json()["status"] == status
    assert not Revision.objects.exists()


def test_another_text_and_a_closed_set_conflict(work: AnnotationSet) -> None:
    edit = span_op(EMOJI_TEXT, "روسیه", "LOC")
    assert send(work, edit, text_sha256="0" * 64).status_code == 409
    AnnotationSet.objects.update(status="submitted")
    response = send(work, edit)
    assert (response.status_code, response.json()["title"]) == (409, "set_closed")
    assert not Span.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [("annotator", 200), ("annotator2", 404), ("reviewer", 403), ("manager", 403), ("outsider", 404), ("admin", 403)],
)
def test_only_its_annotator_edits_a_set(work: AnnotationSet, person: str, status: int) -> None:
    assert send(work, span_op(EMOJI_TEXT, "روسیه", "LOC"), by=person).status_code == status
    assert Span.objects.exists() == (status == 200)


def test_without_signing_in_or_without_the_csrf_token_nothing_is_edited(work: AnnotationSet) -> None:
    address = f"/api/v1/annotation-sets/{work.pk}/operations/"
    assert Client().post(address, "{}", content_type="application/json").status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.login(username="annotator", password="annotator")
    assert strict.post(address, "{}", content_type="application/json").status_code == 403


def test_a_token_does_what_a_session_does(work: AnnotationSet) -> None:
    made = Client().post(
        "/api/v1/tokens/", json.dumps({"username": "annotator", "password": "annotator"}),
        content_type="application/json",
    )  # fmt: skip
    assert made.status_code == 201
    body = {"text_sha256": work.article.text_sha256, "operations": [span_op(EMOJI_TEXT, "روسیه", "LOC")]}
    headers = {"Authorization": f"Token {made.json()['token']}"}
    address = f"/api/v1/annotation-sets/{work.pk}/operations/"
    response = Client().post(address, json.dumps(body), content_type="application/json", headers=headers)
    assert response.json()["results"][0]["status"] == "ok"
    assert Client().delete("/api/v1/tokens/", headers=headers).status_code == 204
    again = Client().post(address, json.dumps(body), content_type="application/json", headers=headers)
    assert again.status_code == 401


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token x", "Token \xff\xfe"])
def test_a_token_that_is_none_is_refused(work: AnnotationSet, header: str) -> None:
    response = Client().get("/api/v1/articles/", headers={"Authorization": header})
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


def test_passwords_can_not_be_tried_out_at_will(work: AnnotationSet) -> None:
    cache.clear()
    guess = json.dumps({"username": "annotator", "password": "wrong"})
    statuses = [Client().post("/api/v1/tokens/", guess, content_type="application/json").status_code for _ in range(31)]
    cache.clear()
    assert statuses == [401] * 30 + [429]


def test_a_rejection_is_said_in_the_persons_language(work: AnnotationSet, cast: Cast) -> None:
    bad = span_op(EMOJI_TEXT, "روسیه", "NOPE")
    cast.annotator.language = "en"
    cast.annotator.save()
    assert "no label «NOPE»" in send(work, bad).json()["detail"]


def test_an_edit_costs_a_bounded_number_of_queries(work: AnnotationSet, django_assert_max_num_queries: Any) -> None:
    client = client_of("annotator")
    body = {"text_sha256": work.article.text_sha256, "operations": [span_op(EMOJI_TEXT, "روسیه", "LOC")]}
    with django_assert_max_num_queries(18):
        client.post(f"/api/v1/annotation-sets/{work.pk}/operations/", json.dumps(body), content_type="application/json")


def test_undoing_a_deletion_with_the_same_id_works(work: AnnotationSet) -> None:
    made = span_op(EMOJI_TEXT, "روسیه", "LOC")
    again = made | {"op_id": uid()}
    results = send(work, made, op("span.delete", id=made["id"]), again).json()["results"]
    assert [result["status"] for result in results] == ["ok"] * 3
    assert Span.objects.get().uid == made["id"]
    assert TEXT in EMOJI_TEXT
