"""Comments: who may say, change, close and take back what; each exactly once; threads outlive what they are about."""

import json
from typing import Any

import pytest
from django.test import Client

from annotations.actions.comments import write_comment
from annotations.actions.projects import create_project
from annotations.models import AnnotationSet, Comment, ReadMark, Role, SetKind, Span, User
from annotations.models.comments import LONGEST_COMMENT
from tests.factories import TEXT, Cast, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db
PEOPLE = ("annotator", "annotator2", "reviewer", "manager", "admin", "outsider")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast)


def call(name: str, method: str, work: AnnotationSet, path: str = "", body: Any = None) -> Any:
    client = Client()
    assert client.login(username=name, password=name)
    address = f"/api/v1/annotation-sets/{work.pk}/comments/{path}"
    return client.generic(method, address, "" if body is None else json.dumps(body), content_type="application/json")


def say(work: AnnotationSet, text: str = "چرا؟", *, by: str = "reviewer", **fields: Any) -> dict[str, Any]:
    response = call(by, "POST", work, body={"id": uid(), "text": text} | fields)
    assert response.status_code == 201, response.content
    return response.json()


def statuses(method: str, work: AnnotationSet, make: Any) -> dict[str, int]:
    found = {}
    for name in PEOPLE:
        path, body = make(name)
        found[name] = call(name, method, work, path, body).status_code
    return found


def test_who_may_see_a_set_may_speak_of_it(work: AnnotationSet) -> None:
    allowed = {"annotator": 201, "annotator2": 404, "reviewer": 201, "manager": 201, "admin": 201, "outsider": 404}
    assert statuses("POST", work, lambda name: ("", {"id": uid(), "text": "x"})) == allowed
    reads = {name: 200 if status == 201 else status for name, status in allowed.items()}
    assert statuses("GET", work, lambda name: ("", None)) == reads
    assert Comment.objects.count() == 4


def test_only_who_wrote_a_comment_changes_it(work: AnnotationSet) -> None:
    said = say(work, by="annotator")
    denied = {"annotator": 200, "annotator2": 404, "reviewer": 403, "manager": 403, "admin": 403, "outsider": 404}
    assert statuses("PATCH", work, lambda name: (f"{said['id']}/", {"text": f"by {name}"})) == denied
    comment = Comment.objects.get()
    assert comment.text == "by annotator"
    assert comment.edited_at is not None


def test_who_wrote_a_comment_and_managers_take_it_away(work: AnnotationSet) -> None:
    said = {name: say(work, by="annotator")["id"] for name in PEOPLE}
    allowed = {"annotator": 204, "annotator2": 404, "reviewer": 403, "manager": 204, "admin": 204, "outsider": 404}
    assert statuses("DELETE", work, lambda name: (f"{said[name]}/", None)) == allowed
    assert Comment.objects.count() == 6
    assert Comment.objects.filter(deleted_at=None).count() == 3


@pytest.mark.parametrize("verb", ["resolve", "reopen"])
def test_all_who_see_a_thread_close_and_reopen_it(work: AnnotationSet, verb: str) -> None:
    said = say(work, by="reviewer")
    allowed = {"annotator": 200, "annotator2": 404, "reviewer": 200, "manager": 200, "admin": 200, "outsider": 404}
    assert statuses("POST", work, lambda name: (f"{said['id']}/{verb}/", None)) == allowed


def test_the_first_who_closes_a_thread_is_named_until_it_is_opened(work: AnnotationSet, cast: Cast) -> None:
    said = say(work)
    assert call("annotator", "POST", work, f"{said['id']}/resolve/").json()["resolved_by"]
    call("manager", "POST", work, f"{said['id']}/resolve/")
    assert Comment.objects.get().resolved_by == cast.annotator
    reopened = call("manager", "POST", work, f"{said['id']}/reopen/").json()
    assert (reopened["resolved_at"], reopened["resolved_by"]) == (None, None)


