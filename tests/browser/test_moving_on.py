"""One day of a team by keyboard: take, give back, hand in; return with a comment, accept; read why, hand in again."""

import pytest
from playwright.sync_api import Page, expect

from annotations.actions.assignments import assign
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, StatusChange
from tests.browser.conftest import SignIn
from tests.browser.hand import press, queue_empty
from tests.factories import Cast, make_article, make_cast, perform, span_op

NAME = "کیم جونگ اون"


@pytest.fixture
def cast(transactional_db: None, _without_analyses: None) -> Cast:
    cast = make_cast()
    for number in range(3):
        make_article(cast.project, f"خبر {number}\n\n{NAME} در تهران است.")
    return cast


def ready(page: Page, headline: str) -> AnnotationSet:
    """Waits until the workspace stands at an article and returns the set it shows."""
    expect(page.locator("#doc .is-headline")).to_have_text(headline)
    page.wait_for_selector("html[data-ready]")
    return AnnotationSet.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[-1]))


def test_work_goes_from_hand_to_hand_by_keyboard(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.annotator)
    page.goto("/")
    expect(page.locator("form.continue button")).to_be_focused()
    press(page, "Enter")
    given_back = ready(page, "خبر 0")
    perform(given_back, span_op(given_back.article.text, NAME))
    press(page, "Shift+KeyS")
    form = page.locator("#skip")
    expect(form).to_be_visible()
    press(page, "Escape")
    expect(form).to_be_hidden()
    page.wait_for_function("() => document.activeElement === document.body")  # the menu gives the focus back
    press(page, "Shift+KeyS")
    form.locator("[value=other]").check()
    form.locator("textarea").fill("👩‍👩‍👧‍👦 نمی‌فهمم")
    form.locator("button.primary").click()
    works = [ready(page, "خبر 1")]
    expect(page.locator(".notice")).to_contain_text("خبر 0")
    change = StatusChange.objects.get(annotation_set=given_back, transition="skip")
    assert (change.reason, change.note) == ("other", "👩‍👩‍👧‍👦 نمی‌فهمم")
    assert given_back.spans.count() == 1
    queue_empty(page)
    press(page, "Control+Enter")
    works.append(ready(page, "خبر 2"))
    queue_empty(page)
    press(page, "Control+Enter")
    expect(page).to_have_url("/")

    sign_in(cast.reviewer)
    page.goto("/projects/test/review/")
    page.get_by_role("link", name="خبر 1").click()
    ready(page, "خبر 1")
    press(page, "Shift+KeyB")
    page.locator("#return textarea").fill("منبع ادعا کجاست؟")
    page.locator("#return button.primary").click()
    ready(page, "خبر 2")
    press(page, "Control+Enter")
    page.wait_for_url("**/review/")
    expect(page.locator(".works .empty")).to_be_visible()
    assert [AnnotationSet.objects.get(pk=work.pk).status for work in works] == ["returned", "accepted"]

    sign_in(cast.annotator)
    page.goto("/")
    expect(page.locator(".continue .said")).to_have_text("منبع ادعا کجاست؟")
    expect(page.locator("a.continue")).to_be_focused()
    press(page, "Enter")
    ready(page, "خبر 1")
    expect(page.locator(".notice.returned")).to_contain_text("منبع ادعا کجاست؟")
    queue_empty(page)
    press(page, "Control+Enter")
    expect(page).to_have_url("/")
    assert AnnotationSet.objects.get(pk=works[0].pk).status == "submitted"


def test_a_page_of_works_is_accepted_and_taken_back(page: Page, cast: Cast, sign_in: SignIn) -> None:
    for article in cast.project.articles.order_by("pk"):
        work = assign(cast.project, article, annotator=cast.annotator)
        move(work, "submit", by=cast.annotator)
    sign_in(cast.manager)
    page.goto("/projects/test/review/")
    page.locator("#tick-all input").check()
    expect(page.locator("input[name=set]:checked")).to_have_count(3)
    page.locator("input[name=set]").first.uncheck()
    page.locator("button[name=do][value=accept]").click()
    expect(page.locator(".undo")).to_be_visible()
    assert AnnotationSet.objects.filter(status="accepted").count() == 2
    page.locator(".undo button").click()
    expect(page.locator(".works .work")).to_have_count(3)
    assert AnnotationSet.objects.filter(status="submitted").count() == 3
