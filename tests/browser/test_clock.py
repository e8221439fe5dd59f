"""Time on task: work is counted and idleness is not; what can't be sent is kept and counts once."""

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import AnnotationSet, Visit
from annotations.queries.visits import seconds_on
from tests.browser.conftest import SignIn
from tests.factories import Cast, make_cast, make_set

WAITING = "() => Object.keys(localStorage).filter((key) => key.startsWith('newsroom-visit:')).length"
SENT = f"{WAITING} === 0"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast, sign_in: SignIn) -> AnnotationSet:
    work = make_set(cast)
    sign_in(cast.annotator)
    return work


def enter(page: Page, work: AnnotationSet) -> None:
    """Opens the page with a clock that goes on when the test says so."""
    page.clock.install()
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.keyboard.press("ArrowLeft")


def work_for(page: Page, seconds: int) -> None:
    """Presses a key every ten seconds."""
    for _ in range(seconds // 10):
        page.clock.fast_forward(10_000)
        page.keyboard.press("ArrowLeft")


def sent(page: Page) -> None:
    """Opens the page again, which sends what it did not send on leaving, and waits until nothing waits."""
    page.reload()
    page.clock.resume()  # before that the time until the page is left would count, however long a busy machine takes
    page.wait_for_function(SENT)


def reported(page: Page, seconds: int) -> None:
    """Works on, and waits until the server has answered the report that is due."""
    with page.expect_response(lambda answer: answer.url.endswith("/time/")):
        work_for(page, seconds)


def test_work_counts_and_idleness_does_not(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    reported(page, 30)
    page.clock.fast_forward("30:00")  # a long call
    page.keyboard.press("ArrowLeft")
    work_for(page, 30)
    sent(page)
    assert seconds_on(work, of=work.annotator) == 60
    expect(page.locator("#time")).to_have_text("۱ دقیقه")


def test_the_last_report_outlives_a_page_that_is_left_without_a_network(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    # A request of a page that is being left goes past Playwright's offline switch.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    work_for(page, 40)
    assert page.evaluate(WAITING) == 1
    page.goto("about:blank")
    assert not Visit.objects.exists()
    page.goto("/library/")
    sent(page)
    assert [visit.seconds for visit in Visit.objects.all()] == [40]


@pytest.mark.usefixtures("intercepted")
def test_a_report_whose_answer_was_lost_counts_once(
    page: Page, work: AnnotationSet, expected_errors: list[str]
) -> None:
    expected_errors += ["502", "ERR_FAILED"]

    def commit_and_fail(route: Route) -> None:
        route.fetch()
        route.fulfill(status=502, body="")

    enter(page, work)
    page.route("**/time/", commit_and_fail)
    reported(page, 30)
    assert page.evaluate(WAITING) == 1
    page.unroute("**/time/")
    work_for(page, 10)
    sent(page)
    assert [visit.seconds for visit in Visit.objects.all()] == [40]


@pytest.mark.usefixtures("intercepted")
def test_nobody_s_time_is_sent_as_another_person_s(
    page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn, expected_errors: list[str]
) -> None:
    expected_errors += ["ERR_FAILED", "403"]
    enter(page, work)
    page.route("**/time/", lambda route: route.abort())
    work_for(page, 40)
    sign_in(cast.reviewer)
    page.unroute("**/time/")
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate(WAITING) == 1
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    sent(page)
    assert [(visit.user_id, visit.seconds) for visit in Visit.objects.all()] == [(cast.annotator.pk, 40)]
