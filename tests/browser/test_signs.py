"""Signs of invisible characters: each over its place, in both readings, and never a change of the text."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, drag, press, queue_empty
from tests.factories import make_cast, make_set

TEXT = (
    "نشانه‌ها 🙂\n\nاو\u00a0گفت  که می‌خواهم   GPT را ببینم؛ رسانههای ســلام کردند.\n"
    "کلمه\u200d و\u200e LRM \u200fRLM \u061cALM و \u2067isolate\u2069 و \u202aembed\u202c و نرم\u00adخط "
    "و پهن\u200bصفر و\tتب.\n" + "او رفت. " * 40 + "\n" * 2 + "\n".join(f"بند {at} می‌رود." for at in range(60))
)
COUNTS = {
    "zwnj": 2, "nbsp": 1, "spaces": 2, "tatweel": 2, "zwj": 1, "direction": 3, "isolate": 4, "shy": 1, "zwsp": 1,
    "tab": 1,
}  # fmt: skip
# What lies to the right and left of a place between two letters that run from right to left.
AROUND = """([before, after]) => {
  const doc = document.getElementById('doc');
  const walker = document.createTreeWalker(doc, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(before + '\\u200c' + after);
    if (at < 0) continue;
    const edge = (from) => {
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, from + 1);
      return range.getBoundingClientRect();
    };
    return [edge(at + before.length - 1).left, edge(at + before.length + 1).right];
  }
}"""
WORDS = """() => [...document.querySelectorAll('#doc p')].map((p) => {
  const range = new Range();
  range.selectNodeContents(p);
  return [...range.getClientRects()].map(({ left, top, width }) => [left, top, width].map(Math.round).join(' ')).join();
})"""


@pytest.fixture
def workspace(transactional_db: None, page: Page, sign_in: SignIn) -> Page:
    cast = make_cast()
    work = make_set(cast, TEXT)
    call_command("analyse")
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


# How many signs of a kind stand over the first three paragraphs.
FIRST_LINES = """(signs) => {
  const { bottom } = document.querySelector('#p2').getBoundingClientRect();
  const above = (one) => one.getBoundingClientRect().top < bottom;
  return signs.map((sign) => [...document.querySelectorAll(`.signs .is-${sign}`)].filter(above).length);
}"""


def first_lines(page: Page, **counts: int) -> None:
    """Waits until so many signs stand over the first three paragraphs."""
    becomes(page, FIRST_LINES, [*counts.values()], [*counts])


def test_every_invisible_character_in_view_has_its_sign(workspace: Page) -> None:
    before = workspace.evaluate(WORDS)
    press(workspace, "KeyM")
    expect(workspace.locator(".signs .is-shy")).to_be_attached()
    first_lines(workspace, **COUNTS)
    assert workspace.evaluate(WORDS) == before
    expect(workspace.locator("#doc .sign")).to_have_count(0)
    expect(workspace.locator("#overlay[aria-hidden=true] .signs")).to_be_attached()
    press(workspace, "KeyM")
    expect(workspace.locator(".sign")).to_have_count(0)


def test_a_sign_stands_between_the_letters_it_parts(workspace: Page) -> None:
    press(workspace, "KeyM")
    expect(workspace.locator(".signs .is-zwnj").first).to_be_attached()
    left, right = workspace.evaluate(AROUND, ["می", "خواهم"])
    places = workspace.locator(".signs .is-zwnj").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().left)"
    )
    assert min(abs(place - (left + right) / 2) for place in places) < 1


def test_the_signs_follow_the_reading_and_the_hand(workspace: Page) -> None:
    press(workspace, "KeyM KeyN")
    expect(workspace.locator("html[data-reading=even]")).to_be_attached()
    expect(workspace.locator(".signs .is-spaces")).to_have_count(0)
    expect(workspace.locator(".signs .is-zwnj").first).to_be_attached()
    first_lines(workspace, zwnj=3)  # «رسانه‌های» is one of them now
    drag(workspace, "رسانه‌های")
    press(workspace, "Digit1")
    queue_empty(workspace)
    first_lines(workspace, zwnj=3)
    workspace.set_viewport_size({"width": 700, "height": 800})
    workspace.wait_for_function(
        f"""(around) => {{
          const [left, right] = ({AROUND})(around);
          return innerWidth === 700 && [...document.querySelectorAll('.signs .is-zwnj')].some((one) =>
            Math.abs(one.getBoundingClientRect().left - (left + right) / 2) < 1.5);
        }}""",
        arg=["رسانه", "های"],
    )


def test_only_what_comes_into_view_is_drawn(workspace: Page) -> None:
    press(workspace, "KeyM")
    expect(workspace.locator(".signs .is-shy")).to_be_attached()
    drawn = workspace.locator(".signs > div").count()
    assert drawn < workspace.locator("#doc p").count()
    workspace.locator("#p63").scroll_into_view_if_needed()
    workspace.wait_for_function("(before) => document.querySelectorAll('.signs > div').length > before", arg=drawn)


def test_the_help_says_which_sign_is_which_and_the_choice_is_remembered(workspace: Page) -> None:
    with workspace.expect_response(lambda answer: answer.url.endswith("/preferences/")):
        workspace.locator("#signs-button").click()
    workspace.reload()
    expect(workspace.locator("#signs-button[aria-pressed=true]")).to_be_visible()
    expect(workspace.locator(".signs .is-zwnj").first).to_be_attached()
    press(workspace, "Shift+Slash")
    expect(workspace.locator(".sign-legend .sign")).to_have_count(len(COUNTS))
    for sign in COUNTS:
        expect(workspace.locator(f".sign-legend .is-{sign}")).to_be_attached()
    expect(workspace.locator("#signs-button")).to_have_attribute("title", re.compile(r"\w"))


# The width of each word of a paragraph, whatever elements it is cut into.
WIDTHS = """() => {
  const p = document.getElementById('p1');
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const at = (offset) => {
    for (const node of nodes) {
      if (offset <= node.length) return [node, offset];
      offset -= node.length;
    }
  };
  return [...p.textContent.matchAll(/[^ \\u00a0]+/g)].map(({ 0: word, index }) => {
    const range = new Range();
    range.setStart(...at(index));
    range.setEnd(...at(index + word.length));
    return range.getBoundingClientRect().width;
  });
}"""


def test_no_word_changes_its_width_in_the_normalised_reading_when_a_span_cuts_it(workspace: Page) -> None:
    press(workspace, "KeyM KeyN")
    expect(workspace.locator("html[data-reading=even]")).to_be_attached()
    before = workspace.evaluate(WIDTHS)
    for piece in ("سانه‌ه", "خواه", "لام"):
        workspace.keyboard.down("Alt")
        drag(workspace, piece)
        workspace.keyboard.up("Alt")
        press(workspace, "Digit1")
    queue_empty(workspace)
    expect(workspace.locator("#p1 .s")).to_have_count(3)
    after = workspace.evaluate(WIDTHS)
    assert len(after) == len(before) > 8
    assert max(abs(a - b) for a, b in zip(after, before, strict=True)) <= 0.2
