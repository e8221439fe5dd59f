"""Accessibility: axe finds nothing serious on any page, in both themes and languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from annotations.actions.demonstration import load_demonstration
from annotations.models import AnnotationSet, Article, User
from tests.browser.conftest import SignIn

CONCORDANCE = "/projects/demo/concordance/?q=کیم&label=-ORG"
PAGES = {
    "annotator": ("/", "/library/", "/articles/{article}/", "/sets/{set}/", CONCORDANCE),
    "admin": ("/", "/projects/demo/", "/projects/demo/upload/", "/projects/new/", "/sets/{set}/"),
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
    assert {"/login/": findings_at(page, "/login/")} == {"/login/": []}
    for name, paths in PAGES.items():
        sign_in(User.objects.get(username=name))
        found = {path: findings_at(page, path.format(**places)) for path in paths}
        assert found == {path: [] for path in paths}


def test_axe_would_find_what_is_wrong(page: Page) -> None:
    page.set_content("<html lang=fa><title>x</title><main><h1>x</h1><input></main></html>")
    assert [finding.split(":")[0] for finding in findings(page)] == ["label"]


def findings_at(page: Page, path: str) -> list[str]:
    """Opens a page and returns its findings; the workspace once it is drawn."""
    page.goto(path)
    if "/sets/" in path:
        page.wait_for_selector("html[data-ready]")
    return findings(page)
