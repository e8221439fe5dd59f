"""How a person likes to read: chosen in the menu or by keys, shown at once, there again tomorrow and elsewhere."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, User
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, press, queue_empty
from tests.browser.test_axe import findings_in_both_themes
from tests.factories import TEXT, Cast, make_cast, make_set, perform, span_op

NAME = "کیم جونگ اون"
# Whether the first chip ends where its word begins, and stands above it.
CHIP_OVER_WORD = """() => {
  const [chip, word] = ['.chip', '#doc [role=mark]'].map((one) => document.querySelector(one).getBoundingClientRect());
  return [Math.abs(chip.right - word.right) < 2, chip.top < word.top + 4];
}"""
STYLE = "(name) => getComputedStyle(document.querySelector('#doc p:not(.is-headline)'))[name]"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast, sign_in: SignIn) -> AnnotationSet:
    work = make_set(cast)
    perform(work, span_op(TEXT, NAME), span_op(TEXT, TEXT.split("\n")[-1][:20], "CLAIM"))
    sign_in(cast.annotator)
    return work


def enter(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


def choose(page: Page, name: str, value: str) -> None:
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        page.locator(f"#view-menu [name={name}][value='{value}']").check(force=True)


def test_letters_lines_and_width_are_remembered_with_the_account(page: Page, work: AnnotationSet, cast: Cast) -> None:
    enter(page, work)
    usual = page.evaluate(STYLE, "fontSize"), page.evaluate("document.querySelector('#doc').clientWidth")
    page.locator(".view-button").click()
    expect(page.locator("#view-menu")).to_be_visible()
    for name, value in (("size", "2"), ("spacing", "1"), ("measure", "-1"), ("theme", "dark")):
        choose(page, name, value)
    larger = page.evaluate(STYLE, "fontSize"), page.evaluate("document.querySelector('#doc').clientWidth")
    assert (usual[0], larger[0]) == ("20px", "26px")
    assert larger[1] < usual[1]
    person = User.objects.get(pk=cast.annotator.pk)
    assert person.reading == {"size": "2", "spacing": "1", "measure": "-1"}
    assert person.theme == "dark"
    assert User.objects.get(pk=cast.annotator2.pk).reading == {}
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert (page.evaluate(STYLE, "fontSize"), page.evaluate("document.querySelector('#doc').clientWidth")) == larger
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#view-menu [name=size][value='2']")).to_be_checked()


def test_chips_stay_over_their_words_when_letters_grow(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    page.locator(".view-button").click()
    choose(page, "size", "2")
    becomes(page, CHIP_OVER_WORD, [True, True])


def test_chips_are_shown_always_under_the_mouse_or_never(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    chip = page.locator(".chip").first
    expect(chip).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        press(page, "KeyL")
    expect(chip).to_be_hidden()
    page.locator("#doc [role=mark]").first.hover()
    expect(chip).to_be_visible()
    page.locator("#tabs").hover()
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        press(page, "KeyL")
    expect(chip).to_be_hidden()
    expect(page.locator("#toast")).to_contain_text("هرگز")
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        press(page, "KeyL")
    expect(chip).to_be_visible()


def test_entities_or_claims_step_back(page: Page, work: AnnotationSet, cast: Cast) -> None:
    enter(page, work)
    tint = "() => getComputedStyle(document.querySelector('.s.c1')).getPropertyValue('--cl').trim()"
    line = "() => getComputedStyle(document.querySelector('.s[class*=u0-]')).getPropertyValue('--u0').trim()"
    assert "transparent" not in (page.evaluate(tint), page.evaluate(line))
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        press(page, "KeyF")
    assert page.evaluate(tint) == "transparent" != page.evaluate(line)
    expect(page.locator(".overlay .numbers")).to_be_hidden()
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        press(page, "KeyF")
    assert page.evaluate(line) == "transparent" != page.evaluate(tint)
    expect(page.locator(".chip").first).to_be_hidden()
    assert User.objects.get(pk=cast.annotator.pk).reading == {"focus": "claims"}


def test_the_menu_can_be_used_by_keyboard_and_gives_the_keys_back(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    page.locator(".view-button").focus()
    press(page, "Enter Tab")
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        press(page, "ArrowLeft")
    expect(page.locator("html")).to_have_attribute("data-size", "1")
    press(page, "Escape")
    expect(page.locator("#view-menu")).to_be_hidden()
    expect(page.locator(".view-button")).to_be_focused()
    press(page, "Tab")
    queue_empty(page)


def test_axe_finds_nothing_serious_in_the_menu(page: Page, work: AnnotationSet, cast: Cast) -> None:
    User.objects.filter(pk=cast.annotator.pk).update(theme="light")
    enter(page, work)
    page.locator(".view-button").click()
    expect(page.locator("#view-menu")).to_be_visible()
    assert findings_in_both_themes(page) == []
