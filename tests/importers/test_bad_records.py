"""Records that can't be stored: each named with its place and reason, nothing half written."""

import io
import json
from typing import Any

import msgspec
import pytest
from django.test import Client

from annotations.actions.articles import add_article
from annotations.actions.projects import create_project
from annotations.importers import IMPORTERS
from annotations.importers.base import Remark
from annotations.models import (
    AnnotationSet,
    Article,
    ArticleLabel,
    Entity,
    Label,
    Membership,
    Project,
    Revision,
    Source,
    Span,
    Topic,
)
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
TEXT = "مریم رضایی در تهران گفت صادرات نفت رشد می‌کند."
SPAN = {"id": "s1", "label": "PER", "ranges": [[0, 10]], "quote": "مریم رضایی"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def record(**changes: Any) -> dict[str, Any]:
    return {"text": TEXT} | changes


def one_set(**changes: Any) -> dict[str, Any]:
    return record(annotation_sets=[{"kind": "gold", "status": "accepted", "spans": [SPAN]} | changes])


def sent(cast: Cast, *records: Any) -> Any:
    client = Client()
    client.force_login(cast.manager)
    body = b"\n".join(line if isinstance(line, bytes) else msgspec.json.encode(line) for line in records)
    return client.post("/api/v1/projects/test/import/?format=jsonl", body, content_type="application/x-ndjson")


BAD = [
    (record(text=""), "empty"),
    (record(text=7), "not_a_record"),
    (record(text_sha256="0" * 64), "text_sha256_mismatch"),
    (record(published_at="yesterday"), "time_unreadable"),
    (record(published_at="0001-01-01T00:00:00+14:00"), "time_unreadable"),
    (record(published_at="0500-01-01T00:00:00Z"), "time_unreadable"),
    (record(published_at="9999-12-31T23:00:00Z"), "time_unreadable"),
    (record(sections=[{"kind": "headline", "start": 5, "end": 500}]), "section_outside"),
    (record(sections=[{"kind": "headline", "start": 10**30, "end": 10**31}]), "section_outside"),
    (record(supersedes="nobody"), "supersedes_unknown"),
    (record(source={"name": "x" * 300, "domain": ""}), "not_a_record"),
    (record(author="x" * 400), "not_a_record"),
    (record(url="x\u0000y"), "nul"),
    (record(offset_unit="utf16"), "offset_unit"),
    (record(schema="newsroom/99"), "schema_unknown"),
    (record(labels=[{"key": "نام", "kind": "entity", "title_fa": "x", "title_en": "x"}]), "not_a_record"),
    (record(labels=[{"key": "X", "kind": "shape", "title_fa": "x", "title_en": "x"}], annotation_sets=[
        {"kind": "gold", "spans": [SPAN | {"label": "X"}]}]), "label_unknown"),
    (one_set(kind="golden"), "set_kind_unknown"),
    (one_set(status="done"), "set_status_unknown"),
    (one_set(kind="annotator"), "annotator_missing"),
    (one_set(spans=[SPAN, SPAN]), "id_taken"),
    (one_set(spans=[SPAN | {"ranges": [[0, 10**40]]}]), "range_outside"),
    (one_set(spans=[SPAN | {"ranges": [[0, 2**40]]}]), "range_outside"),
    (one_set(spans=[SPAN | {"ranges": []}]), "ranges_count"),
    (one_set(spans=[SPAN | {"entity": "nobody"}]), "entity_unknown"),
    (one_set(relations=[{"label": "stance", "head": "s1", "tail": "s9"}]), "end_unknown"),
    (one_set(relations=[{"label": "stance", "head": "s1", "tail": "topic:none"}]), "topic_unknown"),
    (one_set(labels=[{"label": "category", "topic": None, "value": "weather"}]), "value_not_allowed"),
    (record(annotation_sets=[{"kind": "gold"}, {"kind": "gold"}]), "set_twice"),
    (record(annotation_sets=[{"id": "a", "kind": "gold"}, {"id": "a", "kind": "machine"}]), "set_twice"),
    (b'{"text": "\\ud800"}', "not_a_record"),
    (b'{"text": "\xff"}', "not_utf8"),
    (b"[" * 100_000, "not_a_record"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "code"), BAD, ids=[f"{code}-{number}" for number, (_r, code) in enumerate(BAD)])
def test_a_bad_record_is_named_and_its_neighbours_are_stored(cast: Cast, bad: Any, code: str) -> None:
    response = sent(cast, record(text="پیش"), bad, record(text="پس"))
    assert response.status_code == 200
    body = response.json()
    assert (body["stored"], body["failed"]) == (2, 1)
    assert (body["failures"][0]["place"], body["failures"][0]["code"]) == (2, code)
    assert body["failures"][0]["detail"]
    assert sorted(Article.objects.values_list("text", flat=True)) == ["پس", "پیش"]
    assert not AnnotationSet.objects.exists()
    assert not Revision.objects.exists()


# Refused before it is judged; by its judge, who has to know what it defines.
REFUSED = [{"text_sha256": "0" * 64}, one_set(spans=[SPAN | {"quote": "کس دیگر"}])]


@pytest.mark.parametrize("refused", REFUSED, ids=["early", "late"])
def test_what_a_bad_record_defines_is_not_made(cast: Cast, refused: dict[str, Any]) -> None:
    before = Label.objects.count()
    bad = record(
        **{name: value for name, value in refused.items() if name != "text"},
        source={"name": "نو", "domain": ""},
        labels=[{"key": "NEW", "kind": "entity", "title_fa": "نو", "title_en": "new"}],
        topics=[{"key": "t", "title_fa": "نو", "title_en": "", "proposition": ""}],
        entities=[{"key": "e", "label": "PER", "name": "نو", "name_en": "", "external_id": "", "aliases": []}],
    )
    good = record(text="پیش", labels=[{"key": "GOOD", "kind": "entity", "title_fa": "خوب", "title_en": "good"}])
    assert sent(cast, bad, good).json()["failed"] == 1
    assert Label.objects.filter(project=cast.project, key="GOOD").delete()[0] == 1
    assert Label.objects.count() == before
    assert [model.objects.count() for model in (Topic, Entity, Source)] == [0, 0, 0]


def test_a_category_that_no_topic_or_value_can_hold_is_left_out(cast: Cast) -> None:
    unfit = [f"stance:{'x' * 81}=agree", f"stance={'x' * 81}", "x" * 81, "stance:=agree", "stance:t\x00=agree", "a\x00"]
    fit = [f"stance:{'x' * 80}=agree", f"stance:t={'x' * 80}"]
    scored = {"text": TEXT, "entities": [[0, 10, "PE\x00R"]], "cats": dict.fromkeys([*unfit, *fit], 1.0)}
    client = Client()
    client.force_login(cast.manager)
    address = "/api/v1/projects/test/import/?format=spacy-jsonl&map=stance=%2Barticle"
    body = client.post(address, msgspec.json.encode(scored), content_type="application/x-ndjson").json()
    assert (body["stored"], body["failed"]) == (1, 0)
    read = IMPORTERS["spacy-jsonl"].read(io.BytesIO(msgspec.json.encode(scored)), {})
    assert [item.code for _place, item in read if isinstance(item, Remark)] == ["category_unfit"] * len(unfit)
    assert sorted(Topic.objects.values_list("key", flat=True)) == ["t", "x" * 80]
    given = ArticleLabel.objects.values_list("topic__key", "value")
    assert sorted(given) == [("t", "x" * 80), ("x" * 80, "agree")]
    assert Span.objects.get().label.key == "PER"


def test_a_record_takes_the_place_of_no_article_that_its_importer_may_not_see(cast: Cast) -> None:
    elsewhere = create_project(title="دیگری", slug="other", by=cast.outsider)
    hidden = add_article(elsewhere, text="پنهان", by=None)
    (failure,) = sent(cast, record(supersedes=hidden.uid)).json()["failures"]
    assert failure["code"] == "supersedes_unknown"
    Membership.objects.create(user=cast.manager, project=elsewhere, role="annotator", pseudonym="m")
    assert sent(cast, record(supersedes=hidden.uid)).json()["stored"] == 1


def test_the_same_record_twice_in_a_file_is_stored_once(cast: Cast) -> None:
    whole = one_set(id="g", annotator=None) | {"id": "article-1"}
    body = sent(cast, whole, whole, record(), record()).json()
    assert (body["stored"], body["skipped"], body["failed"]) == (1, 3, 0)
    assert (Article.objects.count(), AnnotationSet.objects.count()) == (1, 1)


def test_a_second_annotators_work_on_a_known_article_comes_in(cast: Cast) -> None:
    first = one_set(kind="annotator", annotator="a") | {"id": "article-1"}
    second = one_set(kind="annotator", annotator="b") | {"id": "article-1"}
    assert sent(cast, first).json()["stored"] == 1
    assert sent(cast, second).json()["stored"] == 1
    assert list(AnnotationSet.objects.order_by("pseudonym").values_list("pseudonym", flat=True)) == ["a", "b"]
    assert Article.objects.get().projects.get() == Project.objects.get()


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/articles/?cursor=zzz", "/api/v1/articles/?page_size=-1", "/api/v1/articles/?published_from=never",
        f"/api/v1/annotation-sets/?article={10**30}", "/api/v1/annotation-sets/?kind=golden",
        f"/api/v1/articles/{10**30}/", f"/api/v1/annotation-sets/{10**18}/", "/api/v1/projects/%00/",
        "/api/v1/articles/?project=%00", "/api/v1/projects/test/export/?source=%00",
        "/api/v1/projects/test/export/?published_from=2023-13-45", "/api/v1/projects/test/export/?format=docx",
        f"/articles/{10**25}/", f"/sets/{10**25}/", "/library/?q=%00&before=99999999999999999999&source=%00",
        "/library/?state=%00&project=%00",
    ],
)  # fmt: skip
def test_a_strange_address_is_answered_and_breaks_nothing(cast: Cast, address: str) -> None:
    client = Client()
    client.force_login(cast.manager)
    assert client.get(address).status_code < 500


