"""Accessibility: axe finds nothing serious on any page, in both themes and languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from annotations.actions.articles import add_article
from annotations.actions.assignments import assign
from annotations.actions.demonstration import load_demonstration
from annotations.actions.import_jobs import add_upload, draft_import
from annotations.jobs.agreement import measure
from annotations.jobs.preview import look_at_all
from annotations.jobs.runner import run_in_request, start
from annotations.models import AnnotationSet, Article, Job, Membership, Project, User
from tests.browser.conftest import SignIn

JOBS = ("/jobs/", "/jobs/{draft}/", "/jobs/{done}/")
AGREEMENT = "/projects/demo/agreement/?cell=LOC:ORG"
MANAGING = ("/projects/demo/settings/", "/projects/demo/people/", "/projects/demo/webhooks/", "/notifications/")
DASHBOARD = "/projects/demo/dashboard/"
CONCORDANCE = "/projects/demo/concordance/?q=کیم&label=-ORG"
HISTORY = ("/sets/{set}/history/", "/sets/{set}/compare/", "/sets/{set}/restore/0/", "/articles/{article}/history/")
STAFF = ("/admin/", "/admin/annotations/annotationset/", "/admin/annotations/revision/")
PAGES = {
    "annotator": ("/", "/library/", "/articles/{article}/", "/sets/{set}/", CONCORDANCE, *HISTORY),
    "manager": MANAGING,
    "reviewer": (
        "/", "/projects/demo/review/", "/projects/demo/adjudication/", "/projects/demo/adjudication/{shared}/",
    ),
    "admin": (
        "/projects/demo/review/?state=assigned",
        "/projects/demo/assign/?people={person}",
        "/",
        "/projects/demo/",
        "/projects/demo/upload/",
        AGREEMENT,
        DASHBOARD,
        "/projects/new/",
        "/sets/{set}/",
        *JOBS,
        *STAFF,
    ),
}


def findings(page: Page) -> list[str]:
    """Returns axe's serious and critical findings, each with the first element it names."""
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:120]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("language", "theme"), [("fa", "light"), ("fa", "dark"), ("en", "light")])
def test_no_page_has_a_serious_finding(
    transactional_db: None, page: Page, sign_in: SignIn, language: str, theme: str
) -> None:
    load_demonstration()
    User.objects.update(language=language, theme=theme)
    places = {
        "article": Article.objects.get(source__name="تسنیم").pk,
        "set": AnnotationSet.objects.get(pseudonym="annotator", status="in_progress").pk,
    }
    places["shared"] = Article.objects.get(headline__startswith="استاندار: ").pk
    places["person"] = Membership.objects.get(user__username="annotator2").pk
    places |= {"draft": dropped().pk, "done": dropped().pk}
    start(Job.objects.get(pk=places["done"]))
    run_in_request(places["done"])
    AnnotationSet.objects.filter(kind="annotator", article__source__name="تسنیم").update(status="submitted")
    measure(Project.objects.get(), by=User.objects.get(username="reviewer"))
    AnnotationSet.objects.filter(pk=places["set"]).update(status="in_progress")
    assert {"/login/": findings_at(page, "/login/")} == {"/login/": []}
    for name, paths in PAGES.items():
        sign_in(User.objects.get(username=name))
        found = {path: findings_at(page, path.format(**places)) for path in paths}
        assert found == {path: [] for path in paths}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_linker_the_list_by_entity_and_the_preview_have_no_serious_finding(
    transactional_db: None, page: Page, sign_in: SignIn, theme: str
) -> None:
    load_demonstration()
    User.objects.update(theme=theme)
    work = AnnotationSet.objects.get(pseudonym="annotator", status="in_progress")
    other = add_article(work.project, text="خبر\n\nآمریکا و روسیه گفتند.", by=None)
    assign(work.project, other, annotator=work.annotator)
    sign_in(work.annotator)
    assert findings_at(page, f"/sets/{work.pk}/") == []
    page.locator("#tab-entities").click()
    page.locator("[data-order=things]").click()
    page.locator(".thing[data-entity=loc-russia] .mention").first.click()
    page.keyboard.press("KeyK")
    expect(page.locator("#link-list [data-key=loc-russia]")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("KeyA")
    page.keyboard.press("KeyP")
    expect(page.locator("dialog.spread .articles > li")).to_have_count(1)
    assert findings(page) == []


def dropped() -> Job:
    """A draft of an import with an unknown label and a broken record."""
    span = '{"label": "X", "ranges": [[0, 4]], "quote": "سلام"}'
    line = f'{{"text": "سلام", "annotation_sets": [{{"kind": "imported", "spans": [{span}]}}]}}'
    job = draft_import(Project.objects.get(), by=User.objects.get(username="admin"))
    add_upload(job, ContentFile(f"{line}\nno record\n".encode()), name="a.jsonl")
    look_at_all(job)
    return job


def test_axe_would_find_what_is_wrong(page: Page) -> None:
    page.set_content("<html lang=fa><title>x</title><main><h1>x</h1><input></main></html>")
    assert [finding.split(":")[0] for finding in findings(page)] == ["label"]


def findings_at(page: Page, path: str) -> list[str]:
    """Opens a page and returns its findings; the workspace once it is drawn, a dashboard once its panels are there."""
    page.goto(path)
    if path == DASHBOARD:
        page.wait_for_selector(".board:not(:has([aria-busy=true]))")
    if path.startswith("/sets/") and path.count("/") == 3:
        page.wait_for_selector("html[data-ready]")
    return findings(page)
