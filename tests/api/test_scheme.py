"""The label scheme through the API: drafts, what they would do, publishing, files; versions of the guideline."""

import json
from typing import Any

import pytest
from django.test import Client

from annotations.models import AnnotationSet, GuidelineVersion, Label, Membership, Project, SchemeDraft, SchemeVersion
from tests.factories import Cast, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db
BASE = "/api/v1/projects/test/scheme/"
GUIDELINES = "/api/v1/projects/test/guidelines/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def manager(cast: Cast) -> Client:
    return signed_in(cast, "manager")


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    work = make_set(cast)
    perform(work, span_op(work.article.text, "تهران", "LOC"), span_op(work.article.text, "روسیه", "LOC"))
    return work


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def send(client: Client, method: str, url: str, body: Any) -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


def labels_of(client: Client) -> list[dict[str, Any]]:
    return client.get(BASE).json()["labels"]


def changed(labels: list[dict[str, Any]], key: str, **fields: Any) -> list[dict[str, Any]]:
    return [label | fields if label["key"] == key else label for label in labels]


def test_a_draft_is_saved_looked_at_and_published(cast: Cast, manager: Client, work: AnnotationSet) -> None:
    labels = changed(labels_of(manager), "LOC", archived=True)
    state = send(manager, "put", f"{BASE}draft/", {"labels": labels, "seen": None, "base": 1})
    assert state.status_code == 200
    assert (state.json()["mine"], state.json()["base"], state.json()["stale"]) == (True, 1, False)
    assert next(one for one in manager.get(BASE).json()["draft"] if one["key"] == "LOC")["archived"]
    said = send(manager, "post", f"{BASE}consequences/", {}).json()
    assert (said["affected"], said["articles"], said["problems"]) == (2, 1, [])
    (change,) = said["changes"]
    assert (change["key"], change["changed"], change["used"]) == ("LOC", ["archived"], 2)
    published = send(manager, "post", f"{BASE}publish/", {"note": "مکان نه", "seen": state.json()["at"]})
    assert (published.status_code, published.json()["number"]) == (200, 2)
    assert [one["number"] for one in manager.get(f"{BASE}versions/").json()] == [2, 1]
    first = manager.get(f"{BASE}versions/1/").json()["labels"]
    assert not any(one.get("archived") for one in first)


def test_members_see_what_holds_but_no_draft(cast: Cast, manager: Client) -> None:
    send(manager, "put", f"{BASE}draft/", {"labels": changed(labels_of(manager), "PER", title_fa="کس")})
    said = signed_in(cast, "annotator").get(BASE).json()
    assert (said["draft"], said["state"]) == (None, None)
    assert said["labels"][0]["title_fa"] == "شخص"


def test_only_managers_save_and_discard_a_draft(cast: Cast, manager: Client) -> None:
    labels = labels_of(manager)
    for name, status in (("annotator", 403), ("reviewer", 403), ("outsider", 404)):
        client = signed_in(cast, name)
        assert send(client, "put", f"{BASE}draft/", {"labels": labels}).status_code == status
        assert client.delete(f"{BASE}draft/").status_code == status
    assert Client().delete(f"{BASE}draft/").status_code == 401
    assert send(manager, "put", f"{BASE}draft/", {"labels": labels}).status_code == 200
    assert manager.delete(f"{BASE}draft/").status_code == 204
    assert not SchemeDraft.objects.exists()


def test_another_managers_draft_is_not_written_over_unseen(cast: Cast, manager: Client) -> None:
    labels = labels_of(manager)
    send(manager, "put", f"{BASE}draft/", {"labels": labels})
    admin = signed_in(cast, "admin")
    refused = send(admin, "put", f"{BASE}draft/", {"labels": labels, "seen": None})
    assert (refused.status_code, refused.json()["title"]) == (409, "draft_changed")
    assert "manager" in refused.json()["detail"]
    seen = admin.get(BASE).json()["state"]
    assert (seen["mine"], seen["by"]) == (False, "manager")
    assert send(admin, "put", f"{BASE}draft/", {"labels": labels, "seen": seen["at"]}).status_code == 200


