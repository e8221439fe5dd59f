"""Who may open or send what? Every page and endpoint, for every member of the cast.

What follows from the two tables, for other methods and other projects, is generated in test_access_generated.py.
"""

import json
import re
import uuid
from collections.abc import Callable
from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations.actions.assignments import assign, submit
from annotations.actions.bulk_edits import apply
from annotations.actions.comments import write_comment
from annotations.actions.entities import create_entity
from annotations.actions.import_jobs import draft_import
from annotations.actions.projects import add_member
from annotations.actions.propagations import begin_propagation
from annotations.actions.releases import keep_file, seal, write_file
from annotations.actions.tokens import make_token
from annotations.actions.webhooks import make_webhook, send_ping
from annotations.models import AnnotationSet, Delivery, Job, Notification, ProjectArticle, Release, Role
from tests.factories import TEXT, Cast, make_article, make_cast, make_set, make_user, perform, span_op
from tests.views.access import PAGES, PEOPLE, SENT

pytestmark = pytest.mark.django_db

# Pages whose frame is looked at.
FRAMED = (
    "home", "library", "article", "project", "upload", "jobs", "job", "workspace", "concordance", "agreement",
    "project-settings", "people", "person", "webhooks", "webhook", "notifications", "review", "assign", "scheme",
    "edit-guideline", "adjudication", "adjudicate", "dashboard", "set-history", "set-compare", "set-restore",
    "article-history", "account",
)  # fmt: skip
STEP = str(uuid.uuid4())
WORDS = {"words": "تاس", "label": "ORG", "set": 1}
# What is asked beside the address.
ASKED = {"occurrences": WORDS, "scheme-affected": {"label": "PER", "why": "gone"}, "api-restore": {"version": 0}}
COMMENT, BULK_EDIT = str(uuid.uuid4()), str(uuid.uuid4())
# What is tested elsewhere: tokens and drafts of schemes (PUT) in tests/api, signing out by the browser's path.
ELSEWHERE = {"tokens", "logout", "scheme-draft"}


@pytest.fixture(scope="module")
def kept(kept_rows: None) -> tuple[Cast, AnnotationSet]:
    """Everybody, and one of each thing: what a test changes is undone, these stay for all tests of the file."""
    cast = make_cast()
    return cast, make_work(cast)


@pytest.fixture(scope="module")
def sessions(kept: tuple[Cast, AnnotationSet]) -> dict[str, SimpleCookie]:
    """The cookies of everybody, signed in by their passwords."""
    found = {}
    for name in PEOPLE:
        client = Client()
        assert client.login(username=name, password=name)
        found[name] = client.cookies
    return found


@pytest.fixture
def cast(kept: tuple[Cast, AnnotationSet]) -> Cast:
    return deepcopy(kept[0])


@pytest.fixture
def work(kept: tuple[Cast, AnnotationSet]) -> AnnotationSet:
    return deepcopy(kept[1])


def make_work(cast: Cast, text: str = TEXT) -> AnnotationSet:
    """Makes one of each thing that an address leads to, around a set of the annotator's."""
    work = make_set(cast, text)
    create_entity(cast.project, by=cast.annotator, name="تاس", key="org-tass")
    begin_propagation(cast.project, by=cast.annotator, uid=STEP, origin=work.pk, words="تاس", whole=True, label="ORG")
    work.article.supersedes = make_article(cast.project, "پیش از اصلاح")
    work.article.save()
    draft_import(cast.project, by=cast.manager)
    write_comment(work, by=cast.annotator, uid=COMMENT, text="چرا؟")
    apply(cast.project, [], by=cast.annotator, uid=BULK_EDIT)
    write_comment(work, by=cast.annotator, uid=str(uuid.uuid4()), text=f"@{cast.reviewer.username}")
    send_ping(make_webhook(cast.project, url="http://example.org/", events=[], by=cast.manager))
    twice = make_article(cast.project, "دو تن آن را خوانده‌اند")
    third = make_user(f"third-{cast.project.slug}")  # annotator2 has nothing of their own
    add_member(cast.project, third, role=Role.ANNOTATOR)
    for person in (cast.annotator, third):
        read = assign(cast.project, twice, annotator=person)
        perform(read, span_op(twice.text, "دو تن"))
        submit(read, by=person)
    release = Release.objects.create(
        project=cast.project, name="1.0", dated="2026-01-01", scheme_version=1, guideline_version=1
    )
    work.token_of_manager = make_token(cast.manager)[0].pk
    keep_file(write_file(release, "README.md", [b"# 1.0"], media_type="text/markdown"))
    seal(release, sha256="0" * 64)
    return work


