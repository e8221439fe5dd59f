"""What a person drags over is what the database holds: both directions, mixed scripts, ZWNJ, emoji, nested spans."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Relation, Span
from tests.browser.conftest import SignIn
from tests.browser.hand import drag, queue_empty
from tests.factories import make_cast, make_set

TEXT = (
    "👩‍👩‍👧‍👦🇮🇷 دیدار کیم جونگ اون\n\n"
    "او گفت که می‌خواهم GPT-4.5 را در ۱۴۰۲/۰۶/۲۶ ببینم، و خانه‌های‌شان در «تاس» است.\n"
    "روزنامه 🙂 «واشنگتن پست» نوشت: سُخَن او درست بود."
)
WHOLE = [
    "کیم جونگ اون", "می‌خواهم", "خانه‌های‌شان", "GPT-4.5", "۱۴۰۲/۰۶/۲۶", "تاس", "واشنگتن پست", "سُخَن", "🙂 «واشنگتن پست»",
]  # fmt: skip


@pytest.fixture
def workspace(transactional_db: None, page: Page, sign_in: SignIn) -> Page:
    cast = make_cast()
    work = make_set(cast, TEXT)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def held() -> list[tuple[str, str]]:
    return [
        (span.label.key, TEXT[span.start : span.end]) for span in Span.objects.select_related("label").order_by("id")
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_drag_labels_exactly_what_was_meant(workspace: Page, backwards: bool) -> None:
    for piece in WHOLE:
        drag(workspace, piece, backwards=backwards)
        workspace.keyboard.press("Digit1")
    queue_empty(workspace)
    assert [quote for _, quote in held()] == WHOLE


def test_a_drag_over_an_existing_span_works_as_well(workspace: Page) -> None:
    for _ in range(3):
        drag(workspace, "کیم جونگ اون")
        workspace.keyboard.press("Digit1")
    queue_empty(workspace)
    assert held() == [("PER", "کیم جونگ اون")] * 3


def test_clicks_select_the_innermost_span_and_then_outwards(workspace: Page) -> None:
    drag(workspace, "کیم جونگ اون")
    workspace.keyboard.press("Digit1")
    drag(workspace, "جونگ")
    workspace.keyboard.press("Digit2")
    place = workspace.locator("[data-i='1 0']")
    place.click()
    expect(workspace.locator(".popover .quote")).to_have_text("«جونگ»")
    place.click()
    expect(workspace.locator(".popover .quote")).to_have_text("«کیم جونگ اون»")


def test_deleting_a_span_takes_its_relations_and_one_undo_brings_all_back(workspace: Page) -> None:
    drag(workspace, "کیم جونگ اون")
    workspace.keyboard.press("Digit1")
    drag(workspace, "سُخَن او درست بود")
    workspace.keyboard.press("KeyC")
    workspace.locator("[data-i='0']").click()
    queue_empty(workspace)
    assert (Span.objects.count(), Relation.objects.count()) == (2, 1)
    workspace.locator("[data-i='0']").click()
    workspace.keyboard.press("Delete")
    queue_empty(workspace)
    assert (Span.objects.count(), Relation.objects.count()) == (1, 0)
    workspace.keyboard.press("Control+z")
    queue_empty(workspace)
    assert (Span.objects.count(), Relation.objects.count()) == (2, 1)


def test_no_word_changes_its_width_when_a_span_cuts_it(workspace: Page) -> None:
    shift = workspace.evaluate("""() => {
      const doc = document.getElementById("doc");
      const words = ["رسانه‌های", "سپاهشان", "پیونگ", "لاله", "بینالملل", "می‌خواهم", "سُخَن", "اعتراف"];
      const width = (html) => {
        const p = doc.appendChild(document.createElement("p"));
        p.innerHTML = `<span>${html}</span>`;
        const { width } = p.firstChild.getBoundingClientRect();
        p.remove();
        return width;
      };
      const classes = ["s u0-rust t-rust", "s u0-blue u1-green x1 t-blue c1", "s c3", "s u3-moss x3 c2 on"];
      return words.flatMap((word) => classes.flatMap((cls) => [1, 2, 3].map((at) =>
        Math.abs(width(word) - width(`${word.slice(0, at)}<span class="${cls}">${word.slice(at)}</span>`)))));
    }""")
    assert max(shift) <= 0.2


def test_triple_click_takes_the_paragraph_without_its_newline(workspace: Page) -> None:
    workspace.locator("#p0").click(click_count=3, position={"x": 560, "y": 30})
    expect(workspace.locator(".popover .quote")).to_have_text("«👩‍👩‍👧‍👦🇮🇷 دیدار کیم جونگ اون»")


def test_native_selection_of_everything_holds_no_chip(workspace: Page) -> None:
    drag(workspace, "کیم جونگ اون")
    workspace.keyboard.press("Digit1")
    workspace.keyboard.press("Control+a")
    assert "شخص" not in workspace.evaluate("""() => {
      const range = document.createRange();
      range.selectNodeContents(document.getElementById("stage"));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return getSelection().toString();
    }""")