def test_a_conflict_is_told_in_the_persons_language_and_refuses_publishing(cast: Cast, manager: Client) -> None:
    cast.manager.language = "en"
    cast.manager.save()
    labels = changed(labels_of(manager), "PRO", shortcut="Digit3")
    (problem,) = send(manager, "post", f"{BASE}consequences/", {"labels": labels}).json()["problems"]
    assert (problem["code"], problem["field"], problem["data"]["free"]) == ("shortcut_twice", "shortcut", "Digit9")
    assert problem["detail"] == "«LOC» has the same key."
    send(manager, "put", f"{BASE}draft/", {"labels": labels})
    refused = send(manager, "post", f"{BASE}publish/", {})
    assert (refused.status_code, refused.json()["title"]) == (422, "scheme_unsound")
    assert "PRO" in refused.json()["detail"]
    assert "same key" in refused.json()["detail"]
    assert SchemeVersion.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [{"labels": "x"}, {"labels": [{"key": 1}]}, {}, [], {"labels": [], "base": -1}, {"labels": [], "base": 2**40}],
)
def test_what_is_no_scheme_is_refused(manager: Client, body: Any) -> None:
    response = send(manager, "put", f"{BASE}draft/", body)
    assert response.status_code in (400, 422)
    assert not SchemeDraft.objects.exists()


def test_the_preview_is_a_paragraph_of_the_project_judged_by_the_draft(manager: Client, work: AnnotationSet) -> None:
    labels = changed(labels_of(manager), "LOC", archived=True)
    preview = send(manager, "post", f"{BASE}consequences/", {"labels": labels}).json()["preview"]
    assert preview["text"] in work.article.text.split("\n")
    (span,) = preview["spans"]
    ((start, end),) = span["ranges"]
    assert preview["text"][start:end] in ("تهران", "روسیه")
    assert span["verdicts"] == ["gone"]


def test_counting_asks_as_often_for_few_annotations_as_for_many(
    cast: Cast, manager: Client, work: AnnotationSet, django_assert_max_num_queries: Any
) -> None:
    labels = [label | {"color": "slate", "archived": label["kind"] == "article"} for label in labels_of(manager)]
    for _ in range(3):
        other = make_set(cast)
        perform(other, span_op(other.article.text, "روسیه", "LOC"), span_op(other.article.text, "نفت", "PRO"))
    with django_assert_max_num_queries(25):
        assert send(manager, "post", f"{BASE}consequences/", {"labels": labels}).status_code == 200


def test_the_affected_annotations_are_listed_with_their_place(manager: Client, work: AnnotationSet) -> None:
    send(manager, "put", f"{BASE}draft/", {"labels": changed(labels_of(manager), "LOC", archived=True)})
    html = manager.get("/projects/test/scheme/affected/?label=LOC&why=gone").content.decode()
    start = work.article.text.index("تهران")
    assert f"/sets/{work.pk}/#at={start}-{start + 5}" in html
    assert html.count("#at=") == 2
    assert "#at=" not in manager.get("/projects/test/scheme/affected/?label=LOC&why=invalid").content.decode()
    broken = changed(labels_of(manager), "LOC", archived=True, attributes={"properties": 5})
    send(manager, "put", f"{BASE}draft/", {"labels": broken})
    assert manager.get("/projects/test/scheme/affected/?label=LOC&why=gone").status_code == 200
    for wrong in ("label=LOC&why=x", "label=NOPE&why=gone", ""):
        assert manager.get(f"/projects/test/scheme/affected/?{wrong}").status_code == 404


def test_a_scheme_goes_out_as_a_file_and_comes_in_again(manager: Client) -> None:
    file = manager.get("/projects/test/scheme.json")
    assert "scheme-test-1.json" in file["Content-Disposition"]
    read = send(manager, "post", f"{BASE}read/", {"text": file.content.decode()}).json()["labels"]
    expected = [label | {"was": ""} for label in labels_of(manager)]
    assert read == expected