def address(name: str, work: AnnotationSet) -> str:
    job = Job.objects.get(kind="import", project=work.project)
    known = {"slug": work.project.slug, "article": work.article_id, "set": work.pk}
    notice = Notification.objects.get(annotation_set=work)
    sent = Delivery.objects.filter(webhook__project=work.project, event="ping").earliest("id")
    hook = [known["slug"], sent.webhook_id]
    arguments: dict[str, list[Any]] = {
        "article": [known["article"]], "article-detail": [known["article"]],
        "article-analysis": [known["article"]], "changes": [known["article"]], "carried": [known["set"]],
        "project": [known["slug"]], "project-detail": [known["slug"]], "project-labels": [known["slug"]],
        "guideline": [known["slug"]], "comments": [known["set"]], "comments-seen": [known["set"]],
        "adjudication": [known["slug"]], "api-adjudication": [known["slug"]],
        "agreement": [known["slug"]], "agreement-csv": [known["slug"], "labels"], "api-agreement": [known["slug"]],
        "dashboard": [known["slug"]], "dashboard-part": [known["slug"], "trend"],
        "dashboard-csv": [known["slug"], "trend"], "api-dashboard": [known["slug"]],
        "concordance": [known["slug"]], "concordance-csv": [known["slug"]], "concordance-hits": [known["slug"]],
        "concordance-label": [known["slug"]], "bulk-edits": [known["slug"]],
        "bulk-edit-undo": [known["slug"], BULK_EDIT],
        "comment": [known["set"], COMMENT], "comment-resolve": [known["set"], COMMENT],
        "comment-reopen": [known["set"], COMMENT],
        "next": [known["slug"]], "queue-next": [known["slug"]], "review": [known["slug"]], "assign": [known["slug"]],
        "move": [known["set"]], "transitions": [known["set"]], "batch-undo": [known["slug"], BULK_EDIT],
        "api-batch-undo": [known["slug"], BULK_EDIT], "assignments": [known["slug"]],
        "take-away": [known["slug"]], "priorities": [known["slug"]],
        "upload": [known["slug"]], "export": [known["slug"]], "export-count": [known["slug"]],
        "export-losses": [known["slug"]], "export-articles": [known["slug"]], "export-preview": [known["slug"]],
        "release-articles": [known["slug"]], "release-preview": [known["slug"]],
        "import": [known["slug"]], "start": [known["slug"], known["article"]],
        "workspace": [known["set"]], "submit": [known["set"]], "operations": [known["set"]],
        "entities": [known["slug"]], "entity": [known["slug"], "org-tass"],
        "occurrences": [known["slug"]], "propagations": [known["slug"]], "propagation": [known["slug"], STEP],
        "time": [known["set"]], "warnings": [known["set"]], "warnings-elsewhere": [known["set"]],
        "annotation-set-detail": [known["set"]], "annotation-set-submit": [known["set"]],
        "job-report": [job.pk, "csv"],
        "project-settings": [known["slug"]], "people": [known["slug"]], "person": [known["slug"], work.annotator_id],
        "webhooks": [known["slug"]], "webhook": hook, "delivery-again": [*hook, sent.uid],
        "notification": [notice.pk], "notification-read": [notice.pk], "welcome": ["x", "y"],
        "api-notification-detail": [notice.pk], "api-notification-read": [notice.pk],
        "api-settings": [known["slug"]], "api-members": [known["slug"]],
        "api-member": [known["slug"], work.annotator.username if work.annotator else ""],
        "api-webhooks": [known["slug"]], "api-webhook": hook, "api-webhook-ping": hook, "api-deliveries": hook,
        "api-delivery-again": [*hook, sent.uid],
        "scheme-version": [known["slug"], 1], "scheme-undo": [known["slug"], 1],
        "api-scheme-undo": [known["slug"], 1], "guideline-version": [known["slug"], 1],
        "article-history": [known["article"]], "set-history": [known["set"]], "set-compare": [known["set"]],
        "set-restore": [known["set"], 0], "api-history": [known["set"]], "api-version": [known["set"], 0],
        "api-restore": [known["set"]],
        "releases": [known["slug"]], "release-count": [known["slug"]], "api-releases": [known["slug"]],
        "api-release": [known["slug"], "1.0"], "api-release-difference": [known["slug"], "1.0"],
        "token-revoke": [getattr(work, "token_of_manager", 0)],
        "release-file": [known["slug"], "1.0", "README.md"],
    }  # fmt: skip
    if re.match("adjudicate|api-adjudication-", name):
        judged = ProjectArticle.objects.get(project=work.project, agreement__isnull=False)
        arguments[name] = [known["slug"], judged.article_id]
    if re.match("(api-)?job(?!s$|-list)", name):
        arguments.setdefault(name, [job.pk])
    if re.match("(api-)?scheme|guideline|edit-guideline", name):
        arguments.setdefault(name, [known["slug"]])
    return reverse(name, args=arguments.get(name, []))


