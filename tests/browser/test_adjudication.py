"""A reviewer makes the demonstration's three sets into the given gold, by the keyboard alone."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.actions.demonstration import load_demonstration
from annotations.models import AnnotationSet, Article, Provenance, SetKind, SetStatus, User, Verdict
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of
from tests.browser.conftest import SignIn
from tests.browser.hand import press

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = "طرح انتقال آب خزر به سمنان تا پایان بررسی‌های زیست‌محیطی متوقف می‌شود"
# What three annotators of the demonstration come to: spans in the order of the text, relations, the article's label.
GOLD_SPANS = [
    ("LOC", "دریای خزر"), ("LOC", "مازندران"), ("ORG", "خبرگزاری البرز"), ("PER", "حمید صادقیان"),
    ("LOC", "مازندران"), ("DAT", "روز یکشنبه"), ("EVE", "نشست شورای آب استان"), ("CUE", "گفت"), ("CLAIM", CLAIM),
    ("LOC", "خزر"), ("LOC", "سمنان"), ("ORG", "سازمان حفاظت محیط زیست"), ("EXPRESSION", "استقبال کرد"),
    ("ORG", "انجمن کشاورزان سمنان"), ("EXPRESSION", "نادیده گرفتن حق مردم کویر"), ("ORG", "وزارت نیرو"),
]  # fmt: skip
GOLD_RELATIONS = {
    ("attribution", CLAIM, "گفت", "حمید صادقیان", None),
    ("stance", "سازمان حفاظت محیط زیست", "استقبال کرد", CLAIM, "FAVOR"),
    ("stance", "انجمن کشاورزان سمنان", "نادیده گرفتن حق مردم کویر", CLAIM, "AGAINST"),
}


@pytest.fixture
def article(live_server: LiveServer) -> Article:
    load_demonstration()
    return Article.objects.get(headline__startswith="استاندار: ")


def gold() -> AnnotationSet:
    return AnnotationSet.objects.select_related("article").get(article__headline__startswith="استاندار: ", kind="gold")


def settled(page: Page, done: int) -> None:
    """Waits until so many decisions stand and the server has answered."""
    expect(page.locator(".pip.done")).to_have_count(done)
    expect(page.locator("#status")).to_have_attribute("data-state", "saved")


@pytest.mark.long
def test_three_sets_become_the_given_gold_by_the_keyboard_alone(page: Page, sign_in: SignIn, article: Article) -> None:
    sign_in(User.objects.get(username="reviewer"))
    page.goto("/projects/demo/adjudication/")
    page.locator(".actions .button.primary").press("Enter")
    page.wait_for_selector("html[data-ready]")
    assert page.url.endswith(f"/adjudication/{article.pk}/")
    settled(page, 0)
    expect(page.locator(".adj-card.is-open header b")).to_have_text("برچسب مقاله")
    press(page, "Enter")  # the category: two of three say environment
    settled(page, 1)
    # What is agreed comes in one step, goes in one and comes again.
    press(page, "Shift+KeyA")
    expect(page.locator(".chip")).to_have_count(8)
    press(page, "Control+KeyZ")
    expect(page.locator(".chip")).to_have_count(0)
    press(page, "Shift+KeyA")
    expect(page.locator(".chip")).to_have_count(8)
    settled(page, 1)
    press(page, "Digit2 Digit1 Enter")  # the boundary of the agency: the second, no, the first
    settled(page, 2)
    press(page, "KeyS KeyK Enter")  # the day, put off and taken up again
    settled(page, 3)
    # The council is the meeting of it: another label, from four letters further back.
    press(page, "Digit2 KeyE BracketRight BracketRight BracketRight BracketRight")
    expect(page.locator(".is-own .quote")).to_have_text("نشست شورای آب استان")
    press(page, "KeyN")
    page.keyboard.insert_text("نشست رویداد است")
    press(page, "Enter Escape")
    settled(page, 4)
    press(page, "Enter")  # the claim is a policy
    settled(page, 5)
    press(page, "Enter Enter")  # its source; the farmers' stance
    settled(page, 7)
    press(page, "Digit1 Enter")  # the desert is a place, after all …
    settled(page, 8)
    press(page, "Control+KeyZ")  # … no, it is not
    settled(page, 7)
    press(page, "Digit0 Enter")
    settled(page, 8)
    press(page, "Digit1 Enter")  # only one saw the ministry
    settled(page, 9)
    press(page, "Shift+KeyA")  # the stance that waited for its claim
    expect(page.locator("[data-do=accept] b")).to_have_text("۰")
    settled(page, 9)
    press(page, "Control+Enter")
    expect(page).to_have_url(re.compile("/adjudication/$"))
    expect(page.locator(".adj-list .empty")).to_contain_text("اختلافی نمانده")

    made = gold()
    assert made.status == SetStatus.ACCEPTED
    spans = spans_of(made)
    assert [(span.label, span.quote) for span in spans] == GOLD_SPANS
    quote = {span.id: span.quote for span in spans}
    relations = relations_of(made)
    assert {
        (one.label, quote[one.head], quote[one.via or ""], quote[one.tail], one.attributes.get("polarity"))
        for one in relations
    } == GOLD_RELATIONS
    assert next(span for span in spans if span.label == "CLAIM").attributes == {"kind": "policy", "quotation": "direct"}
    assert [(said.label, said.value) for said in labels_of(made)] == [("category", "environment")]
    annotators = AnnotationSet.objects.filter(article=article, kind=SetKind.ANNOTATOR)
    assert {work.status for work in annotators} == {SetStatus.ADJUDICATED}
    assert Verdict.objects.filter(gold=made).count() == 9
    assert Verdict.objects.get(gold=made, note="نشست رویداد است").chosen["own"] is True
    assert Provenance.objects.filter(gold=made).count() == len(spans) + len(relations)


@pytest.mark.usefixtures("intercepted")
def test_a_failing_server_leaves_the_choice_on_its_card_and_another_person_finds_it_taken(
    page: Page, sign_in: SignIn, article: Article, expected_errors: list[str]
) -> None:
    sign_in(User.objects.get(username="reviewer"))
    address = f"/projects/demo/adjudication/{article.pk}/"
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    expected_errors.append("Failed to load resource")
    page.route("**/verdicts/", lambda route: route.abort())
    press(page, "Digit2 Enter")
    card = page.locator(".adj-card.is-open")
    expect(card.get_by_role("alert")).to_be_visible()
    expect(page.locator("#status")).to_have_attribute("data-state", "attention")
    expect(card.locator("[data-do=take]").nth(1)).to_have_attribute("aria-pressed", "true")
    page.unroute("**/verdicts/")
    card.get_by_role("alert").get_by_role("button").click()
    settled(page, 1)
    assert [said.value for said in labels_of(gold())] == ["economy"]
    # Taken back, but the answer is lost: taken back again, the decision before it stands.
    press(page, "Enter")
    settled(page, 2)
    page.route("**/undo/", lambda route: (route.fetch(), route.abort()))
    press(page, "Control+KeyZ")
    expect(page.locator("#status")).to_have_attribute("data-state", "attention")
    page.unroute("**/undo/")
    press(page, "Control+KeyZ")
    settled(page, 1)
    assert [said.value for said in labels_of(gold())] == ["economy"]
    # The keys are listed from the table that binds them.
    press(page, "Shift+Slash")
    expect(page.locator("dialog.help dd")).to_have_count(18)
    press(page, "Escape")
    # A question stands in the work of those it is put to.
    press(page, "KeyM")
    page.keyboard.insert_text("چرا خبرگزاری؟")
    page.locator(".ask-sheet .primary").click()
    expect(page.locator(".ask-sheet")).to_have_count(0)
    expect(page.locator("#toast")).to_be_visible()
    # Somebody else reads, and may take over.
    sign_in(User.objects.get(username="manager"))
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".notice")).to_contain_text("سارا کاظمی")
    expect(page.locator(".adj-card.is-open [data-do=take]").first).to_be_disabled()
    page.locator("[data-do=take-over]").click()
    expect(page.locator(".notice")).to_have_count(0)
    press(page, "Enter")
    settled(page, 2)
    assert gold().annotator == User.objects.get(username="manager")


def test_a_held_key_decides_once_a_note_outlives_the_page_and_redo_is_of_ones_own_steps(
    page: Page, context: BrowserContext, sign_in: SignIn, article: Article
) -> None:
    sign_in(User.objects.get(username="reviewer"))
    address = f"/projects/demo/adjudication/{article.pk}/"
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    for _ in range(5):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    settled(page, 1)
    press(page, "KeyN")
    page.keyboard.insert_text("چون نام جایی است")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".adj-card.is-open [data-field=note]")).to_have_value("چون نام جایی است")
    press(page, "Enter")
    settled(page, 2)
    assert list(Verdict.objects.order_by("pk").values_list("note", flat=True)) == ["", "چون نام جایی است"]
    # Another tab decides one more; taken back here, it is not this page's to do again.
    other = context.new_page()
    other.goto(address)
    other.wait_for_selector("html[data-ready]")
    press(other, "Enter")
    settled(other, 3)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    settled(page, 3)
    press(page, "Control+KeyZ")
    settled(page, 2)
    expect(page.locator("[data-do=redo]")).to_be_disabled()
    press(page, "Control+KeyZ")
    settled(page, 1)
    press(page, "Control+Shift+KeyZ")
    settled(page, 2)
    assert list(Verdict.objects.order_by("pk").values_list("note", flat=True)) == ["", "چون نام جایی است"]
