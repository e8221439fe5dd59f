"""The bar: one row at every width, everything in it within reach; articles before and after by key."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, User
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, press
from tests.factories import TEXT, Cast, make_cast, make_set

ROW = 56  # pixels: the height of one row
# Whether the bar is one row, nothing wider than the window, and the last button in it.
FITS = """(row) => {
  const { left, right } = document.querySelector('#finish button').getBoundingClientRect();
  const { offsetHeight } = document.querySelector('.bar');
  const { scrollWidth } = document.documentElement;
  return [innerWidth, offsetHeight <= row, scrollWidth <= innerWidth, left >= 0 && right <= innerWidth];
}"""
DEEDS = ("undo", "redo", "warnings", "guide", "threads", "reading", "signs", "help")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def works(cast: Cast, sign_in: SignIn) -> list[AnnotationSet]:
    works = [make_set(cast, f"{TEXT}\n{number}") for number in range(3)]
    sign_in(cast.annotator)
    return works


def enter(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_bar_is_one_row_at_every_width(page: Page, works: list[AnnotationSet], cast: Cast, language: str) -> None:
    User.objects.filter(pk=cast.annotator.pk).update(language=language)
    enter(page, works[0])
    for width in (360, 390, 480, 600, 761, 900, 901, 1024, 1100, 1251, 1400, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        becomes(page, FITS, [width, True, True, True], ROW)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/")
    two_rows = """(row) => {
      const { offsetHeight } = document.querySelector('.bar');
      return [offsetHeight <= 2 * row - 16, document.documentElement.scrollWidth];
    }"""
    becomes(page, two_rows, [True, 360], ROW)


def test_on_a_phone_the_rest_lies_in_a_menu(page: Page, works: list[AnnotationSet]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, works[0])
    page.locator(".more").click()
    for deed in DEEDS:
        expect(page.locator(f".bar [data-do={deed}]")).to_be_visible()
    assert page.locator("#tools > button").evaluate_all("all => all.every((one) => one.offsetHeight >= 44)")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    page.locator("[data-do=signs]").click()
    expect(page.locator("#tools")).to_be_hidden()
    expect(page.locator("#signs-button[aria-pressed=true]")).to_be_attached()
    page.locator(".more").click()
    page.locator(".view-button").click()
    expect(page.locator("#view-menu")).to_be_visible()


def test_escape_closes_the_menu_and_then_lets_go_of_the_span(page: Page, works: list[AnnotationSet]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, works[0])
    press(page, "ArrowLeft Digit1")
    page.locator(".more").click()
    expect(page.locator("#tools")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#tools")).to_be_hidden()
    expect(page.locator("#overlay .box")).to_be_attached()
    press(page, "Escape")
    expect(page.locator("#overlay .box")).not_to_be_attached()


def test_one_goes_on_and_back_without_handing_in(page: Page, works: list[AnnotationSet]) -> None:
    enter(page, works[0])
    for key, work in (("Shift+Period", works[1]), ("Shift+Period", works[2]), ("Shift+Comma", works[1])):
        press(page, key)
        page.wait_for_url(f"**/sets/{work.pk}/")
        page.wait_for_selector("html[data-ready]")
    page.locator(".bar [rel=prev]").click()
    page.wait_for_url(f"**/sets/{works[0].pk}/")
    page.wait_for_selector("html[data-ready]")
    press(page, "Shift+Comma")
    expect(page.locator("#toast")).to_be_visible()
    assert set(AnnotationSet.objects.values_list("status", flat=True)) == {"assigned"}


def test_the_menu_is_no_popover_where_there_is_room(page: Page, works: list[AnnotationSet]) -> None:
    enter(page, works[0])
    expect(page.locator(".more")).to_be_hidden()
    for deed in DEEDS:
        expect(page.locator(f".bar [data-do={deed}]")).to_be_visible()
