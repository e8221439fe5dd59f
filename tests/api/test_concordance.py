"""The concordance over HTTP: rows with exact offsets, labels as one step, undo; and the same as a CSV file."""

import csv
import io
import json
import uuid
from typing import Any

import pytest
from django.test import Client

from annotations.exporters.spreadsheet import COLUMNS, harmless, rows_as_csv
from annotations.models import AnnotationSet, Article, BulkEdit, Span
from annotations.queries.giving import MOST_HITS
from tests.factories import Cast, make_article, make_cast, make_set, perform, span_op

TEXT = "👩‍👩‍👧‍👦 =كيم جونگ اون از کیم گفت،\nو «کیم» و کیم‌ها"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast, TEXT)


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(client: Client, **said: str) -> dict[str, Any]:
    return client.get("/api/v1/projects/test/concordance/", {"q": "کیم"} | said).json()


def send(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1/projects/test/{path}", json.dumps(body), content_type="application/json")


def label(client: Client, hits: list[dict[str, Any]], /, **more: Any) -> Any:
    asked = [{name: hit[name] for name in ("article", "start", "end", "quote")} for hit in hits]
    return send(client, "concordance/label/", **{"id": str(uuid.uuid4()), "label": "PER", "hits": asked} | more)


def test_rows_are_slices_of_the_published_text(cast: Cast, work: AnnotationSet) -> None:
    said = rows(client_of(cast.annotator))
    assert [hit["quote"] for hit in said["hits"]] == ["كيم", "کیم", "کیم", "کیم"]
    for hit in said["hits"]:
        assert TEXT[hit["start"] : hit["end"]] == hit["quote"]
        assert hit["before"] + hit["quote"] + hit["after"] in TEXT
        assert (hit["text_sha256"], hit["labels"]) == (work.article.text_sha256, [])
    assert (said["next"], said["previous"], said["spread"]) == (None, None, {})


def test_pages_go_on_by_cursor(cast: Cast, work: AnnotationSet) -> None:
    client = client_of(cast.annotator)
    first = rows(client, page_size="3")
    second = rows(client, page_size="3", cursor=first["next"])
    assert (len(first["hits"]), len(second["hits"]), second["next"]) == (3, 1, None)
    assert rows(client, page_size="3", cursor=second["previous"])["hits"] == first["hits"]
    assert client.get("/api/v1/projects/test/concordance/?q=x&cursor=nope").status_code == 422
    assert client.get("/api/v1/projects/test/concordance/", {"q": "x" * 501}).status_code == 422


def test_hits_are_labelled_and_taken_back_as_one_step(cast: Cast, work: AnnotationSet) -> None:
    client = client_of(cast.annotator)
    hits = rows(client)["hits"]
    before = label(client, hits, preview=True).json()
    assert (before["counts"], before["edit"], Span.objects.count()) == ({"new": 4}, None, 0)
    said = label(client, hits, words="کیم").json()
    assert (said["edit"]["new"], said["edit"]["sets"], said["edit"]["refused"]) == (4, 1, [])
    assert [hit["labels"] for hit in rows(client, label="PER")["hits"]] == [
        [{"label": "PER", "exact": True, "sets": 1}]
    ] * 4
    assert rows(client)["spread"] == {"PER": 4}
    listed = client.get("/api/v1/projects/test/bulk-edits/").json()
    assert [one["id"] for one in listed] == [said["edit"]["id"]]
    undo = send(client, f"bulk-edits/{said['edit']['id']}/undo/").json()
    assert undo == {"restored": 4, "sets": 1, "left_in_all": 0, "left": []}
    assert (Span.objects.count(), work.revisions.count()) == (0, 8)
    assert send(client, f"bulk-edits/{said['edit']['id']}/undo/").json()["restored"] == 0


def test_what_an_undo_leaves_is_said(cast: Cast, work: AnnotationSet) -> None:
    client = client_of(cast.annotator)
    said = label(client, rows(client)["hits"][:2]).json()
    span = Span.objects.order_by("start").first()
    perform(work, {"op": "span.update", "op_id": str(uuid.uuid4()), "id": span.uid, "label": "ORG"})
    undo = send(client, f"bulk-edits/{said['edit']['id']}/undo/").json()
    assert (undo["restored"], undo["left_in_all"]) == (1, 1)
    left = undo["left"][0]
    assert (left["set"], left["quote"], left["reason"]) == (work.pk, "كيم", "changed")
    assert left["detail"] != "changed"


def test_nobody_takes_another_s_step_back_or_sends_what_another_did(cast: Cast, work: AnnotationSet) -> None:
    client = client_of(cast.annotator)
    edit = label(client, rows(client)["hits"]).json()["edit"]["id"]
    for user in (cast.annotator2, cast.manager, cast.outsider):
        assert send(client_of(user), f"bulk-edits/{edit}/undo/").status_code == 404
    assert BulkEdit.objects.get().undone_at is None
    headers = {"X-Newsroom-Person": str(cast.manager.pk)}
    url = f"/api/v1/projects/test/bulk-edits/{edit}/undo/"
    assert client.post(url, headers=headers).status_code == 403


def test_annotators_stay_blind_to_each_other(cast: Cast, work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "کیم"))
    other = client_of(cast.annotator2)
    assert [hit["labels"] for hit in rows(other)["hits"]] == [[]] * 4
    assert rows(other)["spread"] == {}
    for whose in ("everyone", "gold"):
        assert other.get(f"/api/v1/projects/test/concordance/?q=x&whose={whose}").status_code == 422
    seen = rows(client_of(cast.reviewer), whose="everyone")
    assert [one["label"] for hit in seen["hits"] for one in hit["labels"]] == ["PER"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"hits": []}, {"hits": [{"article": 1, "start": 0, "end": 1}]}, {"id": "x"}, {"label": "CLAIM"}, {"into": "x"},
        {"hits": [{"article": 1, "start": 0, "end": 1, "quote": "ک"}] * (MOST_HITS + 1)},
    ],
)  # fmt: skip
def test_what_can_t_be_meant_is_refused_with_its_field(cast: Cast, work: AnnotationSet, wrong: dict[str, Any]) -> None:
    client = client_of(cast.annotator)
    said = label(client, rows(client)["hits"], **wrong)
    assert said.status_code == 422
    assert said.headers["Content-Type"] == "application/problem+json"
    assert not Span.objects.exists()


