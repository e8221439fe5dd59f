"""A label's key is chosen in the sheet of keys: it holds at once, in other tabs, tomorrow and elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotations.models import Span, User
from tests.browser.conftest import SignIn
from tests.browser.hand import drag, press, queue_empty
from tests.factories import Cast, make_cast, make_set

NAME = "کیم جونگ اون"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def workspace(cast: Cast, page: Page, sign_in: SignIn) -> Page:
    work = make_set(cast)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def rebind(page: Page, label: str, key: str) -> None:
    page.locator(f".key-button[data-label={label}]").click()
    expect(page.locator(f".key-button[data-label={label}].is-waiting")).to_be_focused()
    page.keyboard.press(key)


def caps(page: Page, **wanted: str) -> None:
    """Waits until the sheet shows these keys of labels."""
    for label, cap in wanted.items():
        expect(page.locator(f".key-button[data-label={label}] kbd")).to_have_text(cap)


def chosen(page: Page, label: str, key: str) -> None:
    with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        rebind(page, label, key)


def test_a_key_is_changed_by_keyboard_alone_and_labels_at_once(workspace: Page, cast: Cast) -> None:
    press(workspace, "Shift+Slash")
    workspace.locator(".key-button[data-label=PER]").focus()
    with workspace.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        press(workspace, "Enter KeyP")
    caps(workspace, PER="P")
    press(workspace, "Escape")
    expect(workspace.locator("dialog.help")).to_be_hidden()
    drag(workspace, NAME)
    expect(workspace.locator(".popover [data-label=PER] kbd")).to_have_text("P")
    press(workspace, "KeyP")
    queue_empty(workspace)
    assert [span.label.key for span in Span.objects.select_related("label")] == ["PER"]
    assert User.objects.get(pk=cast.annotator.pk).keys == {"PER": "KeyP"}
    workspace.reload()
    workspace.wait_for_selector("html[data-ready]")
    press(workspace, "Shift+Slash")
    caps(workspace, PER="P")


def test_a_key_that_another_label_has_is_exchanged(workspace: Page) -> None:
    press(workspace, "Shift+Slash")
    chosen(workspace, "PER", "Digit2")
    caps(workspace, PER="2", ORG="1")
    chosen(workspace, "PER", "Delete")
    chosen(workspace, "ORG", "Delete")
    caps(workspace, PER="1", ORG="2")


def test_a_key_of_the_page_is_refused_and_says_what_it_does(workspace: Page, cast: Cast) -> None:
    press(workspace, "Shift+Slash")
    rebind(workspace, "PER", "KeyJ")
    expect(workspace.locator(".key-status")).to_contain_text("J")
    caps(workspace, PER="1")
    rebind(workspace, "PER", "F2")
    expect(workspace.locator(".key-status")).to_contain_text("F2")
    rebind(workspace, "PER", "Escape")
    expect(workspace.locator("dialog.help")).to_be_visible()
    assert User.objects.get(pk=cast.annotator.pk).keys == {}


def test_other_open_tabs_take_a_new_key_at_once(workspace: Page) -> None:
    other = workspace.context.new_page()
    other.goto(workspace.url)
    other.wait_for_selector("html[data-ready]")
    press(other, "Shift+Slash")
    press(workspace, "Shift+Slash")
    chosen(workspace, "PER", "KeyP")
    expect(other.locator(".key-button[data-label=PER] kbd")).to_have_text("P")
    press(other, "Escape")
    drag(other, NAME)
    press(other, "KeyP")
    queue_empty(other)
    assert [span.label.key for span in Span.objects.select_related("label")] == ["PER"]


def test_the_open_card_names_the_keys_that_lead_to_its_fields(workspace: Page) -> None:
    drag(workspace, NAME)
    press(workspace, "KeyC KeyI")
    card = workspace.locator(".card.is-open")
    keys = card.locator("kbd")
    expect(keys).to_have_text(["Q", "V", "O"])
    press(workspace, "Shift+Slash")
    chosen(workspace, "CUE", "KeyP")
    expect(keys).to_have_text(["P", "V", "O"])


def test_caps_stand_at_the_far_end_of_their_labels(workspace: Page) -> None:
    drag(workspace, NAME)
    expect(workspace.locator("#popover .grid .label").first).to_be_visible()
    gaps = workspace.locator("#popover .grid .label").evaluate_all(
        "all => all.map((one) => one.lastChild.getBoundingClientRect().left - one.getBoundingClientRect().left)"
    )
    assert max(gaps) < 12


def test_the_sheet_has_no_serious_finding(workspace: Page) -> None:
    press(workspace, "Shift+Slash")
    workspace.locator(".key-button").first.click()
    found = Axe().run(workspace, context="dialog.help").response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