def test_an_answer_opens_its_thread_again(work: AnnotationSet) -> None:
    said = say(work)
    call("annotator", "POST", work, f"{said['id']}/resolve/")
    say(work, "نه هنوز", by="annotator", parent=said["id"])
    assert Comment.objects.get(uid=said["id"]).resolved_at is None


def test_annotators_do_not_hear_each_other(work: AnnotationSet) -> None:
    said = say(work, by="annotator")
    own = make_set_of_other(work)
    assert call("annotator2", "GET", own).json()["results"] == []
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "resolve/"), ("POST", "reopen/")):
        body = {"text": "x"} if method == "PATCH" else None
        # Neither at its own address nor by way of a set that annotator2 may see.
        assert call("annotator2", method, work, f"{said['id']}/{path}", body).status_code == 404
        assert call("annotator2", method, own, f"{said['id']}/{path}", body).status_code == 404
    answer = call("annotator2", "POST", own, body={"id": uid(), "text": "x", "parent": said["id"]})
    assert (answer.status_code, answer.json()["title"]) == (422, "no_thread")
    assert call("annotator2", "POST", own, "seen/", {"comment": said["id"]}).status_code == 404


def make_set_of_other(work: AnnotationSet) -> AnnotationSet:
    other = User.objects.get(username="annotator2")
    return AnnotationSet.objects.create(
        project=work.project, article=work.article, annotator=other, kind=SetKind.ANNOTATOR, pseudonym="a-2"
    )


