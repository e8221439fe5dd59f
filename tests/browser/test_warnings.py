"""Warnings in the workspace: seen, gone to, mended, dismissed, and asked about when the work is handed in."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.models import AnnotationSet, Dismissal, Relation, Span
from tests.browser.conftest import SignIn
from tests.browser.hand import drag, queue_empty
from tests.browser.test_axe import findings, findings_in_both_themes
from tests.factories import Cast, make_cast, make_set, op, perform, span_op, uid

TEXT = "👩‍👩‍👧‍👦 تاس گفت: صادرات نفت رشد می‌کند.\nمریم رضایی، در تاس است."
CLAIM = "صادرات نفت رشد می‌کند"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    """A comma at the edge of a name, a claim of nobody's."""
    work = make_set(cast, TEXT)
    perform(work, span_op(TEXT, "مریم رضایی،"), span_op(TEXT, CLAIM, label="CLAIM"))
    return work


def visit(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


@pytest.fixture
def desk(page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn) -> Page:
    sign_in(cast.annotator)
    visit(page, work)
    return page


def count(page: Page, n: str) -> None:
    """Waits until the bar says so many open warnings."""
    expect(page.locator("#warnings-button .count")).to_have_text(n)


def marked(page: Page, *pieces: str) -> None:
    """Waits until just these pieces of the text bear the line."""
    line = "() => [...(CSS.highlights.get('warning') ?? [])].map((range) => String(range)).join('|')"
    page.wait_for_function(f"(pieces) => ({line})() === pieces.join('|')", arg=pieces)


def test_a_slip_is_marked_and_named_as_soon_as_it_is_made(desk: Page) -> None:
    count(desk, "۳")  # the claim asks for its attributes, too
    marked(desk, "ی،")
    for piece, key, open_now in (("تاس گفت", "Digit2", "۳"), ("تاس است", "Digit1", "۳"), ("تاس است", "Digit1", "۴")):
        drag(desk, piece)
        desk.keyboard.press(key)
        queue_empty(desk)
        count(desk, open_now)


def test_lines_are_painted_where_one_looks(page: Page, cast: Cast, sign_in: SignIn) -> None:
    text = "\n".join(f"مریم{number}، در شهر بود." for number in range(200))
    work = make_set(cast, text)
    perform(work, *(span_op(text, f"مریم{number}،") for number in (0, 199)))
    sign_in(cast.annotator)
    visit(page, work)
    marked(page, "0،")
    page.keyboard.press("End")
    page.evaluate("() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    marked(page, "9،")


def test_w_goes_from_one_to_the_next_and_says_what_is_wrong(desk: Page) -> None:
    for said in ("ویژگی ناگفته", "ادعای بی‌منبع", "نشانه یا فاصله در لبه"):
        desk.keyboard.press("KeyW")
        expect(desk.locator("#toast")).to_contain_text(said)
    expect(desk.locator(".popover .remarks")).to_contain_text("مریم رضایی")
    desk.locator(".popover .remarks [data-act=mend]").click()
    queue_empty(desk)
    span = Span.objects.get(label__key="PER")
    assert TEXT[span.start : span.end] == "مریم رضایی"
    marked(desk)
    desk.keyboard.press("Control+KeyZ")
    queue_empty(desk)
    assert Span.objects.get(label__key="PER").end == span.end + 1


def test_the_missing_source_is_asked_for_where_the_warning_says_so(desk: Page) -> None:
    desk.keyboard.press("Shift+KeyW")
    desk.locator("#warnings [data-kind=source] [data-act=mend]").click()
    desk.keyboard.press("KeyI")
    queue_empty(desk)
    assert Relation.objects.get(label__key="attribution").tail_kind == "implicit"
    expect(desk.locator("#warnings [data-kind=source]")).to_have_count(0)


def test_a_dismissed_warning_stays_away_and_can_be_brought_back(desk: Page, work: AnnotationSet, cast: Cast) -> None:
    desk.keyboard.press("Shift+KeyW")
    edge = desk.locator("#warnings [data-kind=edge] .warning")
    edge.locator("[data-act=dismiss]").click()
    count(desk, "۲")
    marked(desk)
    expect(desk.locator("#warnings [data-kind=edge]")).to_have_count(0)
    expect(desk.locator("#warnings summary")).to_have_text("نادیده‌گرفته: ۱")
    desk.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('newsroom-dismissals'))")
    assert [(row.user, row.kind) for row in Dismissal.objects.all()] == [(cast.annotator, "edge")]
    visit(desk, work)
    count(desk, "۲")
    desk.keyboard.press("Shift+KeyW")
    desk.locator("#warnings summary").click()
    desk.locator("#warnings details [data-act=restore]").click()
    count(desk, "۳")


def test_a_warning_dismissed_without_a_network_is_said_later(
    desk: Page, context: BrowserContext, expected_errors: list[str]
) -> None:
    expected_errors.append("ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    desk.keyboard.press("Shift+KeyW")
    desk.locator("#warnings [data-kind=edge] [data-act=dismiss]").click()
    expect(desk.locator("#warnings [role=status]")).to_be_visible()
    count(desk, "۲")
    assert not Dismissal.objects.exists()
    context.set_offline(False)
    expect(desk.locator("#warnings [role=status]")).to_have_count(0)
    assert Dismissal.objects.get().kind == "edge"


def test_the_same_words_in_earlier_work_of_one_s_own_are_told(page: Page, cast: Cast, sign_in: SignIn) -> None:
    earlier = make_set(cast, "تاس و تاس")
    perform(earlier, span_op("تاس و تاس", "تاس", label="ORG"))
    work = make_set(cast, TEXT)
    perform(work, span_op(TEXT, "تاس", label="PER"))
    sign_in(cast.annotator)
    visit(page, work)
    count(page, "۱")
    page.keyboard.press("KeyW")
    remark = page.locator(".popover .remarks")
    expect(remark).to_contain_text("سازمان ۱")
    remark.locator("[data-act=mend]").click()
    queue_empty(page)
    assert Span.objects.get(annotation_set=work).label.key == "ORG"
    count(page, "")


def test_of_two_spans_that_are_the_same_one_goes_and_its_relations_stay(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    work = make_set(cast, TEXT)
    first, second, claim = span_op(TEXT, "تاس"), span_op(TEXT, "تاس"), span_op(TEXT, CLAIM, label="CLAIM")
    said = op(
        "relation.create", id=uid(), label="attribution", head=claim["id"], via=None, tail=second["id"], attributes={}
    )
    perform(work, first, second, claim, said)
    sign_in(cast.annotator)
    visit(page, work)
    page.keyboard.press("Shift+KeyW")
    page.locator("#warnings [data-kind=duplicate] [data-act=mend]").click()
    queue_empty(page)
    kept = Span.objects.get(annotation_set=work, label__key="PER")
    assert Relation.objects.get(annotation_set=work).tail_span == kept


def test_handing_in_asks_once_and_lists_what_is_open(desk: Page, work: AnnotationSet) -> None:
    desk.keyboard.press("Control+Enter")
    ask = desk.locator("dialog.finish-ask")
    expect(ask).to_contain_text("ادعای بی‌منبع")
    expect(ask.locator("[data-act=back]")).to_be_focused()
    assert findings(desk) == []
    desk.keyboard.press("Escape")
    expect(ask).to_have_count(0)
    expect(desk.locator("#warnings")).to_be_visible()
    work.refresh_from_db()
    assert work.is_open
    desk.keyboard.press("Control+Enter")
    ask.locator("[data-act=anyway]").click()
    desk.wait_for_url(lambda url: f"/sets/{work.pk}/" not in url)
    work.refresh_from_db()
    assert work.status == "submitted"


def test_the_list_has_no_serious_finding(desk: Page) -> None:
    desk.evaluate("document.documentElement.dataset.theme = 'light'")
    desk.keyboard.press("Shift+KeyW")
    expect(desk.locator("#warnings .warning").first).to_be_visible()
    assert findings_in_both_themes(desk) == []
