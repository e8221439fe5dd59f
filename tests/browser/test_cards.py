"""From the text to the lists and back: what was typed is said, a press lands, the keys come back to the text."""

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from annotations.models import AnnotationSet, ArticleLabel, Label, Relation, Span
from tests.browser.conftest import SignIn
from tests.browser.hand import drag, press, queue_empty
from tests.factories import Cast, make_cast, make_set, op, perform, span_op

NAME, SENTENCE, CITY = "کیم جونگ اون", "صادرات نفت رشد می‌کند", "تهران"
FIELDS = {
    "kind": {"type": "string", "enum": ["fact", "opinion"]},
    "note": {"type": "string", "minLength": 3},
    "rank": {"type": "integer", "minimum": 1, "maximum": 9},
}
COPIED = """() => {
  const clipboardData = new DataTransfer();
  document.body.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData.getData("text/plain");
}"""
# By then the lists have been drawn anew, if they were to be.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done))))"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast, sign_in: SignIn) -> AnnotationSet:
    schema = {"type": "object", "properties": FIELDS}
    Label.objects.filter(key__in=["CLAIM", "PER"]).update(attributes=schema)
    sign_in(cast.annotator)
    return make_set(cast)


def enter(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


def slowly(page: Page, button: Locator) -> None:
    """Presses a button as long as a hand does: what is drawn meanwhile must not take it from under the finger."""
    button.hover()
    page.mouse.down()
    page.evaluate(DRAWN)
    page.mouse.up()


def test_from_a_field_of_a_card_to_a_button_to_a_list_and_back_to_the_text(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    drag(page, SENTENCE)
    assert page.evaluate(COPIED) == SENTENCE
    press(page, "KeyC KeyO")
    card = page.locator(".card.is-open")
    queue_empty(page)
    rank = card.locator("[data-attribute=rank]")
    rank.fill("۱۲")
    page.keyboard.press("Enter")
    expect(rank).to_be_focused()
    assert rank.evaluate("field => field.validationMessage") != ""  # told, and not taken back unseen
    expect(rank).to_have_value("۱۲")
    card.locator("[data-attribute=note]").fill("آب و هوا")
    slowly(page, card.locator("[data-attribute='kind=opinion']"))
    expect(card.locator("[data-attribute='kind=opinion']")).to_have_attribute("aria-pressed", "true")
    queue_empty(page)
    assert Span.objects.get().attributes == {"kind": "opinion", "note": "آب و هوا"}
    # Space is the text's: the button that was pressed is not pressed again.
    press(page, "Space Escape")
    expect(card.locator("[data-attribute='kind=opinion']")).to_have_attribute("aria-pressed", "true")
    source = card.locator("select[data-slot=tail]")
    source.focus()
    source.select_option("implicit")
    expect(source).to_be_focused()  # chosen by keys: they go on choosing
    page.keyboard.press("Control+KeyZ")
    expect(source).to_have_value("article")
    page.keyboard.press("Escape")
    expect(source).not_to_be_focused()
    page.evaluate("document.documentElement.dataset.hand = 'mouse'")
    source.focus()
    source.select_option("implicit")
    expect(source).not_to_be_focused()  # the arrows move the cursor
    press(page, "ArrowLeft ArrowDown")
    expect(source).to_have_value("implicit")
    queue_empty(page)
    assert Relation.objects.get().tail_kind == "implicit"


def test_what_is_typed_in_the_popover_is_said_before_a_press_and_told_where_its_span_is_gone(
    page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    made = span_op(work.article.text, NAME)
    perform(work, made)
    enter(page, work)
    page.locator("#doc [role=mark]").click()
    popover = page.locator("#popover")
    popover.locator("[data-attribute=note]").click()
    page.keyboard.type("رهبر")
    slowly(page, popover.locator("[data-attribute='kind=fact']"))
    expect(popover.locator("[data-attribute='kind=fact']")).to_have_attribute("aria-pressed", "true")
    expect(popover.locator("[data-attribute=note]")).to_have_value("رهبر")
    queue_empty(page)
    assert Span.objects.get().attributes == {"note": "رهبر", "kind": "fact"}
    popover.locator("[data-attribute=note]").fill("رئیس")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    queue_empty(page)
    assert Span.objects.get().attributes["note"] == "رئیس"  # said as the page went
    page.locator("#doc [role=mark]").click()
    popover.locator("[data-attribute=note]").fill("ناتمام")
    perform(work, op("span.delete", id=made["id"]))
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(popover).to_be_hidden()
    expect(page.locator(".grip:visible")).to_have_count(0)
    expect(page.locator(".save-notes")).to_contain_text("انجام نشد")
    drag(page, CITY)
    page.keyboard.press("Digit3")
    queue_empty(page)
    assert Span.objects.get().label.key == "LOC"


def test_keys_of_a_card_whose_claim_was_undone_ask_nothing(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    drag(page, SENTENCE)
    press(page, "KeyC")
    question = page.locator("#hint")
    expect(question).to_be_visible()
    press(page, "Control+KeyZ")
    expect(question).to_be_hidden()
    press(page, "Escape Escape KeyO KeyQ")
    expect(question).to_be_hidden()
    press(page, "Control+Shift+KeyZ KeyO")
    expect(question).to_be_visible()
    page.keyboard.press("KeyO")
    queue_empty(page)
    assert Relation.objects.get().tail_kind == "article"


def test_a_scheme_without_attribution_and_stance_has_claims_all_the_same(page: Page, work: AnnotationSet) -> None:
    Label.objects.filter(kind__in=["attribution", "stance"]).update(archived_at=timezone.now())
    Label.objects.filter(key="category").update(attributes={})
    enter(page, work)
    drag(page, SENTENCE)
    press(page, "KeyC")
    card = page.locator(".card.is-open")
    card.locator("[data-attribute='kind=fact']").click()
    expect(card.locator("select")).to_have_count(0)
    press(page, "KeyO KeyR")
    expect(page.locator("#hint")).to_be_hidden()
    page.locator("#tab-stances").click()
    expect(page.locator("#panel-body button")).to_have_count(0)
    page.locator("#tab-whole").click()
    page.locator("[data-attribute=category]").fill("کتاب کودک")
    page.keyboard.press("Enter")
    queue_empty(page)
    assert Span.objects.get().attributes == {"kind": "fact"}
    assert ArticleLabel.objects.get().value == "کتاب کودک"