@pytest.mark.parametrize(
    "body", [{}, {"project": 5, "article": "x"}, {"project": "test", "article": 10**30}, [], "x", None, {"project": []}]
)
def test_a_strange_body_is_answered_and_breaks_nothing(cast: Cast, body: Any) -> None:
    client = Client()
    client.force_login(cast.manager)
    response = client.post("/api/v1/annotation-sets/", json.dumps(body), content_type="application/json")
    assert 400 <= response.status_code < 500
    assert response["Content-Type"].startswith("application/problem+json")


def test_ids_of_other_systems_mean_another_thing_in_each_article(cast: Cast) -> None:
    records = [one_set(id="gold") | {"text": f"{TEXT} {number}", "id": str(number)} for number in range(3)]
    assert sent(cast, *records).json()["sets"] == 3
    assert sent(cast, *records).json()["skipped"] == 3


def test_a_set_is_not_taken_for_that_of_another_article(cast: Cast) -> None:
    uid = "00000000-0000-4000-8000-000000000001"
    assert sent(cast, one_set(id=uid) | {"text": f"{TEXT} 1"}).json()["stored"] == 1
    assert sent(cast, one_set(id=uid) | {"text": f"{TEXT} 2"}).json()["failures"][0]["code"] == "set_of_other_article"


def test_an_article_supersedes_one_of_the_same_file(cast: Cast) -> None:
    body = sent(
        cast, {"text": "یک", "id": "a"}, {"text": "دو", "id": "b", "supersedes": "a"}, {"text": "سه", "supersedes": "b"}
    )
    assert body.json()["stored"] == 3
    chain = Article.objects.order_by("pk").values_list("text", "supersedes__text")
    assert list(chain) == [("یک", None), ("دو", "یک"), ("سه", "دو")]


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_is_no_file(cast: Cast, content_type: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.manager)
    assert client.post("/api/v1/projects/test/import/", b"a=b", content_type=content_type).status_code == 415


@pytest.mark.parametrize("path", ["projects/test/import/", "annotation-sets/1/operations/"])
def test_an_empty_body_is_refused(cast: Cast, path: str) -> None:
    client = Client()
    client.force_login(cast.manager)
    assert client.post(f"/api/v1/{path}", b"", content_type="application/json").status_code in (400, 404)
