"""A dashboard by hand: panels that come one by one, a chart that is drawn, a heat map walked by keyboard."""

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import AgreementReport
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes
from tests.factories import Cast, make_cast
from tests.work import NOON, article_of, gold_of, span_of, stance_of, work_of

ADDRESS = "/projects/test/dashboard/"
DRAWN = """() => {
  const canvas = document.querySelector("#part-progress canvas");
  const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const places = [];
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] > 200 && data[at + 2] > data[at] + 90) places.push((at / 4) % width);
  return [places.length > 50, places.reduce((sum, x) => sum + x, 0) / places.length / width < 0.6];
}"""


@pytest.fixture
def cast(transactional_db: None, sign_in: SignIn) -> Cast:
    cast = make_cast()
    cast.project.created_at = NOON
    cast.project.save()
    for days in (30, 20, 10, 10, 2):
        article = article_of(cast.project)
        work_of(cast.project, cast.annotator, article, "adjudicated", days_ago=days, minutes=7)
        gold = gold_of(cast.project, article, by=cast.reviewer, days_ago=days)
        place = article.text.index("تهران")
        tail = {"tail_kind": "span", "tail_span": span_of(gold, place, place + 5, "LOC", words=7)}
        stance_of(gold, "FAVOR", head_kind="implicit", **tail)
        stance_of(gold, "AGAINST", head_kind="article", **tail)
    figure = {"value": 0.7, "low": 0.6, "high": 0.8}
    result = {"articles": 5, "alpha": {"entity": figure}, "exact": figure, "partial": figure, "relations": figure}
    AgreementReport.objects.create(project=cast.project, made_at=NOON, fingerprint="", result=result)
    sign_in(cast.manager)
    return cast


def test_a_dashboard_comes_together_and_a_panel_that_fails_alone_is_asked_for_again(
    cast: Cast, page: Page, expected_errors: list[str]
) -> None:
    expected_errors += ["500", "Response Status Error Code"]
    broken = [True]

    def fail_once(route: Route) -> None:
        if broken.pop() if broken else False:
            route.fulfill(status=500, body="broken")
        else:
            route.continue_()

    page.route("**/dashboard/labels/**", fail_once)
    # What some browsers say where the system's language is `C`: no language that Intl knows.
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'language', { get: () => 'C' })")
    page.goto(ADDRESS)
    expect(page.locator(".board [aria-busy=true]")).to_have_count(0)
    labels = page.locator("#part-labels")
    expect(labels.get_by_role("alert")).to_be_visible()
    expect(page.locator("#part-figures .value").first).to_have_text("۵")
    labels.locator("[data-do=again]").click()
    expect(labels.locator(".bars li")).to_have_count(1)
    expect(labels.get_by_role("alert")).to_have_count(0)
    # Time grows leftwards: what was gold early, little, stands at the right, and the mass of the area in the left half.
    expect(page.locator("#part-progress canvas")).to_be_attached()
    becomes(page, DRAWN, [True, True])
    page.locator("#part-progress .u-over").hover(position={"x": 200, "y": 100})
    expect(page.locator("#part-progress .readout")).to_contain_text("مرجع")
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")

    first = page.locator("table.stances a[tabindex='0']")
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    behind = page.locator("#behind")
    expect(behind).to_be_focused()
    expect(behind.locator("mark")).to_have_text(["تهران"] * 5)
    page.keyboard.press("Escape")
    expect(page.locator("table.stances a[aria-current]")).to_be_focused()
    page.locator("details.menu summary").click()
    page.locator("details.menu [name=days]").select_option("7")
    page.locator("details.menu form button.primary").click()
    page.wait_for_url("**/dashboard/?days=7*")
    expect(page.locator(".chips a")).to_have_count(1)


def test_signed_out_meanwhile_one_is_sent_to_sign_in_and_no_panel_holds_the_form(cast: Cast, page: Page) -> None:
    page.goto(ADDRESS)
    expect(page.locator(".board [aria-busy=true]")).to_have_count(0)
    page.context.clear_cookies()
    page.evaluate("htmx.trigger(document.getElementById('part-labels'), 'again')")
    page.wait_for_url("**/login/?next=**")
