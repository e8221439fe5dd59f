"""The agreement page by hand: the heat map by keyboard, in both directions; a job that is waited for."""

import pytest
from playwright.sync_api import Page, expect

from annotations.jobs import agreement as job_kind
from annotations.jobs import runner
from annotations.models import Job
from tests.browser.conftest import SignIn
from tests.factories import Cast, make_cast
from tests.jobs.test_agreement import hand_in

ADDRESS = "/projects/test/agreement/"


@pytest.fixture
def cast(transactional_db: None, sign_in: SignIn) -> Cast:
    cast = make_cast()
    for number in range(3):
        hand_in(cast, f"خبر {number}: کیم جونگ اون در تهران به تاس گفت.", differ=number > 0)
    sign_in(cast.reviewer)
    return cast


def focused(page: Page, cell: str) -> None:
    expect(page.locator(f"#heat button[value='{cell}']")).to_be_focused()


@pytest.mark.parametrize(
    ("language", "onwards", "back"), [("fa", "ArrowLeft", "ArrowRight"), ("en", "ArrowRight", "ArrowLeft")]
)
def test_the_heat_map_is_walked_by_arrows_and_enter_opens_a_cells_examples(
    cast: Cast, page: Page, language: str, onwards: str, back: str
) -> None:
    cast.reviewer.language = language
    cast.reviewer.save()
    job_kind.measure(cast.project, by=cast.reviewer)
    page.goto(ADDRESS)
    expect(page.locator("#heat button[tabindex='0']")).to_have_attribute("value", "LOC:FAC")
    page.locator("#heat button[tabindex='0']").focus()
    expect(page.locator("#examples mark")).to_have_text(["تهران", "تهران"])
    page.keyboard.press(back)
    focused(page, "LOC:LOC")
    page.keyboard.press("ArrowUp")
    page.keyboard.press(onwards)
    focused(page, "ORG:FAC")
    page.keyboard.press("Home")
    focused(page, "ORG:PER")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    focused(page, "PER:PER")
    page.keyboard.press("Enter")
    expect(page.locator("#examples")).to_have_attribute("data-cell", "PER:PER")
    expect(page.locator("#examples mark")).to_have_count(0)
    expect(page.locator("#examples")).to_be_focused()
    page.keyboard.press("Escape")
    focused(page, "PER:PER")


def test_an_opened_cell_leads_into_its_article_and_its_address_can_be_sent(cast: Cast, page: Page) -> None:
    job_kind.measure(cast.project, by=cast.reviewer)
    page.goto(f"{ADDRESS}?cell=PER:PER")
    page.locator("#heat button[value='LOC:FAC']").click()
    expect(page.locator("#examples mark")).to_have_count(2)
    page.wait_for_url("**/agreement/?cell=LOC*FAC")
    page.reload()
    expect(page.locator("#examples mark")).to_have_count(2)
    page.locator("#heat button[value='LOC:FAC']").press("Enter")
    expect(page.locator("#examples a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    expect(page.locator("#doc, .reader").first).to_contain_text("تهران")


def test_the_page_follows_a_job_and_shows_its_figures_once_they_are_there(
    cast: Cast, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_kind, "AT_ONCE", 0)
    page.goto(ADDRESS)
    page.get_by_role("button", name="محاسبه").click()
    expect(page.locator("#live progress")).to_be_visible()
    assert Job.objects.get().state == "waiting"
    runner.run_slice(Job.objects.get().pk, leave=lambda: False)
    expect(page.locator(".value").first).to_have_text("۰٫۷۸")  # 2 · 7 / (9 + 9)
    expect(page.locator("#live progress")).to_have_count(0)