def client_of(sessions: dict[str, SimpleCookie], name: str) -> Client:
    client = Client()
    client.cookies = SimpleCookie(sessions[name].output(header="", sep=";"))
    return client


def as_each(sessions: dict[str, SimpleCookie], check: Callable[[Client], int]) -> tuple[int, ...]:
    return tuple(check(client) for client in (*(client_of(sessions, name) for name in PEOPLE), Client()))


def sending(name: str, work: AnnotationSet) -> Callable[[Client], int]:
    """Returns what posts to an address what it takes, or nothing."""

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
        elif name == "annotation-set-list":
            body = json.dumps({"project": work.project.slug, "article": work.article_id})
        elif name == "comments-seen":
            body = json.dumps({"comment": COMMENT})
        elif name == "entities":
            body = json.dumps({"name": "ایسنا", "label": "ORG"})
        elif name == "propagations":
            body = json.dumps(WORDS | {"id": str(uuid.uuid4())})
        elif name == "scheme-read":
            body = json.dumps({"text": "[]"})
        elif name == "guidelines":
            body = json.dumps({"text": "# راهنما", "base": 1})
        elif name == "guideline-read":
            body = json.dumps({"version": 1})
        elif name in ("scheme-consequences", "scheme-rebase", "scheme-publish"):
            body = json.dumps({})
        elif name == "api-adjudication-agreed":
            body = json.dumps({"step": str(uuid.uuid4())})
        elif name == "time":
            body = json.dumps({"visit": str(uuid.uuid4()), "seconds": 60})
        return client.post(address(name, work), body, content_type="application/json").status_code

    return send


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_those_who_may_see_it(
    work: AnnotationSet, sessions: dict[str, SimpleCookie], name: str
) -> None:
    def opened(client: Client) -> int:
        response = client.get(address(name, work), ASKED.get(name, {}))
        if response.streaming:
            list(response)  # a file is closed once it is read
        return response.status_code

    assert as_each(sessions, opened) == PAGES[name]


@pytest.mark.parametrize("name", SENT)
def test_something_is_accepted_from_those_who_may_send_it(
    work: AnnotationSet, sessions: dict[str, SimpleCookie], name: str
) -> None:
    assert as_each(sessions, sending(name, work)) == SENT[name]


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


def test_annotators_are_blind_to_each_other(work: AnnotationSet, sessions: dict[str, SimpleCookie]) -> None:
    client = client_of(sessions, "annotator2")
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
    cast: Cast, work: AnnotationSet, sessions: dict[str, SimpleCookie], name: str, language: str, direction: str
) -> None:
    cast.manager.language = language
    cast.manager.save()
    response = client_of(sessions, "manager").get(address(name, work))
    html = response.content.decode()
    assert f'<html lang="{language}" dir="{direction}"' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert "style=" not in html
    assert not re.search(r"\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", html)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
