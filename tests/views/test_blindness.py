"""Do annotators see each other's work? Nowhere in a blind project; else what is finished, to read and not to touch."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotations.actions.assignments import assign
from annotations.actions.comments import write_comment
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Comment, Dismissal, Project, Revision, Span, StatusChange, Visit
from annotations.states import FINISHED, TRANSITIONS, State
from tests.factories import TEXT, Cast, make_article, make_cast, perform, span_op
from tests.views.access import PAGES, SENT
from tests.views.test_access import ASKED

pytestmark = pytest.mark.django_db

NAME = "کیم جونگ اون"
# What a peer may read of a finished set where the project is not blind, and where else they meet the same address.
READ = {"annotation-set-detail", "operations", "set-history", "set-compare", "api-history", "api-restore"}
OF_SETS = {
    "workspace", "carried", "annotation-set-detail", "operations", "time", "warnings", "warnings-elsewhere", "comments",
    "transitions", "set-history", "set-compare", "api-history", "api-restore",
}  # fmt: skip
SENT_TO_SETS = {
    "submit", "carried", "move", "operations", "time", "warnings", "comments", "comments-seen", "comment-resolve",
    "comment-reopen", "annotation-set-submit", "transitions", "api-restore",
}  # fmt: skip
PAGES_OF_ALL = ("home", "library", "library-count", "jobs", "annotation-set-list", "article-list")
OF_PROJECTS = ("project", "concordance", "concordance-hits", "entities", "bulk-edits")


@pytest.fixture
def cast() -> Cast:
    return make_cast(overlap=2)


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    """The annotator's set, with a span, a comment and a time of work; the second annotator is at the same article."""
    article = make_article(cast.project)
    work = assign(cast.project, article, annotator=cast.annotator)
    perform(work, span_op(TEXT, NAME, attributes={"mention": "nominal"}))
    write_comment(work, by=cast.annotator, uid=str(uuid.uuid4()), text="رازی در گفت‌وگو")
    assign(cast.project, article, annotator=cast.annotator2)
    return work


@pytest.fixture
def peer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.annotator2)
    return client


def stand(work: AnnotationSet, status: str, *, blind: bool) -> None:
    AnnotationSet.objects.filter(pk=work.pk).update(status=status)
    Project.objects.filter(pk=work.project_id).update(blind=blind)


def body_for(name: str, work: AnnotationSet) -> dict[str, object]:
    return {
        "operations": {"text_sha256": work.article.text_sha256, "operations": [span_op(TEXT, "مریم رضایی")]},
        "time": {"visit": str(uuid.uuid4()), "seconds": 60},
        "comments": {"id": str(uuid.uuid4()), "text": "پاسخ"},
        "transitions": {"transition": "submit"},
        "api-restore": {"version": 0},
    }.get(name, {})


def address_of(name: str, work: AnnotationSet) -> str:
    comment = Comment.objects.get().uid
    if name in ("comment-resolve", "comment-reopen"):
        return reverse(name, args=[work.pk, comment])
    return reverse(name, args=[work.pk])


def test_the_lists_here_name_every_address_of_a_set() -> None:
    def of_a_set(name: str) -> bool:
        try:
            return "/sets/" in reverse(name, args=[1]) or "/annotation-sets/" in reverse(name, args=[1])
        except Exception:
            return name.startswith("comment-")

    assert {name for name in PAGES if of_a_set(name)} == OF_SETS
    assert {name for name in SENT if of_a_set(name)} == SENT_TO_SETS


@pytest.mark.parametrize("name", sorted(OF_SETS))
def test_a_peers_set_is_read_where_it_is_finished_and_the_project_not_blind(
    work: AnnotationSet, peer: Client, name: str
) -> None:
    for status in State:
        for blind in (True, False):
            stand(work, status, blind=blind)
            seen = name in READ and status in FINISHED and not blind
            answer = peer.get(address_of(name, work), ASKED.get(name, {}))
            assert answer.status_code == (200 if seen else 404), (status, blind)


@pytest.mark.parametrize("name", sorted(SENT_TO_SETS))
def test_a_peers_set_is_never_changed(work: AnnotationSet, peer: Client, name: str) -> None:
    models = (Span, Revision, Comment, Visit, Dismissal, StatusChange)
    before = [model.objects.count() for model in models]
    for status in State:
        for blind in (True, False):
            stand(work, status, blind=blind)
            body = json.dumps(body_for(name, work))
            answer = peer.post(address_of(name, work), body, content_type="application/json")
            assert answer.status_code in (403, 404), (status, blind)
            assert AnnotationSet.objects.get(pk=work.pk).status == status
    assert [model.objects.count() for model in models] == before


@pytest.mark.parametrize("status", [State.IN_PROGRESS, State.SUBMITTED, State.ADJUDICATED, State.GIVEN_BACK])
def test_no_page_of_a_blind_project_gives_a_peers_work_away(
    cast: Cast, work: AnnotationSet, peer: Client, status: str
) -> None:
    stand(work, status, blind=True)
    traces = (work.uid, work.pseudonym, Span.objects.get(annotation_set=work).uid, "nominal", "رازی")
    pages = [reverse(name) for name in PAGES_OF_ALL] + [reverse(name, args=["test"]) for name in OF_PROJECTS]
    pages += [
        reverse("article", args=[work.article_id]), reverse("article-detail", args=[work.article_id]),
        f"/articles/{work.article_id}/?set={work.pk}", f"/api/v1/annotation-sets/?article={work.article_id}",
        "/projects/test/concordance/?q=کیم&whose=everyone", "/api/v1/projects/test/concordance/?q=کیم&whose=everyone",
        "/library/?label=PER",
    ]  # fmt: skip
    for page in pages:
        answer = peer.get(page)
        assert answer.status_code in (200, 422), page
        said = answer.content.decode()
        assert not [trace for trace in traces if trace in said], page
    assert f"/articles/{work.article_id}/" not in peer.get("/library/?label=PER").content.decode()


def test_where_the_project_is_not_blind_the_reader_shows_a_peers_finished_work(
    work: AnnotationSet, peer: Client
) -> None:
    stand(work, State.SUBMITTED, blind=False)
    listed = peer.get(f"/api/v1/annotation-sets/?article={work.article_id}").json()["results"]
    assert work.pk in {one["id"] for one in listed}
    assert NAME in peer.get(f"/articles/{work.article_id}/?set={work.pk}").content.decode()
    detail = peer.get(f"/api/v1/annotation-sets/{work.pk}/").json()
    assert [span["quote"] for span in detail["spans"]] == [NAME]
    assert detail["transitions"] == []


def test_whoever_left_the_project_sees_nothing_of_it(cast: Cast, work: AnnotationSet, peer: Client) -> None:
    stand(work, State.SUBMITTED, blind=False)
    cast.project.memberships.filter(user=cast.annotator2).delete()
    assert peer.get(f"/api/v1/annotation-sets/{work.pk}/").status_code == 404
    assert peer.get("/api/v1/annotation-sets/").json()["results"] == []


def test_no_transition_of_a_peers_set_is_open_to_an_annotator(cast: Cast, work: AnnotationSet, peer: Client) -> None:
    for key in TRANSITIONS:
        body = json.dumps({"transition": key, "note": "چرا"})
        answer = peer.post(f"/api/v1/annotation-sets/{work.pk}/transitions/", body, content_type="application/json")
        assert answer.status_code == 404
    move(work, "submit", by=cast.annotator)
    assert work.status == State.SUBMITTED
