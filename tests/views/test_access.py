"""Who may open or send what? Every page and endpoint, for every member of the cast."""

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations.actions.bulk_edits import apply
from annotations.actions.comments import write_comment
from annotations.actions.entities import create_entity
from annotations.actions.import_jobs import draft_import
from annotations.actions.propagations import begin_propagation
from annotations.models import AnnotationSet, Job
from tests.factories import Cast, make_article, make_cast, make_set, make_user

pytestmark = pytest.mark.django_db

PEOPLE = ("annotator", "annotator2", "reviewer", "manager", "admin", "outsider")
#                       annotator annotator2 reviewer manager admin outsider  nobody
PAGES: dict[str, tuple[int, ...]] = {
    "home": (200, 200, 200, 200, 200, 200, 302),
    "library": (200, 200, 200, 200, 200, 200, 302),
    "library-count": (200, 200, 200, 200, 200, 200, 302),
    "article": (200, 200, 200, 200, 200, 404, 302),
    "changes": (200, 200, 200, 200, 200, 404, 302),
    "carried": (200, 404, 200, 200, 200, 404, 302),
    "article-history": (200, 200, 200, 200, 200, 404, 302),
    "set-history": (200, 404, 200, 200, 200, 404, 302),
    "set-compare": (200, 404, 200, 200, 200, 404, 302),
    "set-restore": (200, 404, 200, 200, 200, 404, 302),
    "api-history": (200, 404, 200, 200, 200, 404, 401),
    "api-version": (200, 404, 200, 200, 200, 404, 401),
    "api-restore": (200, 404, 200, 200, 200, 404, 401),
    "project": (200, 200, 200, 200, 200, 404, 302),
    "new-project": (403, 403, 403, 403, 200, 403, 302),
    "upload": (403, 403, 403, 200, 200, 404, 302),
    "jobs": (200, 200, 200, 200, 200, 200, 302),
    "job": (404, 404, 404, 200, 200, 404, 302),
    "job-problems": (404, 404, 404, 200, 200, 404, 302),
    "job-report": (404, 404, 404, 200, 200, 404, 302),
    "api-job-list": (200, 200, 200, 200, 200, 200, 401),
    "api-job-detail": (404, 404, 404, 200, 200, 404, 401),
    "api-job-report": (404, 404, 404, 200, 200, 404, 401),
    "workspace": (200, 404, 200, 200, 200, 404, 302),
    "agreement": (403, 403, 200, 200, 200, 404, 302),
    "agreement-csv": (403, 403, 200, 200, 200, 404, 302),
    "api-agreement": (403, 403, 200, 200, 200, 404, 401),
    "concordance": (200, 200, 200, 200, 200, 404, 302),
    "concordance-csv": (200, 200, 200, 200, 200, 404, 302),
    "concordance-hits": (200, 200, 200, 200, 200, 404, 401),
    "bulk-edits": (200, 200, 200, 200, 200, 404, 401),
    "login": (302, 302, 302, 302, 302, 302, 200),
    "healthz": (200,) * 7,
    "favicon": (302,) * 7,
    "api-docs": (200,) * 7,
    "schema": (200,) * 7,
    "article-list": (200, 200, 200, 200, 200, 200, 401),
    "article-detail": (200, 200, 200, 200, 200, 404, 401),
    "article-analysis": (202, 202, 202, 202, 202, 404, 401),
    "project-list": (200, 200, 200, 200, 200, 200, 401),
    "project-detail": (200, 200, 200, 200, 200, 404, 401),
    "project-labels": (200, 200, 200, 200, 200, 404, 401),
    "annotation-set-list": (200, 200, 200, 200, 200, 200, 401),
    "annotation-set-detail": (200, 404, 200, 200, 200, 404, 401),
    "operations": (200, 404, 200, 200, 200, 404, 401),
    "guideline": (204, 204, 204, 204, 204, 404, 302),
    "time": (200, 404, 200, 200, 200, 404, 401),
    "warnings": (200, 404, 200, 200, 200, 404, 401),
    "warnings-elsewhere": (200, 404, 200, 200, 200, 404, 401),
    "entities": (200, 200, 200, 200, 200, 404, 401),
    "entity": (200, 200, 200, 200, 200, 404, 401),
    "occurrences": (200, 200, 200, 200, 200, 404, 401),
    "propagation": (200, 404, 404, 404, 404, 404, 401),
    "comments": (200, 404, 200, 200, 200, 404, 401),
    "comment": (200, 404, 200, 200, 200, 404, 401),
    "export": (403, 403, 200, 200, 200, 404, 401),
    "export-count": (403, 403, 200, 200, 200, 404, 401),
}
SENT: dict[str, tuple[int, ...]] = {
    "agreement": (403, 403, 302, 302, 302, 404, 302),
    "start": (302, 302, 302, 302, 302, 404, 302),
    "submit": (302, 404, 302, 302, 302, 404, 302),
    "carried": (404, 404, 302, 302, 302, 404, 302),  # the annotator's: no such annotation
    "preferences": (302,) * 7,
    "job-begin": (404, 404, 404, 302, 302, 404, 302),
    "job-cancel": (404, 404, 404, 302, 302, 404, 302),
    "job-resume": (404, 404, 404, 302, 302, 404, 302),
    "job-run-here": (404, 404, 404, 302, 302, 404, 302),
    "api-job-cancel": (404, 404, 404, 200, 409, 404, 401),
    "api-job-resume": (404, 404, 404, 409, 409, 404, 401),
    "concordance-label": (200, 200, 200, 200, 200, 404, 401),
    "bulk-edit-undo": (200, 404, 404, 404, 404, 404, 401),
    "operations": (200, 404, 403, 403, 403, 404, 401),
    "set-restore": (302, 404, 302, 302, 302, 404, 302),  # a message says to whom it is refused
    "api-restore": (200, 404, 403, 403, 403, 404, 401),
    "import": (403, 403, 403, 200, 200, 404, 401),
    "time": (200, 404, 200, 200, 200, 404, 401),
    "warnings": (200, 404, 200, 200, 200, 404, 401),
    "entities": (201, 201, 201, 201, 201, 404, 401),
    "propagations": (200, 200, 200, 200, 200, 404, 401),
    "comments": (201, 404, 201, 201, 201, 404, 401),
    "comments-seen": (204, 404, 204, 204, 204, 404, 401),
    "comment-resolve": (200, 404, 200, 200, 200, 404, 401),
    "comment-reopen": (200, 404, 200, 200, 200, 404, 401),
    "annotation-set-submit": (200, 404, 403, 403, 403, 404, 401),
}
# Pages whose frame is looked at.
FRAMED = (
    "home", "library", "article", "project", "upload", "jobs", "job", "workspace", "concordance", "agreement",
    "set-history", "set-compare", "set-restore", "article-history",
)  # fmt: skip
COMMENT, STEP = str(uuid.uuid4()), str(uuid.uuid4())
WORDS = {"words": "تاس", "label": "ORG", "set": 1}
COMMENT, BULK_EDIT = str(uuid.uuid4()), str(uuid.uuid4())
# What is tested elsewhere: tokens in tests/api, signing out by the browser's path.
ELSEWHERE = {"tokens", "logout"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    work = make_set(cast)
    create_entity(cast.project, by=cast.annotator, name="تاس", key="org-tass")
    begin_propagation(cast.project, by=cast.annotator, uid=STEP, origin=work.pk, words="تاس", whole=True, label="ORG")
    work.article.supersedes = make_article(cast.project, "پیش از اصلاح")
    work.article.save()
    draft_import(cast.project, by=cast.manager)
    write_comment(work, by=cast.annotator, uid=COMMENT, text="چرا؟")
    apply(cast.project, [], by=cast.annotator, uid=BULK_EDIT)
    return work


def address(name: str, work: AnnotationSet) -> str:
    job = Job.objects.get(kind="import")
    known = {"slug": work.project.slug, "article": work.article_id, "set": work.pk}
    arguments: dict[str, list[Any]] = {
        "article": [known["article"]], "article-detail": [known["article"]],
        "article-analysis": [known["article"]], "changes": [known["article"]], "carried": [known["set"]],
        "project": [known["slug"]], "project-detail": [known["slug"]], "project-labels": [known["slug"]],
        "guideline": [known["slug"]], "comments": [known["set"]], "comments-seen": [known["set"]],
        "agreement": [known["slug"]], "agreement-csv": [known["slug"], "labels"], "api-agreement": [known["slug"]],
        "concordance": [known["slug"]], "concordance-csv": [known["slug"]], "concordance-hits": [known["slug"]],
        "concordance-label": [known["slug"]], "bulk-edits": [known["slug"]],
        "bulk-edit-undo": [known["slug"], BULK_EDIT],
        "comment": [known["set"], COMMENT], "comment-resolve": [known["set"], COMMENT],
        "comment-reopen": [known["set"], COMMENT],
        "upload": [known["slug"]], "export": [known["slug"]], "export-count": [known["slug"]],
        "import": [known["slug"]], "start": [known["slug"], known["article"]],
        "workspace": [known["set"]], "submit": [known["set"]], "operations": [known["set"]],
        "entities": [known["slug"]], "entity": [known["slug"], "org-tass"],
        "occurrences": [known["slug"]], "propagations": [known["slug"]], "propagation": [known["slug"], STEP],
        "time": [known["set"]], "warnings": [known["set"]], "warnings-elsewhere": [known["set"]],
        "annotation-set-detail": [known["set"]], "annotation-set-submit": [known["set"]],
        "job-report": [job.pk, "csv"],
        "article-history": [known["article"]], "set-history": [known["set"]], "set-compare": [known["set"]],
        "set-restore": [known["set"], 0], "api-history": [known["set"]], "api-version": [known["set"], 0],
        "api-restore": [known["set"]],
    }  # fmt: skip
    if re.match("(api-)?job(?!s$|-list)", name):
        arguments.setdefault(name, [job.pk])
    return reverse(name, args=arguments.get(name, []))


def as_each(check: Callable[[Client], int]) -> tuple[int, ...]:
    statuses = []
    for name in (*PEOPLE, None):
        client = Client()
        if name:
            assert client.login(username=name, password=name)
        statuses.append(check(client))
    return tuple(statuses)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_those_who_may_see_it(work: AnnotationSet, name: str) -> None:
    asked = WORDS if name == "occurrences" else {"version": 0} if name == "api-restore" else {}
    assert as_each(lambda client: client.get(address(name, work), asked).status_code) == PAGES[name]


@pytest.mark.parametrize("name", SENT)
def test_something_is_accepted_from_those_who_may_send_it(work: AnnotationSet, name: str) -> None:
    def send(client: Client) -> int:
        body: Any = {}
        if name == "operations":
            body = json.dumps({"text_sha256": work.article.text_sha256, "operations": []})
        elif name == "concordance-label":
            hit = {"article": work.article_id, "start": 0, "end": 5, "quote": work.article.text[:5]}
            body = json.dumps({"id": str(uuid.uuid4()), "label": "PER", "hits": [hit]})
        elif name == "api-restore":
            body = json.dumps({"version": 0})
        elif name == "comments":
            body = json.dumps({"id": str(uuid.uuid4()), "text": "زیرا"})
        elif name == "comments-seen":
            body = json.dumps({"comment": COMMENT})
        elif name == "entities":
            body = json.dumps({"name": "ایسنا", "label": "ORG"})
        elif name == "propagations":
            body = json.dumps(WORDS | {"id": str(uuid.uuid4())})
        elif name == "time":
            body = json.dumps({"visit": str(uuid.uuid4()), "seconds": 60})
        return client.post(address(name, work), body, content_type="application/json").status_code

    assert as_each(send) == SENT[name]


def test_every_address_stands_in_the_matrix() -> None:
    def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
        found = set()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.add(pattern.name)
            elif pattern.app_name != "admin":
                found |= names(pattern.url_patterns)
        return found

    assert names(get_resolver().url_patterns) == set(PAGES) | set(SENT) | ELSEWHERE


def test_annotators_are_blind_to_each_other(cast: Cast, work: AnnotationSet) -> None:
    client = Client()
    client.login(username="annotator2", password="annotator2")
    assert client.get("/api/v1/annotation-sets/").json()["results"] == []
    assert client.get(f"/api/v1/annotation-sets/?article={work.article_id}").json()["results"] == []


def test_an_article_outside_ones_projects_is_not_there(cast: Cast) -> None:
    stranger = make_user("stranger")
    article = make_article(cast.project)
    client = Client()
    client.force_login(stranger)
    assert client.get("/api/v1/articles/").json()["results"] == []
    assert client.get(reverse("article", args=[article.pk])).status_code == 404
    assert client.post(reverse("start", args=["test", article.pk])).status_code == 404


@pytest.mark.parametrize("name", FRAMED)
@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_a_page_has_one_heading_its_direction_and_no_inline_code(
    cast: Cast, work: AnnotationSet, name: str, language: str, direction: str
) -> None:
    cast.manager.language = language
    cast.manager.save()
    client = Client()
    client.login(username="manager", password="manager")
    response = client.get(address(name, work))
    html = response.content.decode()
    assert f'<html lang="{language}" dir="{direction}"' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert "style=" not in html
    assert not re.search(r"\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", html)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
