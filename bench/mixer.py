"""A person who takes the mouse where that is quicker than the keys, by the operators of the keystroke-level model."""

from annotations.records import Range
from bench.tally import SECONDS
from bench.typist import Typist

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


class Mixer(Typist):
    """Drags over words that the keys reach less quickly; all else by keys."""

    on_mouse = False

    def press(self, keys: str) -> None:
        """Presses keys; the hand returns from the mouse first."""
        if self.on_mouse and keys:
            self.on_mouse = False
            self.tally.add("H")
        super().press(keys)

    def draft(self, piece: Range, *, arrived: bool = False) -> None:
        """Makes a draft of this range by whichever takes less time."""
        if self.by_keys(piece, arrived=arrived) <= self.by_mouse(piece) or not self.drag(piece):
            super().draft(piece, arrived=arrived)

    def by_keys(self, piece: Range, *, arrived: bool) -> float:
        """Returns seconds: to the first word, over the others, then letter by letter."""
        plan = self.plans[piece]
        near = self.at is not None and abs(plan["a"] - self.at) <= 2
        there = 0 if arrived else abs(plan["a"] - (self.at or 0)) if near else 3
        more = plan["b"] - plan["a"]
        over = more if more <= 3 else 4
        letters = abs(plan["range"][0] - piece[0]) + 2 * abs(plan["range"][1] - piece[1])
        return SECONDS["K"] * (there + over + letters)

    def by_mouse(self, piece: Range) -> float:
        """Returns seconds: there, press, to the end, release, and back to the keys for the label."""
        exact = SECONDS["K"] * (self.plans[piece]["range"] != list(piece))
        return 2 * (SECONDS["P"] + SECONDS["B"]) + SECONDS["H"] * (1 if self.on_mouse else 2) + exact

    def drag(self, piece: Range) -> bool:
        """Drags from the first letter to the last; False where they can't be seen together."""
        self.bring(piece[0])
        first, last = self.page.evaluate(BOX, piece[0]), self.page.evaluate(BOX, piece[1] - 1)
        if not (first["seen"] and last["seen"]):
            return False
        begin = first["right"] - 1 if first["rtl"] else first["left"] + 1
        end = last["left"] + 1 if last["rtl"] else last["right"] - 1
        exact = self.plans[piece]["range"] != list(piece)
        mouse = self.page.mouse
        mouse.move(begin, first["y"])
        mouse.down()
        mouse.move(end, last["y"], steps=4)
        if exact:
            self.page.keyboard.down("Alt")
        mouse.up()
        if exact:
            self.page.keyboard.up("Alt")
        self.book_drag(exact=exact)
        self.at = self.plans[piece]["b"]
        return True

    def book_drag(self, *, exact: bool) -> None:
        """Books one drag."""
        if not self.on_mouse:
            self.tally.add("H")
        self.on_mouse = True
        for operator in ("P", "B", "P", "B", "drags", *(["K"] if exact else [])):
            self.tally.add(operator)
