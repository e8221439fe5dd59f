"""The history in sentences, a version as a record, and restoring one, over the API."""

import uuid

import pytest

from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Label, Revision
from tests.api.test_operations import client_of
from tests.factories import TEXT, Cast, make_cast, make_set, op, perform, span_op

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    work = make_set(cast)
    span = span_op(TEXT, "روسیه", "LOC")
    perform(work, span, op("span.update", id=span["id"], label="ORG"), op("span.delete", id=span["id"]))
    work.refresh_from_db()
    return work


def address(work: AnnotationSet, rest: str) -> str:
    return f"/api/v1/annotation-sets/{work.pk}/{rest}"


def refusal(work: AnnotationSet, version: int) -> str:
    sent = {"version": version}
    answer = client_of("annotator").post(address(work, "restore/"), sent, content_type="application/json")
    return answer.json()["title"]


def test_the_history_comes_in_sentences_of_the_callers_language(work: AnnotationSet) -> None:
    work.annotator.language = "en"
    work.annotator.save()
    answer = client_of("annotator").get(address(work, "history/"))
    event, given = answer.json()["results"]
    assert given["kind"] == "status"
    assert (event["kind"], event["by"], event["first_version"], event["last_version"]) == ("edit", "annotator", 1, 3)
    assert event["edits"][0] == "marked \u2068«روسیه»\u2069 as \u2068Location\u2069"
    assert answer.json()["next"] is None


def test_a_history_goes_on_where_the_page_before_ended(work: AnnotationSet, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotations.queries import history

    monkeypatch.setitem(history.history_page.__kwdefaults__, "size", 2)
    client = client_of("annotator")
    first = client.get(address(work, "history/")).json()
    second = client.get(address(work, f"history/?before={first['next']}")).json()
    assert [event["first_version"] for page in (first, second) for event in page["results"]] == [2, 1, None]
    assert second["next"] is None
    assert client.get(address(work, "history/?before=nonsense")).status_code == 404
    assert client.get(address(work, "history/?kind=nonsense")).status_code == 422


@pytest.mark.parametrize(("version", "labels"), [(0, []), (1, ["LOC"]), (2, ["ORG"]), (3, [])])
def test_each_version_is_there_as_a_record(work: AnnotationSet, version: int, labels: list[str]) -> None:
    said = client_of("annotator").get(address(work, f"versions/{version}/")).json()
    assert [span["label"] for span in said["spans"]] == labels
    assert (said["version"], said["text_sha256"], said["relations"]) == (version, work.article.text_sha256, [])
    assert client_of("annotator").get(address(work, "versions/4/")).status_code == 404


def test_a_preview_writes_nothing_and_a_restore_writes_what_it_showed(work: AnnotationSet) -> None:
    client = client_of("annotator")
    preview = client.get(address(work, "restore/?version=2")).json()
    assert [(change["state"], change["words"]) for change in preview["changes"]] == [("added", "«روسیه»")]
    assert (preview["since"], preview["misfits"], Revision.objects.count()) == (3, [], 3)
    sent = {"version": 2, "since": 3, "id": str(uuid.uuid4())}
    for _time in range(2):
        answer = client.post(address(work, "restore/"), sent, content_type="application/json")
        assert (answer.status_code, answer.json()) == (200, {"version": 4, "changed": 1})
    assert (
        client.get(address(work, "versions/4/")).json()["spans"]
        == client.get(address(work, "versions/2/")).json()["spans"]
    )


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"version": 2, "since": 2}, 409, "moved_on"), ({"version": 4}, 422, "version_unknown"),
        ({"version": -1}, 422, "invalid"), ({}, 422, "invalid"), ({"version": 2, "id": "x"}, 422, "invalid"),
    ],
)  # fmt: skip
def test_a_restore_that_can_not_be_is_refused_with_its_reason(
    work: AnnotationSet, given: dict, status: int, code: str
) -> None:
    answer = client_of("annotator").post(address(work, "restore/"), given, content_type="application/json")
    assert (answer.status_code, answer.json()["title"]) == (status, code)
    assert Revision.objects.count() == 3


def test_closed_work_and_labels_that_are_gone_hinder(cast: Cast, work: AnnotationSet) -> None:
    client = client_of("annotator")
    Label.objects.filter(key="ORG").update(archived_at=work.created_at)
    misfits = client.get(address(work, "restore/?version=2")).json()["misfits"]
    assert [one["reason"] for one in misfits] == ["label_archived"]
    assert (
        client.post(address(work, "restore/"), {"version": 2}, content_type="application/json").json()["title"]
        == "not_restorable"
    )
    move(work, "submit", by=cast.annotator)
    assert (
        client.post(address(work, "restore/"), {"version": 1}, content_type="application/json").json()["title"]
        == "set_closed"
    )
