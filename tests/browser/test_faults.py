"""What is cut, lost, refused or signed out: afterwards each edit is in the database once, and the page agrees."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, Route, expect

from annotations.actions.assignments import submit
from annotations.models import AnnotationSet, Revision, Span
from annotations.queries.invariants import rebuilt, stored_state
from tests.browser.conftest import SignIn
from tests.browser.fates import POSTS, deal_out
from tests.browser.hand import becomes, drag, queue_empty
from tests.factories import TEXT, Cast, make_cast, make_set

NAME, PLACE, CITY = "کیم جونگ اون", "روسیه", "تهران"
# The words with a label, and how each is drawn.
MARKS = """() => [...new Set([...document.querySelectorAll('#doc [role=mark]')].map(
  (one) => `${one.textContent}: ${one.getAttribute('aria-description')}`))].sort()"""

# IndexedDB that opens when the test says so.
OPENS_LATE = """
  const { open } = IDBFactory.prototype;
  window.held = [];
  window.openNow = () => { for (const go of held.splice(0)) go(); held.push = (go) => go(); };
  IDBFactory.prototype.open = function (...named) {
    const [real, late] = [open.apply(this, named), {}];
    const then = (said) => () => { late.result = real.result; late[said](); };
    real.onupgradeneeded = then("onupgradeneeded");
    real.onsuccess = () => held.push(then("onsuccess"));
    return late;
  };
"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast, sign_in: SignIn, expected_errors: list[str]) -> AnnotationSet:
    sign_in(cast.annotator)
    expected_errors += ["Failed to load resource"]
    return make_set(cast)


