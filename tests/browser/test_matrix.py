"""Stances as a matrix: each stance is one step from its card, each empty place one step from a new one."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Relation, Topic
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, press, queue_empty
from tests.factories import make_cast, make_set, op, perform, span_op

TEXT = "كيم جونگ اون از تجارت گفت. کیم جونگ‌اون از جنگ گفت و تاس از هر دو."
SPELLINGS = ("كيم جونگ اون", "کیم جونگ‌اون")


@pytest.fixture
def work(transactional_db: None, page: Page, sign_in: SignIn) -> AnnotationSet:
    cast = make_cast()
    work = make_set(cast, TEXT)
    for key, title in (("trade", "تجارت"), ("war", "جنگ")):
        Topic.objects.create(project=cast.project, key=key, title_fa=title)
    first, second = (span_op(TEXT, name) for name in SPELLINGS)
    other = span_op(TEXT, "تاس", "ORG")
    said = [
        (first, "trade", "FAVOR"),
        (second, "war", "AGAINST"),
        (other, "trade", "FAVOR"),
        (other, "trade", "AGAINST"),
    ]
    stances = [
        op("relation.create", id=span["id"][:-2] + f"{at}f", label="stance", head=span["id"], tail=f"topic:{topic}",
           attributes={"polarity": polarity})
        for at, (span, topic, polarity) in enumerate(said)
    ]  # fmt: skip
    perform(work, first, second, other, *stances)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return work


# The words of each row, without its first, by the first: who holds what.
TABLE = """() => Object.fromEntries([...document.querySelectorAll('.matrix tr')]
  .map((row) => [...row.children].map((cell) => cell.innerText.trim())).map(([head, ...cells]) => [head, cells]))"""


def test_spellings_of_one_holder_share_a_row(page: Page, work: AnnotationSet) -> None:
    press(page, "Shift+KeyR")
    becomes(page, f"() => Object.values(({TABLE})())[0]", ["تجارت", "جنگ"])
    rows = page.evaluate(TABLE)
    assert rows["كيم جونگ اون"] == ["موافق", "مخالف"]
    assert rows["تاس"] == ["موافق\nمخالف", "+"]
    expect(page.locator(".matrix td.is-both")).to_have_count(1)


def test_a_stance_leads_to_its_card(page: Page, work: AnnotationSet) -> None:
    page.locator("[data-act=matrix]").click()
    page.locator(".matrix td .polarity.is-AGAINST").first.click()
    expect(page.locator(".matrix")).to_be_hidden()
    expect(page.locator(".card.is-open .face")).to_be_focused()
    expect(page.locator(".card.is-open .polarities [aria-pressed=true]")).to_have_attribute("data-value", "AGAINST")


def test_an_empty_place_begins_a_stance(page: Page, work: AnnotationSet) -> None:
    press(page, "Shift+KeyR")
    page.locator(".matrix .begin").click()
    press(page, "Minus")
    queue_empty(page)
    made = Relation.objects.order_by("id").last()
    assert made
    assert (made.head_span.label.key, made.tail_topic.key, made.attributes) == ("ORG", "war", {"polarity": "AGAINST"})


def test_escape_gives_the_keys_back_to_the_text(page: Page, work: AnnotationSet) -> None:
    press(page, "Shift+KeyR Escape")
    expect(page.locator(".matrix")).to_be_hidden()
    press(page, "Tab")
    expect(page.locator("#toast")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_nothing_serious_and_wide_tables_scroll_inside(page: Page, work: AnnotationSet, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#tab-stances").click()
    press(page, "Shift+KeyR")
    box = page.locator(".matrix").bounding_box()
    assert box
    assert box["width"] <= width
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []
