"""The guideline beside the text: opened by key with a draft open, following the label in use, searched, on a phone."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.actions.demonstration import DATA
from annotations.models import AnnotationSet, Project, Span, User
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, drag, queue_empty
from tests.browser.test_axe import findings_in_both_themes
from tests.factories import Cast, make_cast, make_set, perform, span_op

TEXT = "علاقه کره شمالی به روسیه\n\nکیم جونگ اون گفت: صادرات نفت رشد می‌کند.\nمریم رضایی در تهران است."
NAME = "مریم رضایی"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    Project.objects.update(guideline=(DATA / "GUIDELINE.fa.md").read_text(encoding="utf-8"))
    return cast


@pytest.fixture
def span() -> dict:
    return span_op(TEXT, NAME)


@pytest.fixture
def work(cast: Cast, span: dict) -> AnnotationSet:
    work = make_set(cast, TEXT)
    perform(work, span)
    return work


@pytest.fixture
def desk(page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn) -> Page:
    """The annotator's workspace, open."""
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def in_sight(page: Page, label: str) -> None:
    """Waits until the passage of a label is marked, alone, and begins at the top of the guideline's box."""
    marked = page.locator("#guide .is-now")
    expect(marked).to_have_count(1)
    expect(marked).to_have_attribute("data-labels", label)
    page.wait_for_function(
        """() => {
          const box = document.querySelector('#guide .drawer-body').getBoundingClientRect();
          const { top } = document.querySelector('#guide .is-now').getBoundingClientRect();
          return top >= box.top - 1 && top < box.top + 40;
        }"""
    )


def click_on(page: Page, words: str) -> None:
    page.locator("#doc .s", has_text=words).first.click()


def test_the_guideline_opens_by_key_while_a_draft_is_open(desk: Page, span: dict) -> None:
    expect(desk.locator("#guide .prose")).to_have_count(0)
    drag(desk, "کیم جونگ اون")
    desk.keyboard.press("KeyG")
    expect(desk.locator("#guide .prose")).to_have_attribute("dir", "rtl")
    expect(desk.locator("#guide .drawer-body")).to_be_focused()
    expect(desk.locator("#popover")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#guide")).to_be_visible()
    expect(desk.locator("body")).to_be_focused()
    desk.keyboard.press("Digit1")
    queue_empty(desk)
    assert Span.objects.exclude(uid=span["id"]).get().label.key == "PER"
    desk.keyboard.press("KeyG")
    expect(desk.locator("#guide")).to_be_hidden()


def test_the_passage_follows_the_label_in_use(desk: Page) -> None:
    desk.keyboard.press("KeyG")
    expect(desk.locator("#guide .prose")).to_be_visible()
    drag(desk, "تهران")
    desk.locator("#popover [data-label=LOC]").hover()
    in_sight(desk, "LOC")
    desk.locator("#popover [data-label=CLAIM]").focus()
    in_sight(desk, "CLAIM")
    desk.keyboard.press("Escape")
    expect(desk.locator("#guide .is-now")).to_have_count(0)
    click_on(desk, NAME)
    in_sight(desk, "PER")
    desk.keyboard.press("Digit9")
    click_on(desk, NAME)
    in_sight(desk, "PRO")


def test_the_popover_leads_to_the_passage(desk: Page) -> None:
    click_on(desk, NAME)
    desk.locator("#popover [data-act=guide]").click()
    in_sight(desk, "PER")


def test_the_passage_follows_the_open_card(desk: Page, work: AnnotationSet) -> None:
    desk.keyboard.press("KeyG")
    desk.locator("#tab-whole").click()
    desk.locator("[data-attribute=category]").focus()
    in_sight(desk, "category")
    drag(desk, "صادرات نفت رشد می‌کند")
    desk.keyboard.press("KeyC")
    in_sight(desk, "CLAIM")
    desk.keyboard.press("Escape")
    desk.locator("#panel-body [data-slot=tail]").focus()
    in_sight(desk, "attribution")
    desk.keyboard.press("KeyR")
    in_sight(desk, "attribution")  # a field has the keys


def test_a_label_without_a_passage_says_so(desk: Page, work: AnnotationSet) -> None:
    Project.objects.update(guideline="# Guide\n\n## Organization (ORG)\n\nA body of people.")
    desk.keyboard.press("KeyG")
    expect(desk.locator("#guide .prose")).to_have_attribute("dir", "ltr")
    click_on(desk, NAME)
    expect(desk.locator(".guide-now .mute")).to_be_visible()
    expect(desk.locator("#guide .is-now")).to_have_count(0)


def test_a_search_takes_other_spellings_for_the_same(desk: Page) -> None:
    desk.keyboard.press("KeyG")
    find = desk.locator("#guide input[type=search]")
    expect(find).to_be_visible()
    find.fill("نيم‌ فاصلهٔ")  # Arabic yeh, a space beside the half-space
    found = "() => [...CSS.highlights.get('guide-hit') ?? []].map(String)"
    becomes(desk, found, ["نیم‌فاصلهٔ"])
    find.fill("كيم جونگ")
    becomes(desk, f"() => [...new Set(({found})())]", ["کیم جونگ"])
    assert len(desk.evaluate(found)) > 2
    # Which of the places is the one that the keys are at: the next one with each Enter.
    now = """() => {
      const [all, now] = ['guide-hit', 'guide-hit-now'].map((name) => [...CSS.highlights.get(name)]);
      return now.map((range) => all.indexOf(range));
    }"""
    becomes(desk, now, [0])
    find.press("Enter")
    becomes(desk, now, [1])
    find.press("Escape")
    expect(find).to_have_value("")
    find.press("Escape")
    expect(desk.locator("body")).to_be_focused()


def test_the_contents_lead_to_every_heading(desk: Page) -> None:
    desk.keyboard.press("KeyG")
    desk.locator(".guide-contents summary").click()
    rows = desk.locator(".guide-contents button")
    expect(rows.last).to_be_visible()
    assert rows.count() == desk.locator("#guide .prose :is(h2, h3, h4)").count() - 1
    rows.last.click()
    expect(desk.locator("#guide .prose section > h3").last).to_be_in_viewport()


def test_who_has_no_network_is_told_and_tries_again(
    desk: Page, context: BrowserContext, expected_errors: list[str]
) -> None:
    expected_errors.append("ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    desk.keyboard.press("KeyG")
    again = desk.locator("#guide .drawer-body button")
    expect(again).to_be_visible()
    context.set_offline(False)
    again.click()
    expect(desk.locator("#guide .prose")).to_be_visible()


@pytest.mark.parametrize("width", [1400, 390])
def test_an_open_guideline_has_no_serious_finding(
    page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn, width: int
) -> None:
    User.objects.update(theme="light")
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    click_on(page, NAME)
    page.locator("#popover [data-act=guide]").click()
    in_sight(page, "PER")
    assert findings_in_both_themes(page) == []
    page.emulate_media(media="print")
    expect(page.locator("#guide")).to_be_hidden()
    page.emulate_media(media="screen")
    box = page.locator("#guide").bounding_box()
    assert box is not None
    page.keyboard.press("Escape")
    if width < 760:  # a sheet over the text: leaving it closes it
        assert box["width"] == width
        expect(page.locator("#guide")).to_be_hidden()
    else:
        assert box["x"] + box["width"] <= page.locator("#doc").bounding_box()["x"]
        expect(page.locator("#guide")).to_be_visible()
