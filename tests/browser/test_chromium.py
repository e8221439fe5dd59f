"""Do the browser tests themselves notice what goes wrong in a page?"""

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import watch


def test_chromium_shapes_persian_right_to_left(page: Page) -> None:
    page.set_content('<p dir="auto">کیم جونگ اون</p>')
    assert page.locator("p").evaluate("p => getComputedStyle(p).direction") == "rtl"


def test_an_error_in_the_console_is_noticed(page: Page, expected_errors: list[str]) -> None:
    problems: list[str] = []
    watch(page, problems)
    expected_errors.append("on purpose")
    page.evaluate("console.error('logged on purpose')")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('thrown on purpose') })")
    assert ["logged" in problems[0], "thrown" in problems[1]] == [True, True]


def test_another_host_is_out_of_reach(page: Page, expected_errors: list[str]) -> None:
    expected_errors += ["http://example.org", "net::ERR_FAILED"]
    with pytest.raises(Error):
        page.goto("http://example.org/")


def test_static_files_are_served(page: Page) -> None:
    answer = page.request.get("/static/css/tokens.css")
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, "text/css")