LABEL_STUDIO = """<View><Labels name="ner" toName="t"><Label value="Person" hotkey="p"/><Label value="نهاد"/></Labels>
<Choices name="mood" toName="t" perRegion="true"><Choice value="good"/></Choices>
<Choices name="kind" toName="t"><Choice value="news"/></Choices>
<Relations><Relation value="works for"/></Relations><Text name="t" value="$text"/></View>"""


def test_label_studios_configuration_is_read(manager: Client) -> None:
    labels = send(manager, "post", f"{BASE}read/", {"text": LABEL_STUDIO}).json()["labels"]
    assert [(one["key"], one["kind"]) for one in labels] == [
        ("Person", "entity"), ("", "entity"), ("kind", "article"), ("works_for", "relation"),
    ]  # fmt: skip
    assert labels[0]["shortcut"] == "KeyP"
    assert labels[0]["attributes"]["properties"]["mood"]["enum"] == ["good"]
    assert labels[2]["attributes"]["values"] == ["news"]
    assert labels[1]["title_fa"] == "نهاد"


BOMB = '<!DOCTYPE a [<!ENTITY b "x">]><View><Labels><Label value="&b;"/></Labels></View>'


@pytest.mark.parametrize("text", ["{", "<View/>", "<View>", BOMB, '{"labels": 5}', "[[[", "[" * 100_000])
def test_a_file_that_defines_no_labels_is_refused(manager: Client, text: str) -> None:
    response = send(manager, "post", f"{BASE}read/", {"text": text})
    assert (response.status_code, response.json()["title"]) == (422, "scheme_unreadable")


def test_a_guideline_is_published_on_the_version_it_was_written_on(cast: Cast, manager: Client) -> None:
    body = {"text": "# شیوه\r\n", "entries": {"PER": "نام", "ORG": " "}, "base": 1, "note": "آغاز"}
    made = send(manager, "post", GUIDELINES, body)
    assert (made.status_code, made.json()["number"]) == (201, 2)
    assert (made.json()["text"], made.json()["entries"]) == ("# شیوه", {"PER": "نام"})
    cast.project.refresh_from_db()
    assert (cast.project.guideline, cast.project.guideline_version) == ("# شیوه", 2)
    late = send(manager, "post", GUIDELINES, body)
    assert (late.status_code, late.json()["title"]) == (409, "guideline_stale")
    same = send(manager, "post", GUIDELINES, body | {"base": 2})
    assert (same.status_code, same.json()["title"]) == (422, "guideline_same")
    assert [one["number"] for one in manager.get(GUIDELINES).json()] == [2, 1]
    assert manager.get(f"{GUIDELINES}1/").json()["text"] == ""


@pytest.mark.parametrize("wrong", [{"entries": {"NOPE": "x"}}, {"text": "a\x00b"}, {"entries": {"PER": "x" * 40_001}}])
def test_a_guideline_that_cant_be_kept_is_refused(manager: Client, wrong: dict[str, Any]) -> None:
    response = send(manager, "post", GUIDELINES, {"text": "a", "base": 1} | wrong)
    assert response.status_code == 422
    assert GuidelineVersion.objects.count() == 1


def test_what_was_written_before_there_were_versions_is_kept_as_one(cast: Cast, manager: Client) -> None:
    GuidelineVersion.objects.all().delete()
    Project.objects.update(guideline="پیشین", guideline_version=4)
    assert manager.get("/projects/test/guideline/changes/").status_code == 404  # there is no version before it
    assert send(manager, "post", GUIDELINES, {"text": "تازه", "base": 4}).status_code == 201
    assert list(GuidelineVersion.objects.values_list("number", "text")) == [(5, "تازه"), (4, "پیشین")]
    html = manager.get("/projects/test/guideline/changes/").content.decode()
    assert "<del>پیشین</del>" in html
    assert "<ins>تازه</ins>" in html


