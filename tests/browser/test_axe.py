"""Accessibility: axe finds nothing serious on any page, in both themes and languages."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from annotations.actions.articles import add_article
from annotations.actions.assignments import assign
from annotations.actions.demonstration import load_demonstration
from annotations.actions.import_jobs import add_upload, draft_import
from annotations.actions.webhooks import make_webhook, send_ping
from annotations.jobs.agreement import measure
from annotations.jobs.preview import look_at_all
from annotations.jobs.runner import run_in_request, start
from annotations.models import AnnotationSet, Article, Job, Membership, Project, User
from tests.browser.conftest import SignIn

JOBS = ("/jobs/", "/jobs/{draft}/", "/jobs/{done}/")
AGREEMENT = "/projects/demo/agreement/?cell=LOC:ORG"
MANAGING = (
    "/projects/demo/settings/",
    "/projects/demo/people/",
    "/projects/demo/people/{member}/",
    "/projects/demo/webhooks/",
    "/projects/demo/webhooks/{webhook}/",
    "/projects/demo/guideline/edit/",
    "/projects/demo/releases/",
    "/projects/demo/scheme/",
    "/notifications/",
)
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


CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ALL_BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
# As the server writes the theme; a colour that fades is asked for at its end.
THEMED = """(theme) => {
  document.documentElement.dataset.theme = theme;
  for (const one of document.getAnimations()) {
    if (one.effect.getComputedTiming().iterations !== Infinity) one.finish();
  }
}"""


def findings(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """Returns axe's serious and critical findings, each with the first element it names."""
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:120]}"
        for found in Axe().run(page, options={"resultTypes": ["violations"]} | (options or {})).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def findings_in_both_themes(page: Page) -> list[str]:
    """Returns the findings of a light page, and those of its colours once it is dark: nothing else is another then."""
    found = findings(page)
    page.evaluate(THEMED, "dark")
    return found + findings(page, CONTRAST)


@pytest.mark.long
@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_page_has_a_serious_finding(transactional_db: None, page: Page, sign_in: SignIn, language: str) -> None:
    load_demonstration()
    User.objects.update(language=language, theme="light")
    places = {
        "article": Article.objects.get(source__name="تسنیم").pk,
        "set": AnnotationSet.objects.get(pseudonym="annotator", status="in_progress").pk,
    }
    places["shared"] = Article.objects.get(headline__startswith="استاندار: ").pk
    manager = User.objects.get(username="manager")
    webhook = make_webhook(Project.objects.get(), url="https://example.org/", events=(), by=manager)
    send_ping(webhook)
    places |= {"webhook": webhook.pk, "member": User.objects.get(username="annotator").pk}
    places["person"] = Membership.objects.get(user__username="annotator2").pk
    places |= {"draft": dropped().pk, "done": dropped().pk}
    start(Job.objects.get(pk=places["done"]))
    run_in_request(places["done"])
    AnnotationSet.objects.filter(kind="annotator", article__source__name="تسنیم").update(status="submitted")
    measure(Project.objects.get(), by=User.objects.get(username="reviewer"))
    AnnotationSet.objects.filter(pk=places["set"]).update(status="in_progress")
    assert {"/login/": findings_at(page, "/login/", language)} == {"/login/": []}
    for name, paths in PAGES.items():
        sign_in(User.objects.get(username=name))
        found = {path: findings_at(page, path.format(**places), language) for path in paths}
        assert found == {path: [] for path in paths}


def test_the_linker_the_list_by_entity_and_the_preview_have_no_serious_finding(
    transactional_db: None, page: Page, sign_in: SignIn
) -> None:
    load_demonstration()
    User.objects.update(theme="light")
    work = AnnotationSet.objects.get(pseudonym="annotator", status="in_progress")
    other = add_article(work.project, text="خبر\n\nآمریکا و روسیه گفتند.", by=None)
    assign(work.project, other, annotator=work.annotator)
    sign_in(work.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    page.locator("#tab-entities").click()
    page.locator("[data-order=things]").click()
    page.locator(".thing[data-entity=loc-russia] .mention").first.click()
    page.keyboard.press("KeyK")
    expect(page.locator("#link-list [data-key=loc-russia]")).to_be_visible()
    assert findings_in_both_themes(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("KeyA")
    page.keyboard.press("KeyP")
    expect(page.locator("dialog.spread .articles > li")).to_have_count(1)
    page.evaluate(THEMED, "light")
    assert findings_in_both_themes(page) == []


def dropped() -> Job:
    """A draft of an import with an unknown label and a broken record."""
    span = '{"label": "X", "ranges": [[0, 4]], "quote": "سلام"}'
    line = f'{{"text": "سلام", "annotation_sets": [{{"kind": "imported", "spans": [{span}]}}]}}'
    job = draft_import(Project.objects.get(), by=User.objects.get(username="admin"))
    add_upload(job, ContentFile(f"{line}\nno record\n".encode()), name="a.jsonl")
    look_at_all(job)
    return job


def test_the_page_of_the_api_is_dark_as_chosen_and_can_be_read_in_both_themes(
    transactional_db: None, page: Page, sign_in: SignIn
) -> None:
    load_demonstration()
    User.objects.update(theme="dark")
    sign_in(User.objects.get(username="reviewer"))
    page.goto("/api/v1/docs/")
    page.wait_for_selector("html.dark-mode .opblock")
    page.evaluate(THEMED, "dark")
    found = findings(page, CONTRAST)
    page.evaluate("document.documentElement.className = ''")
    page.evaluate(THEMED, "light")
    assert found + findings(page, CONTRAST) == []


def test_axe_would_find_what_is_wrong(page: Page) -> None:
    page.set_content("<html lang=fa><title>x</title><main><h1>x</h1><input></main></html>")
    assert [finding.split(":")[0] for finding in findings(page)] == ["label"]


def findings_at(page: Page, path: str, language: str) -> list[str]:
    """Opens a page and returns its findings; the workspace once it is drawn, a dashboard once its panels are there.

    The colours are the same in both languages: Persian pages show them in both themes, English ones everything else.
    """
    page.goto(path)
    if path == DASHBOARD:
        page.wait_for_selector(".board:not(:has([aria-busy=true]))")
    if path.startswith("/sets/") and path.count("/") == 3:
        page.wait_for_selector("html[data-ready]")
    return findings_in_both_themes(page) if language == "fa" else findings(page, ALL_BUT_CONTRAST)
