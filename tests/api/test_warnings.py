"""The warnings of a set: found, dismissed and counted for those who may see it; handing in asks once."""

import pytest
from django.test import Client

from annotations.models import AnnotationSet, Dismissal, WarningTally
from tests.factories import Cast, make_cast, make_set, op, perform, span_op

TEXT = "تاس گفت: صادرات نفت رشد می‌کند.\nمریم رضایی، در تاس است."


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    """A name with a comma at its edge, and a claim of nobody's."""
    work = make_set(cast, TEXT)
    perform(work, span_op(TEXT, "مریم رضایی،"), span_op(TEXT, "صادرات نفت رشد می‌کند", label="CLAIM"))
    return work


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(work: AnnotationSet, more: str = "") -> str:
    return f"/api/v1/annotation-sets/{work.pk}/warnings/{more}"


def test_each_slip_is_said_with_its_place_and_how_it_is_mended(cast: Cast, work: AnnotationSet) -> None:
    said = client_of(cast.annotator).get(url(work)).json()
    start = TEXT.index("مریم")
    by_kind = {row["kind"]: row for row in said["warnings"]}
    assert by_kind["edge"]["quote"] == "مریم رضایی،"
    assert by_kind["edge"]["data"] == {"mend": [[start, start + len("مریم رضایی")]]}
    assert by_kind["source"]["quote"] == "صادرات نفت رشد می‌کند"
    assert [row["start"] for row in said["warnings"]] == sorted(row["start"] for row in said["warnings"])
    assert said["open"]["edge"] == said["open"]["source"] == 1
    assert said["dismissed"] == {}


def test_a_dismissed_warning_is_counted_and_can_be_brought_back(cast: Cast, work: AnnotationSet) -> None:
    client = client_of(cast.annotator)
    key = next(row["key"] for row in client.get(url(work)).json()["warnings"] if row["kind"] == "edge")
    for _ in range(2):  # the same again changes nothing
        said = client.post(url(work), {"dismiss": [key]}, content_type="application/json")
        assert said.json() == {"dismissed": [key]}
    now = client.get(url(work)).json()
    assert (now["open"].get("edge"), now["dismissed"]) == (None, {"edge": 1})
    assert WarningTally.objects.get(annotation_set=work, kind="edge").dismissed == 1
    assert client.post(url(work), {"restore": [key]}, content_type="application/json").json() == {"dismissed": []}
    assert client.get(url(work)).json()["open"]["edge"] == 1


def test_a_dismissal_ends_once_its_span_is_changed(cast: Cast, work: AnnotationSet) -> None:
    client = client_of(cast.annotator)
    edge = next(row for row in client.get(url(work)).json()["warnings"] if row["kind"] == "edge")
    client.post(url(work), {"dismiss": [edge["key"]]}, content_type="application/json")
    perform(work, op("span.update", id=edge["span"], label="ORG"))
    assert client.get(url(work)).json()["open"]["edge"] == 1


@pytest.mark.parametrize("key", ["edge", "other:x:y", "edge:" + "0" * 36 + ":zzzzzzzz", 5])
def test_what_is_no_key_is_refused(cast: Cast, work: AnnotationSet, key: object) -> None:
    said = client_of(cast.annotator).post(url(work), {"dismiss": [key]}, content_type="application/json")
    assert said.status_code == 422
    assert not Dismissal.objects.exists()


def test_dismissals_are_each_person_s_own(cast: Cast, work: AnnotationSet) -> None:
    key = client_of(cast.annotator).get(url(work)).json()["warnings"][0]["key"]
    client_of(cast.reviewer).post(url(work), {"dismiss": [key]}, content_type="application/json")
    assert client_of(cast.annotator).get(url(work)).json()["dismissed"] == {}


def test_the_same_words_are_counted_in_other_work_that_one_may_see(cast: Cast, work: AnnotationSet) -> None:
    other = make_set(cast, f"باز {TEXT}")
    perform(work, span_op(TEXT, "تاس"))
    perform(other, span_op(other.article.text, "تاس", label="ORG"))
    words = client_of(cast.annotator).get(url(work, "elsewhere/")).json()["words"]
    assert list(words.values()) == [{"ORG": 1}]
    said = client_of(cast.annotator).get(url(work)).json()["warnings"]
    assert next(row["data"] for row in said if row["kind"] == "otherwise") == {"own": 1, "others": {"ORG": 1}}
    assert client_of(cast.annotator2).get(url(work, "elsewhere/")).status_code == 404
    AnnotationSet.objects.filter(pk=other.pk).update(annotator=cast.annotator2)
    assert client_of(cast.annotator).get(url(work, "elsewhere/")).json()["words"] == {}


def test_work_with_open_warnings_is_handed_in_after_one_question(cast: Cast, work: AnnotationSet) -> None:
    client = client_of(cast.annotator)
    page = client.post(f"/sets/{work.pk}/submit/")
    assert page.status_code == 200
    assert "مریم رضایی،" in page.content.decode()
    work.refresh_from_db()
    assert work.is_open
    assert client.post(f"/sets/{work.pk}/submit/", {"anyway": "1"}).status_code == 302
    work.refresh_from_db()
    assert work.status == "submitted"
    assert WarningTally.objects.get(annotation_set=work, kind="edge").open == 1
    managers = client_of(cast.manager).get(f"/projects/{cast.project.slug}/").content.decode()
    assert "نشانه یا فاصله در لبه" in managers
    assert "نشانه یا فاصله در لبه" not in client.get(f"/projects/{cast.project.slug}/").content.decode()
