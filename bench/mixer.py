"""A person with the mouse in one hand: words and names by the mouse, labels, questions and values by keys."""

from annotations.records import Range, SpanRecord
from bench.typist import SETTLED, Typist

# What the other hand reaches without leaving the mouse.
NEAR_KEYS = {"Escape", "Space", "Tab", *(f"Digit{n}" for n in range(1, 7)), *(f"Key{x}" for x in "QWERTASDFGZXCVB")}

# Where the letter at a code point is: its box, and whether it is written from the right.
BOX = """(point) => {
  const paragraphs = [...document.querySelectorAll("#doc [data-cp]")];
  const paragraph = paragraphs.filter((one) => Number(one.dataset.cp) <= point).at(-1);
  const letters = [...paragraph.textContent];
  const at = point - Number(paragraph.dataset.cp);
  let rest = letters.slice(0, at).join("").length;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (rest >= node.length) {
    rest -= node.length;
    node = walker.nextNode();
  }
  const range = new Range();
  range.setStart(node, rest);
  range.setEnd(node, rest + letters[at].length);
  const box = range.getBoundingClientRect();
  return { left: box.left, right: box.right, y: (box.top + box.bottom) / 2, rtl: !/[A-Za-z0-9]/.test(letters[at]), seen:
    box.top > document.querySelector(".bar").offsetHeight && box.bottom < innerHeight };
}"""
# Which span a click at a place answers with: of nested ones the innermost.
INNERMOST = """([x, y]) =>
  document.elementFromPoint(x, y).closest("[data-i]")?.dataset.i.split(" ")[0]"""


class Mixer(Typist):
    """Drags over words, clicks on names; the hand leaves the mouse only for keys that the other can't reach."""

    on_mouse = False

    def press(self, keys: str) -> None:
        """Presses keys; for those of its side the hand leaves the mouse."""
        if self.on_mouse and not {part for key in keys.split() for part in key.split("+")} <= NEAR_KEYS:
            self.on_mouse = False
            self.tally.add("H")
        super().press(keys)

    def draft(self, piece: Range, *, arrived: bool = False) -> None:
        """Makes a draft of this range with the mouse; by keys where its ends can't be seen together."""
        self.bring(piece[0])
        if not arrived and self.page.locator("#popover").is_visible():
            self.press("Escape")  # it lies over the words
        first, last = self.page.evaluate(BOX, piece[0]), self.page.evaluate(BOX, piece[1] - 1)
        if arrived or not (first["seen"] and last["seen"]):
            return super().draft(piece, arrived=arrived)
        plan = self.plans[piece]
        exact = plan["range"] != list(piece)
        if plan["a"] == plan["b"] and not exact:
            self.double_click(first)
        else:
            self.drag(first, last, exact=exact)
        self.at = plan["b"]
        return None

    def double_click(self, box: dict[str, float]) -> None:
        """Takes the word under the mouse."""
        self.page.mouse.dblclick(_within(box, 0.5), box["y"])
        self.book("P", "B", "B", "B", "B", "clicks", "clicks")

    def drag(self, first: dict[str, float], last: dict[str, float], *, exact: bool) -> None:
        """Drags from the first letter to the last; with Alt to the letter."""
        begin = _within(first, 0.8 if first["rtl"] else 0.2)
        # A drag from the right reaches a figure from its left side; the whole word is taken unless Alt is held.
        end = _within(last, 0.8 if exact and not last["rtl"] else 0.2)
        mouse = self.page.mouse
        mouse.move(begin, first["y"])
        mouse.down()
        mouse.move(end, last["y"], steps=4)
        if exact:
            self.page.keyboard.down("Alt")
        mouse.up()
        if exact:
            self.page.keyboard.up("Alt")
        self.book("P", "B", "P", "B", "drags", *(["K"] if exact else []))

    def end(self, end: str, spans: dict[str, SpanRecord]) -> None:
        """Answers a card that asks for an end: a click on the name, or the key of a word or topic."""
        if end not in spans:
            return super().end(end, spans)
        start = spans[end].ranges[0][0]
        self.bring(start)
        self.page.evaluate(SETTLED)
        box = self.page.evaluate(BOX, start)
        if self.page.evaluate(INNERMOST, [_within(box, 0.5), box["y"]]) != self.shorts[end]:
            return super().end(end, spans)
        self.page.mouse.click(_within(box, 0.5), box["y"])
        self.book("P", "B", "B", "clicks")
        return None

    def cue(self, span: SpanRecord, key: str) -> None:
        """Asks for words by the key and drags over them; new ones become the answer at once."""
        if span.id in self.shorts or len(span.ranges) > 1:
            return super().cue(span, key)
        self.bring(span.ranges[0][0])
        self.press(key)
        self.page.evaluate(SETTLED)
        self.draft(span.ranges[0])
        self.made(span)
        return None

    def book(self, *operators: str) -> None:
        """Books what the hand on the mouse did; it may have to go there first."""
        if not self.on_mouse:
            self.tally.add("H")
        self.on_mouse = True
        for operator in operators:
            self.tally.add(operator)


def _within(box: dict[str, float], part: float) -> float:
    """Returns where a part of a letter's width lies, counted from its left side."""
    return box["left"] + (box["right"] - box["left"]) * part
