"""The library as a person works it: typing, keys, chips, the month, without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Article, Source
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes
from tests.factories import Cast, make_article, make_cast, make_set

CALENDAR = """async (days) => {
  const { dayOf, monthOf, partsOf, readDay, writeDay } = await import("/static/js/core/calendar.js");
  return days.map(([year, month, day]) => {
    const there = dayOf(year, month, day);
    const written = writeDay("persian", there);
    return [written, readDay(written)?.getTime() === there.getTime(), monthOf("persian", there).length];
  });
}"""


@pytest.fixture
def cast(transactional_db: None, sign_in: SignIn) -> Cast:
    cast = make_cast()
    for number in range(3):
        make_article(cast.project, f"خبر {number} از کره\n\nبه گزارش رسانه‌های خارجی، کره شمالی خبر {number} را رد کرد.")
    article = make_article(cast.project, "بازار نفت\n\nبهای نفت بالا رفت.")
    source = Source.objects.create(name="ایرنا")
    Article.objects.filter(pk=article.pk).update(source=source, published_at="2023-09-17T08:00:00Z")
    make_set(cast)
    sign_in(cast.annotator)
    return cast


def test_typing_searches_and_the_address_can_be_sent(cast: Cast, page: Page) -> None:
    page.goto("/library/")
    page.keyboard.press("Slash")
    page.keyboard.type("رسانههاي")
    expect(page.locator("#found .row")).to_have_count(3)
    expect(page.locator("#found mark")).to_have_text(["رسانه‌های"] * 3)
    expect(page.locator("#found [role=status]")).to_contain_text("۳")
    becomes(page, "() => new URL(location).searchParams.get('q')", "رسانههاي")
    assert "source=" not in page.url
    expect(page.locator("#q")).to_be_focused()
    sent = page.url
    page.goto("/")
    page.goto(sent)
    expect(page.locator("#found .row")).to_have_count(3)


def test_rows_are_walked_by_keys_on_any_layout_and_opened(cast: Cast, page: Page) -> None:
    page.goto("/library/?q=کره")
    second = page.locator("#found .row h2").nth(1).inner_text()
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyK")
    expect(page.locator("#found .row").nth(1).locator("a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*/")
    expect(page.locator(".reader")).to_contain_text(second)
    page.go_back()
    page.locator("#q").press("ArrowDown")
    expect(page.locator("#found .row").first.locator("a")).to_be_focused()


def test_who_has_gone_to_the_rows_after_typing_stays_there(cast: Cast, page: Page) -> None:
    page.goto("/library/")
    page.keyboard.press("Slash")
    page.keyboard.type("رسانههاي")
    # The answer to the last letters comes when the rows have the focus already.
    with page.expect_response("**/library/?*"):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#found .row")).to_have_count(3)
    expect(page.locator("#found .row a:focus")).to_have_count(1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("KeyJ")
    expect(page.locator("#found .row").nth(1).locator("a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*/")
    assert not [address for address in asked if "/library/" in address], "leaving the box asks for nothing again"


def test_filters_are_chips_that_come_off(cast: Cast, page: Page) -> None:
    page.goto("/library/")
    expect(page.locator("#found .row")).to_have_count(5)
    page.select_option("[name=source]", "ایرنا")
    expect(page.locator("#found .row")).to_have_count(1)
    expect(page.locator(".chip bdi")).to_have_text(["ایرنا"])
    page.fill("[name=since]", "۱۴۰۲/۰۷")
    page.locator("[name=since]").press("Enter")
    expect(page.locator("#found .row")).to_have_count(0)
    page.locator(".chip[data-takes=since]").click()
    expect(page.locator("#found .row")).to_have_count(1)
    expect(page.locator("[name=since]")).to_have_value("")
    page.locator(".chip[data-takes=source]").click()
    expect(page.locator("#found .row")).to_have_count(5)
    expect(page.locator("[name=source]")).to_have_value("")


def test_going_back_shows_what_was_there(cast: Cast, page: Page) -> None:
    page.goto("/library/")
    page.select_option("[name=source]", "ایرنا")
    expect(page.locator("#found .row")).to_have_count(1)
    page.go_back()
    expect(page.locator("#found .row")).to_have_count(5)
    expect(page.locator("[name=source]")).to_have_value("")


def test_a_day_is_picked_from_the_jalali_month_by_keys(cast: Cast, page: Page) -> None:
    page.goto("/library/")
    since, button = page.locator("[name=since]"), page.locator(".calendar").first
    since.fill("1402/06/31")
    since.press("Enter")
    button.press("Enter")
    month = page.get_by_role("dialog")
    expect(month.locator("strong")).to_have_text("شهریور ۱۴۰۲")
    expect(month.locator("tbody button").last).to_have_text("۳۱")
    page.keyboard.press("ArrowLeft")
    expect(month.locator("strong")).to_have_text("مهر ۱۴۰۲")
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft", "PageDown", "PageUp"):
        page.keyboard.press(key)
    expect(month.locator("button:focus")).to_have_text("۲۶")
    page.keyboard.press("Enter")
    expect(since).to_have_value("۱۴۰۲/۰۶/۲۶")
    expect(page.locator("#found .row")).to_have_count(1)
    expect(button).to_be_focused()
    button.press("Enter")
    page.keyboard.press("Escape")
    expect(month).to_have_count(0)


def test_nothing_found_says_what_was_searched_and_what_is_near(cast: Cast, page: Page) -> None:
    page.goto("/library/?q=كرهشمالي")
    expect(page.locator(".folded")).to_contain_text("کرهشمالی")
    page.locator(".near a", has_text="کره شمالی").click()
    expect(page.locator("#found .row")).to_have_count(4)


def test_a_phrase_is_counted_a_moment_later(cast: Cast, page: Page) -> None:
    page.goto("/library/?q=«کره شمالی»")
    expect(page.locator("#found [role=status]")).to_contain_text("۴")
    assert "count" not in page.url


def test_it_works_without_javascript(cast: Cast, page: Page, browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto("/library/")
    plain.fill("#q", "رسانه های")
    plain.press("#q", "Enter")
    expect(plain.locator("#found mark")).to_have_text(["رسانه‌های"] * 3)
    context.close()


def test_the_browser_s_calendar_is_python_s(page: Page, live_server: LiveServer) -> None:
    import jdatetime

    page.goto("/login/")
    days = [jdatetime.date(year, month, 28) for year in range(1380, 1420, 3) for month in (1, 6, 7, 12)]
    days += [jdatetime.date(1403, 12, 30), jdatetime.date(1402, 12, 29), jdatetime.date(1404, 1, 1)]
    gregorian = [(day.togregorian().year, day.togregorian().month, day.togregorian().day) for day in days]
    for day, (written, back, length) in zip(days, page.evaluate(CALENDAR, gregorian), strict=True):
        assert written == f"{day.year}/{day.month:02d}/{day.day:02d}"
        assert back
        last = 31 if day.month < 7 else 30 if day.month < 12 or day.isleap() else 29
        assert length == last