def test_a_comment_sent_twice_is_there_once(work: AnnotationSet) -> None:
    body = {"id": uid(), "text": "چرا؟"}
    first, second = call("annotator", "POST", work, body=body), call("annotator", "POST", work, body=body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Comment.objects.count() == 1
    # A late repetition does not bring the first words back, nor the comment.
    call("annotator", "PATCH", work, f"{body['id']}/", {"text": "بهتر"})
    assert call("annotator", "POST", work, body=body).json()["text"] == "بهتر"
    call("annotator", "DELETE", work, f"{body['id']}/")
    assert call("annotator", "POST", work, body=body).status_code == 200
    assert Comment.objects.get().deleted_at is not None


def test_an_id_is_not_taken_twice(work: AnnotationSet) -> None:
    body = {"id": uid(), "text": "چرا؟"}
    call("annotator", "POST", work, body=body)
    for by, other in (("reviewer", body), ("annotator", body | {"text": "دیگر"})):
        refused = call(by, "POST", work, body=other)
        assert (refused.status_code, refused.json()["title"]) == (409, "comment_id_taken")
        assert refused["Content-Type"].startswith("application/problem+json")
    assert Comment.objects.get().text == "چرا؟"


BAD = [
    ({"text": ""}, "text"), ({"text": "  \n "}, "text"), ({"text": "x" * (LONGEST_COMMENT + 1)}, "text"),
    ({"text": "a\u0000b"}, "text"), ({"text": None}, "text"), ({"id": "17"}, "id"), ({"span": "x"}, "span"),
    ({"span": uid(), "parent": uid()}, "non_field_errors"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field"), BAD)
def test_a_bad_comment_gets_problem_details_that_name_the_field(
    work: AnnotationSet, change: dict[str, Any], field: str
) -> None:
    response = call("annotator", "POST", work, body={"id": uid(), "text": "x"} | change)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field
    assert not Comment.objects.exists()


def test_markup_stays_the_text_that_was_written(work: AnnotationSet) -> None:
    said = say(work, "<script>alert(1)</script> **x**")
    assert Comment.objects.get(uid=said["id"]).text == said["text"] == "<script>alert(1)</script> **x**"


def test_a_thread_keeps_what_its_span_said_when_the_span_is_deleted(work: AnnotationSet) -> None:
    span = span_op(TEXT, "مریم رضایی")
    perform(work, span)
    said = say(work, span=span["id"])
    assert said["about"] == {"label": "PER", "quote": "مریم رضایی"}
    perform(work, op("span.delete", id=span["id"]))
    assert not Span.objects.exists()
    (left,) = call("annotator", "GET", work).json()["results"]
    assert (left["span"], left["about"]["quote"]) == (span["id"], "مریم رضایی")


def test_words_on_a_span_that_was_deleted_meanwhile_are_not_lost(work: AnnotationSet) -> None:
    span = span_op(TEXT, "مریم رضایی")
    perform(work, span, op("span.update", id=span["id"], label="ORG"), op("span.delete", id=span["id"]))
    assert say(work, span=span["id"])["about"] == {"label": "ORG", "quote": "مریم رضایی"}


def test_a_thread_on_a_relation_keeps_its_ends(work: AnnotationSet) -> None:
    holder, target = span_op(TEXT, "کیم جونگ اون"), span_op(TEXT, "صادرات نفت رشد می‌کند", "CLAIM")
    stance = op(
        "relation.create", id=uid(), label="stance", head=holder["id"], via=None, tail=target["id"],
        attributes={"polarity": "FAVOR"},
    )  # fmt: skip
    perform(work, holder, target, stance)
    said = say(work, relation=stance["id"])
    perform(work, op("relation.delete", id=stance["id"]))
    late = say(work, relation=stance["id"])
    for about in (said["about"], late["about"]):
        assert (about["label"], about["polarity"], about["via"]) == ("stance", "FAVOR", None)
        assert about["head"] == {"end": holder["id"], "label": "PER", "quote": "کیم جونگ اون"}
        assert about["tail"]["quote"] == "صادرات نفت رشد می‌کند"


def test_nothing_is_said_of_what_the_set_never_held(work: AnnotationSet) -> None:
    own = make_set_of_other(work)
    elsewhere = span_op(TEXT, "مریم رضایی")
    perform(own, elsewhere)
    for about in ({"span": elsewhere["id"]}, {"span": uid()}, {"relation": uid()}):
        refused = call("reviewer", "POST", work, body={"id": uid(), "text": "x"} | about)
        assert (refused.status_code, refused.json()["title"]) == (422, "subject_unknown")


def test_an_answer_names_the_beginning_of_a_thread(work: AnnotationSet) -> None:
    said = say(work)
    answer = say(work, "زیرا", by="annotator", parent=said["id"])
    refused = call("reviewer", "POST", work, body={"id": uid(), "text": "x", "parent": answer["id"]})
    assert (refused.status_code, refused.json()["title"]) == (422, "no_thread")
    assert call("reviewer", "POST", work, f"{answer['id']}/resolve/").json()["title"] == "no_thread"


def test_a_deleted_beginning_stays_without_its_words_while_there_are_answers(work: AnnotationSet) -> None:
    said = say(work, "رازی")
    answer = say(work, by="annotator", parent=said["id"])
    call("reviewer", "DELETE", work, f"{said['id']}/")
    listed = {one["id"]: one for one in call("annotator", "GET", work).json()["results"]}
    assert (listed[said["id"]]["text"], listed[said["id"]]["author"], listed[said["id"]]["deleted"]) == ("", None, True)
    call("annotator", "DELETE", work, f"{answer['id']}/")
    assert call("annotator", "GET", work).json()["results"] == []
    assert Comment.objects.get(uid=said["id"]).text == "رازی"


def test_what_others_said_is_new_until_it_was_read(work: AnnotationSet) -> None:
    first, second = say(work), say(work)
    say(work, by="annotator")

    def new(name: str) -> list[str]:
        return [one["id"] for one in call(name, "GET", work).json()["results"] if one["unread"]]

    assert new("annotator") == [second["id"], first["id"]]
    assert call("annotator", "POST", work, "seen/", {"comment": second["id"]}).status_code == 204
    assert new("annotator") == []
    call("annotator", "POST", work, "seen/", {"comment": first["id"]})
    assert new("annotator") == []
    assert ReadMark.objects.get().user.username == "annotator"
    assert len(new("manager")) == 3


def test_the_annotator_goes_by_their_pseudonym_to_others(work: AnnotationSet, cast: Cast) -> None:
    User.objects.filter(pk=cast.annotator.pk).update(first_name="آرزو", last_name="مرادی")
    say(work, by="annotator")
    assert call("reviewer", "GET", work).json()["results"][0]["author"] == work.pseudonym
    assert call("annotator", "GET", work).json()["results"][0]["author"] == "آرزو مرادی"


def test_a_list_goes_on_by_cursor(work: AnnotationSet) -> None:
    ids = [say(work, str(number))["id"] for number in range(5)]
    client = Client()
    client.login(username="annotator", password="annotator")
    found, address = [], f"/api/v1/annotation-sets/{work.pk}/comments/?page_size=2"
    while address:
        page = client.get(address).json()
        found += [one["id"] for one in page["results"]]
        address = page["next"]
    assert found == ids[::-1]


def test_a_list_takes_few_queries_however_long_it_is(work: AnnotationSet, django_assert_max_num_queries: Any) -> None:
    said = say(work)
    for _ in range(20):
        say(work, by="annotator", parent=said["id"])
    client = Client()
    client.login(username="reviewer", password="reviewer")
    with django_assert_max_num_queries(8):
        client.get(f"/api/v1/annotation-sets/{work.pk}/comments/")


def test_returned_work_quotes_what_was_said_last_to_its_annotator(work: AnnotationSet, cast: Cast) -> None:
    say(work, "مرزها را ببین")
    say(work, "«وزیر» بیرون می‌ماند")
    say(work, "باشد", by="annotator")
    AnnotationSet.objects.filter(pk=work.pk).update(status="returned")
    client = Client()
    client.login(username="annotator", password="annotator")
    html = client.get("/").content.decode()
    assert "«وزیر» بیرون می‌ماند" in html
    assert "مرزها را ببین" not in html
    AnnotationSet.objects.filter(pk=work.pk).update(status="in_progress")
    assert "«وزیر» بیرون می‌ماند" not in client.get("/").content.decode()


def test_an_export_holds_no_comments(work: AnnotationSet) -> None:
    say(work, "رازِ میان ما")
    client = Client()
    client.login(username="reviewer", password="reviewer")
    exported = b"".join(client.get("/api/v1/projects/test/export/?format=jsonl").streaming_content)
    assert "رازِ میان ما" not in exported.decode()
    assert work.article.text_sha256 in exported.decode()


def test_a_manager_of_another_project_takes_nothing_away(work: AnnotationSet, cast: Cast) -> None:
    create_project(title="دیگر", slug="other", by=cast.outsider)
    said = say(work)
    assert cast.outsider.memberships.get().role == Role.MANAGER
    assert call("outsider", "DELETE", work, f"{said['id']}/").status_code == 404


def test_what_a_former_member_said_stays(work: AnnotationSet, cast: Cast) -> None:
    comment, _made = write_comment(work, by=cast.reviewer, uid=uid(), text="می‌ماند")
    cast.reviewer.delete()
    (left,) = call("annotator", "GET", work).json()["results"]
    assert (left["id"], left["author"], left["text"]) == (comment.uid, None, "می‌ماند")


def test_a_page_of_another_person_says_nothing(work: AnnotationSet, cast: Cast) -> None:
    client = Client()
    client.login(username="reviewer", password="reviewer")
    address = f"/api/v1/annotation-sets/{work.pk}/comments/"
    body = json.dumps({"id": uid(), "text": "x"})
    for person, status in ((cast.annotator.pk, 403), (cast.reviewer.pk, 201)):
        headers = {"X-Newsroom-Person": str(person)}
        assert client.post(address, body, content_type="application/json", headers=headers).status_code == status
    assert Comment.objects.get().author == cast.reviewer


def test_an_admin_looks_at_comments_and_changes_none(work: AnnotationSet) -> None:
    say(work, "زیر نگاه")
    client = Client()
    client.login(username="admin", password="admin")
    pages = "/admin/annotations/comment/"
    assert "زیر نگاه" in client.get(pages).content.decode()
    assert client.get(f"{pages}add/").status_code == 403
    assert client.post(f"{pages}{Comment.objects.get().pk}/delete/", {"post": "yes"}).status_code == 403
