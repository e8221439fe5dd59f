"""What do a person's hand and eye do? Drag over words as a mouse does, press keys, wait until the page shows it."""

from typing import Any

from playwright.sync_api import Page, TimeoutError, expect

# The rectangle of one character, found as the eye finds it: `at` counts UTF-16 units from the start of the quote.
RECT = """([quote, at]) => {
  const paragraph = [...document.querySelectorAll('#doc p')].find((p) => p.textContent.includes(quote));
  let rest = paragraph.textContent.indexOf(quote) + at;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (rest < node.length) {
      const range = new Range();
      range.setStart(node, rest);
      range.setEnd(node, rest + 1);
      node.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = range.getBoundingClientRect();
      return [box.left, box.right, box.top + box.height / 2];
    }
    rest -= node.length;
  }
}"""


def drag(page: Page, quote: str, *, until: str | None = None, backwards: bool = False) -> None:
    """Drags over the first place where the quote stands in a paragraph; `until` is the part of it to stop at."""
    last = len((until or quote).encode("utf-16-le")) // 2 - 1
    page.evaluate(RECT, [quote, last])
    end = page.evaluate(RECT, [quote, last])
    start_now = page.evaluate(RECT.replace("node.parentElement.scrollIntoView", "void"), [quote, 0])
    end = page.evaluate(RECT.replace("node.parentElement.scrollIntoView", "void"), [quote, last])
    first, second = (start_now[1] - 1, start_now[2]), (end[0] + 1, end[2])
    if backwards:
        first, second = second, first
    page.mouse.move(*first)
    page.mouse.down()
    for step in (1, 2, 3):
        page.mouse.move(*(a + (b - a) * step / 3 for a, b in zip(first, second, strict=True)))
    page.mouse.up()


def queue_empty(page: Page) -> None:
    """Waits until the server has judged every operation, and expects that none needs attention."""
    expect(page.locator("html")).to_have_attribute("data-queue", "0")
    expect(page.locator("#status")).to_have_attribute("data-state", "saved")


def becomes(page: Page, script: str, wanted: Any, argument: Any = None) -> None:
    """Waits until a function of the page returns what is wanted; where it never does, the last answer is compared.

    What a page does later than its key or its answer (a frame, an observer, a request) is never to be read once.
    """
    same = f"([argument, wanted]) => JSON.stringify(({script})(argument)) === JSON.stringify(wanted)"
    try:
        page.wait_for_function(same, arg=[argument, wanted])
    except TimeoutError:
        assert page.evaluate(script, argument) == wanted
        raise


def press(page: Page, keys: str) -> None:
    """Presses keys one after another: `Space Shift+ArrowLeft Digit1`."""
    for key in keys.split():
        page.keyboard.press(key)


def letters(page: Page, target: str) -> str:
    """Returns the keys that lead to what is shown with letters: a word by its first code point, a span, a value."""
    code = page.locator(f".hint-key[data-for='{target}']").get_attribute("data-code") or ""
    return " ".join(f"Key{letter}" for letter in code)