def enter(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


def tag(page: Page, quote: str, digit: int = 1) -> None:
    drag(page, quote)
    page.keyboard.press(f"Digit{digit}")
    expect(page.locator("#popover")).to_be_hidden()


def marks(page: Page, count: int) -> None:
    """Waits until so many pieces of the text bear a label."""
    expect(page.locator("#doc [role=mark]")).to_have_count(count)


def exactly_once(page: Page, work: AnnotationSet, *, revisions: int) -> None:
    """Checks database against history, and the page against both."""
    work.refresh_from_db()
    ids = Counter(Revision.objects.filter(annotation_set=work).values_list("op_id", flat=True))
    assert (len(ids), set(ids.values()), work.version) == (revisions, {1}, revisions)
    assert rebuilt(work) == stored_state(work)
    spans = Span.objects.filter(annotation_set=work).select_related("label")
    becomes(page, MARKS, sorted({f"{TEXT[span.start : span.end]}: {span.label.title_fa}" for span in spans}))


def state(page: Page, name: str, waiting: int | None = None) -> None:
    expect(page.locator("#status")).to_have_attribute("data-state", name)
    if waiting is not None:
        expect(page.locator("html")).to_have_attribute("data-queue", str(waiting))


def only_posts(deal: Callable[[Route], None]) -> Callable[[Route], None]:
    return lambda route: deal(route) if route.request.method == "POST" else route.continue_()


def test_edits_made_offline_wait_and_go_out_when_the_network_is_back(
    page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    enter(page, work)
    context.set_offline(True)
    for quote, digit in ((NAME, 1), (PLACE, 3), (CITY, 3)):
        tag(page, quote, digit)
    page.keyboard.press("Control+KeyZ")
    state(page, "queued", 4)
    expect(page.locator("#status-text")).to_contain_text("۴")
    assert not Revision.objects.exists()
    context.set_offline(False)
    queue_empty(page)
    exactly_once(page, work, revisions=4)


def test_a_lost_reply_and_a_failing_server_change_nothing(page: Page, work: AnnotationSet) -> None:
    fates = ["lost", "500", "lost", "wrong"]
    deal_out(page, fates)
    enter(page, work)
    tag(page, NAME)
    tag(page, PLACE, 3)
    page.keyboard.press("Control+KeyZ")
    queue_empty(page)
    assert not fates
    exactly_once(page, work, revisions=3)


@pytest.mark.usefixtures("intercepted")
@pytest.mark.parametrize("leave", ["reload", "close"])
def test_what_waits_outlives_the_page(page: Page, context: BrowserContext, work: AnnotationSet, leave: str) -> None:
    context.route(POSTS, only_posts(lambda route: route.abort()))
    enter(page, work)
    # A request that outlives its page (keepalive) may leave when nobody intercepts that page's requests any more:
    # what the page sends is refused in it, so that its queue is still whole when it goes.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    tag(page, NAME)
    tag(page, PLACE, 3)
    state(page, "queued", 2)
    if leave == "reload":
        page.reload()
    else:
        page.close()
        page = context.new_page()
        page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    marks(page, 2)
    assert not Revision.objects.exists()
    context.unroute(POSTS)
    page.evaluate("dispatchEvent(new Event('online'))")
    queue_empty(page)
    exactly_once(page, work, revisions=2)


def test_a_session_that_ended_goes_on_in_the_same_page(
    page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    enter(page, work)
    page.evaluate("window.same = true")
    Session.objects.all().delete()
    tag(page, NAME)
    state(page, "signed_out", 1)
    tag(page, PLACE, 3)
    with context.expect_page() as opened:
        page.locator("#save-panel [data-act=sign-in]").click()
    other = opened.value
    other.get_by_label("نام کاربری").fill("annotator")
    other.get_by_label("گذرواژه").fill("annotator")
    other.get_by_role("button", name="ورود").click()
    other.wait_for_url(f"**/sets/{work.pk}/")
    other.close()
    page.bring_to_front()
    queue_empty(page)
    assert page.evaluate("window.same")
    exactly_once(page, work, revisions=2)
    assert set(Revision.objects.values_list("actor__username", flat=True)) == {"annotator"}


def test_nobody_sends_what_another_person_made(cast: Cast, page: Page, work: AnnotationSet, sign_in: SignIn) -> None:
    AnnotationSet.objects.update(kind="gold", annotator=None)  # a reviewer and a manager may both edit it
    sign_in(cast.reviewer)
    enter(page, work)
    sign_in(cast.manager, stay=True)
    tag(page, NAME)
    state(page, "signed_out", 1)
    expect(page.locator("#save-panel")).to_contain_text("۱")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    marks(page, 0)
    assert not Revision.objects.exists()
    sign_in(cast.reviewer, stay=True)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    queue_empty(page)
    exactly_once(page, work, revisions=1)
    assert Revision.objects.get().actor == cast.reviewer


@pytest.mark.usefixtures("intercepted")
def test_an_operation_that_the_server_fails_on_steps_aside(page: Page, work: AnnotationSet) -> None:
    def deal(route: Route) -> None:
        poisoned = NAME in (route.request.post_data or "")
        route.fulfill(status=500, body="") if poisoned else route.continue_()

    page.route(POSTS, only_posts(deal))
    enter(page, work)
    tag(page, NAME)
    tag(page, PLACE, 3)
    card = page.locator(".save-card")
    while not card.count():  # in a hurry: the person presses «send now» again and again
        with page.expect_response(lambda reply: urlsplit(reply.url).path.endswith("/operations/")):
            page.evaluate("dispatchEvent(new Event('online'))")
    expect(card).to_contain_text(NAME)
    state(page, "attention", 0)
    exactly_once(page, work, revisions=1)
    page.unroute(POSTS)
    card.locator("[data-act=retry]").click()
    queue_empty(page)
    exactly_once(page, work, revisions=2)


def test_twenty_long_claims_at_once_are_not_too_much_for_a_request_that_outlives_the_page(
    cast: Cast, page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    long = make_set(cast, "خبر\n" + "ادعای بسیار بلندی که پایان ندارد " * 100 + "\nپایان")
    enter(page, long)
    context.set_offline(True)
    page.locator("#doc p").nth(1).click(click_count=3)
    page.keyboard.press("KeyC")
    page.keyboard.press("Escape")
    for _ in range(12):
        page.keyboard.press("Control+KeyZ")
        page.keyboard.press("Control+Shift+KeyZ")
    state(page, "queued", 25)
    context.set_offline(False)
    queue_empty(page)
    assert Revision.objects.count() == 25
    assert Span.objects.get().end > 3000


def test_a_store_that_is_there_and_fails_costs_no_edit(page: Page, work: AnnotationSet) -> None:
    page.add_init_script("""for (const name of ["get", "put", "add"]) IDBObjectStore.prototype[name] = () => {
      throw new DOMException("full", "QuotaExceededError");
    }""")
    enter(page, work)
    tag(page, NAME)
    tag(page, PLACE, 3)
    page.keyboard.press("Control+KeyZ")
    queue_empty(page)
    exactly_once(page, work, revisions=3)


def test_without_indexed_db_edits_are_saved_and_the_danger_is_named(
    page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    enter(page, work)
    tag(page, NAME)
    queue_empty(page)
    context.set_offline(True)
    tag(page, PLACE, 3)
    state(page, "queued", 1)
    page.locator("#status").click()
    expect(page.locator(".save-why")).to_have_text(
        page.evaluate("JSON.parse(document.getElementById('workspace-data').textContent).strings.why_unkept")
    )
    context.set_offline(False)
    queue_empty(page)
    exactly_once(page, work, revisions=2)


def test_an_edit_made_before_the_browser_has_opened_its_store_is_neither_taken_back_nor_lost(
    page: Page, work: AnnotationSet
) -> None:
    page.add_init_script(OPENS_LATE)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_function("held.length")
    tag(page, NAME)
    state(page, "saving", 1)
    assert not Revision.objects.exists()
    page.evaluate("openNow()")
    page.wait_for_selector("html[data-ready]")
    queue_empty(page)
    exactly_once(page, work, revisions=1)
    page.keyboard.press("Control+KeyZ")
    marks(page, 0)
    queue_empty(page)
    exactly_once(page, work, revisions=2)


@pytest.mark.usefixtures("intercepted")
def test_what_waits_of_one_set_goes_out_from_any_other_page_and_what_stays_is_named_there(
    page: Page, context: BrowserContext, cast: Cast, work: AnnotationSet, expected_errors: list[str]
) -> None:
    def leave(quote: str) -> None:
        enter(page, work)
        page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
        tag(page, quote, 3)
        state(page, "queued", 1)

    context.route(POSTS, only_posts(lambda route: route.abort()))
    leave(PLACE)
    page.goto(f"/sets/{make_set(cast, 'خبر دیگر').pk}/")
    lines = page.locator("#unsent p")
    expect(lines).to_contain_text("۱")
    expect(lines.get_by_role("link")).to_have_attribute("href", f"/sets/{work.pk}/")
    context.unroute(POSTS)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(lines).to_have_count(0)
    assert rebuilt(work) == stored_state(work)
    assert [span.label.key for span in Span.objects.filter(annotation_set=work)] == ["LOC"]
    leave(CITY)
    submit(work, by=cast.annotator)
    page.goto("/library/")
    expect(lines).to_contain_text("ذخیره نشد")
    lines.get_by_role("link").click()
    expect(page.locator(".save-card")).to_contain_text(CITY)
    assert Revision.objects.count() == 1
    # All of it is refused by now, and the page that has the cards is gone: a way to it would lead nowhere.
    expected_errors.append("404")
    AnnotationSet.objects.filter(pk=work.pk).update(annotator=cast.reviewer)
    page.goto("/library/")
    expect(lines).to_contain_text("۱")
    expect(lines.get_by_role("link")).to_have_count(0)
    lines.get_by_role("button").click()
    expect(lines).to_have_count(0)
