"""What does a person's hand do? Drags over words in the article as a mouse does, and waits for the queue to empty."""

from playwright.sync_api import Page, expect

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


# The letters nearest to the middle of a word, as the eye finds them.
LETTERS = """([left, right, y]) => {
  const keys = [...document.querySelectorAll('.hint-key')];
  const far = (key) => Math.hypot(parseFloat(key.style.left) - (left + right) / 2, (parseFloat(key.style.top) - y) / 2);
  return keys.sort((a, b) => far(a) - far(b))[0].dataset.code;
}"""
WORD = """(word) => {
  const paragraph = [...document.querySelectorAll('#doc p')].find((p) => p.textContent.includes(word));
  let rest = paragraph.textContent.indexOf(word);
  const range = new Range();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(), begun = false; node; node = walker.nextNode()) {
    if (!begun && rest < node.length) {
      range.setStart(node, rest);
      begun = true;
      rest += word.length;
    }
    if (begun && rest <= node.length) {
      range.setEnd(node, rest);
      const box = range.getBoundingClientRect();
      return [box.left, box.right, box.top];
    }
    rest -= node.length;
  }
}"""


def press(page: Page, keys: str) -> None:
    """Presses keys one after another: `Space Shift+ArrowLeft Digit1`."""
    for key in keys.split():
        page.keyboard.press(key)


def jump(page: Page, word: str, *, ask: bool = True) -> str:
    """Jumps to the first place of a word by the letters on it; unless asked, they are shown already. Returns the keys."""
    if ask:
        page.keyboard.press("KeyJ")
    page.locator(".hint-key").first.wait_for()
    code = page.evaluate(LETTERS, page.evaluate(WORD, word))
    keys = " ".join(f"Key{letter}" for letter in code)
    if ask:
        press(page, keys)
    return keys