def test_gold_is_not_an_annotator_s_to_label(cast: Cast, work: AnnotationSet) -> None:
    AnnotationSet.objects.create(project=cast.project, article=work.article, kind="gold", status="in_progress")
    client = client_of(cast.annotator)
    assert label(client, rows(client)["hits"], into="gold").status_code == 403
    said = label(client_of(cast.reviewer), rows(client)["hits"], into="gold").json()
    assert said["edit"]["new"] == 4


def read(response: Any) -> list[dict[str, str]]:
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_csv_holds_every_hit_and_no_formula(cast: Cast, work: AnnotationSet) -> None:
    Article.objects.filter(pk=work.article_id).update(headline="=HYPERLINK(1)")
    make_article(cast.project, "+۱\tکیم")
    perform(work, span_op(TEXT, "«کیم»"))
    table = read(client_of(cast.annotator).get("/projects/test/concordance.csv", {"q": "کیم"}))
    assert list(table[0]) == list(COLUMNS)
    assert len(table) == 5
    assert table[0]["before"].startswith("'+")
    for row in table[1:]:
        assert row["hit"] == TEXT[int(row["start"]) : int(row["end"])]
        assert row["before"].removeprefix("'") + row["hit"] + row["after"].removeprefix("'") in TEXT
        assert row["headline"] == "'=HYPERLINK(1)"
    assert [row["labels"] for row in table[1:]] == ["", "", "PER~", ""]
    only = read(client_of(cast.annotator).get("/projects/test/concordance.csv", {"q": "کیم", "label": "PER"}))
    assert len(only) == 1
    assert client_of(cast.annotator).get("/projects/test/concordance.csv?whose=gold").status_code == 422


@pytest.mark.parametrize("cell", ["=1+1", "+98", "-5", "@x", "\t=1", "\r=1", "＝1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"
    (read_back,) = csv.reader(io.StringIO(list(rows_as_csv([[1, cell]]))[1].decode(), newline=""))
    assert read_back == ["1", f"'{cell}"]