def test_a_mark_of_what_was_read_never_goes_back(cast: Cast, manager: Client) -> None:
    send(manager, "post", GUIDELINES, {"text": "دوم", "base": 1})
    annotator = signed_in(cast, "annotator")
    for version, read in ((1, 1), (2, 2), (1, 2), (99, 2)):
        assert send(annotator, "post", f"{GUIDELINES}read/", {"version": version}).status_code == 204
        assert Membership.objects.get(user=cast.annotator).guideline_read == read


def test_the_guideline_beside_the_text_ends_with_the_labels_own_entries(cast: Cast, manager: Client) -> None:
    text = "## شخص (PER)\n\nاز متن"
    send(manager, "post", GUIDELINES, {"text": text, "entries": {"PER": "از <b>مدخل</b>"}, "base": 1})
    html = signed_in(cast, "annotator").get("/projects/test/guideline/").content.decode()
    assert html.count('data-labels="PER"') == 1
    assert '<section id="entry-PER" data-labels="PER" lang="fa" dir="rtl">' in html
    assert "از &lt;b&gt;مدخل&lt;/b&gt;" in html


def test_the_workspace_says_which_version_was_read_and_what_is_new(
    cast: Cast, manager: Client, work: AnnotationSet
) -> None:
    Membership.objects.filter(user=cast.annotator).update(guideline_read=1)
    send(manager, "post", GUIDELINES, {"text": "دوم", "base": 1, "note": "روشن‌تر"})
    html = signed_in(cast, "annotator").get(f"/sets/{work.pk}/").content.decode()
    data = json.loads(html.split('<script id="workspace-data" type="application/json">')[1].split("</script>")[0])
    assert data["guideline"] == {"version": 2, "read": 1, "notes": ["روشن‌تر"]}


def test_the_form_publishes_and_keeps_what_was_written_where_it_is_refused(cast: Cast, manager: Client) -> None:
    Label.objects.filter(key="TIM").update(archived_at="2026-01-01T00:00:00Z")
    send(manager, "post", GUIDELINES, {"text": "یک", "entries": {"TIM": "زمان"}, "base": 1})
    said = {"text": "دو", "entry-PER": "نام کسان", "note": "", "base": "2"}
    assert manager.post("/projects/test/guideline/edit/", said).status_code == 302
    version = GuidelineVersion.objects.get(number=3)
    assert (version.text, version.entries) == ("دو", {"TIM": "زمان", "PER": "نام کسان"})
    refused = manager.post("/projects/test/guideline/edit/", said | {"text": "سه"})
    assert refused.status_code == 422
    assert "سه</textarea>" in refused.content.decode()
    assert 'name="base" value="3"' in refused.content.decode()


def test_a_project_begins_with_another_ones_labels_and_guideline(cast: Cast, manager: Client) -> None:
    send(manager, "post", GUIDELINES, {"text": "شیوه", "entries": {"PER": "نام"}, "base": 1})
    admin = signed_in(cast, "admin")
    said = {"title": "دوم", "slug": "second", "preset": "fnc1", "copy_of": "test"}
    assert admin.post("/projects/new/", said).status_code == 302
    second = Project.objects.get(slug="second")
    assert [label.key for label in second.labels.all()] == [label.key for label in cast.project.labels.all()]
    assert (second.guideline, second.guideline_version) == ("شیوه", 1)
    assert GuidelineVersion.objects.get(project=second).entries == {"PER": "نام"}
    assert admin.post("/projects/new/", said | {"slug": "third", "copy_of": "nope"}).status_code == 422
    made = send(admin, "post", "/api/v1/projects/", {"title": "سوم", "slug": "third", "copy_of": "test"})
    assert (made.status_code, made.json()["guideline"], made.json()["scheme_version"]) == (201, "شیوه", 1)
    refused = send(admin, "post", "/api/v1/projects/", {"title": "چهارم", "copy_of": "nope"})
    assert refused.status_code == 422
