"""A person at the keyboard who reproduces an annotation set in the workspace; what their hands do is counted.

The hand sees what a person sees: the letters shown on words, names and values.
"""

from itertools import count

from playwright.sync_api import Page

from annotations.records import AnnotationSetRecord, Range, RelationRecord, SpanRecord
from bench.tally import Tally

LABEL_KEYS = {
    "PER": "Digit1", "ORG": "Digit2", "LOC": "Digit3", "DAT": "Digit4", "TIM": "Digit5", "MON": "Digit6",
    "PCT": "Digit7", "FAC": "Digit8", "PRO": "Digit9", "EVE": "Digit0", "CLAIM": "KeyC", "CUE": "KeyQ",
    "EXPRESSION": "KeyX",
}  # fmt: skip
POLARITY_KEYS = {"FAVOR": "Equal", "AGAINST": "Minus", "NONE": "Digit0"}
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"

# The words between a range's ends, and what the word cursor makes of them; of the page's own modules.
PLAN = """async ([value, ranges]) => {
  const { WordList } = await import("/static/js/core/caret.js");
  const { Text } = await import("/static/js/core/text.js");
  const list = new WordList(new Text(value));
  return ranges.map(([start, end]) => {
    const [a, b] = [list.at(start), list.at(end - 1)];
    return { a, b, starts: [list.words[a][0], list.words[b][0]], range: list.range(a, b) };
  });
}"""
SEEN = """(point) => {
  const paragraphs = [...document.querySelectorAll("#doc [data-cp]")];
  const paragraph = paragraphs.filter((one) => Number(one.dataset.cp) <= point).at(-1);
  const range = new Range();
  let rest = [...paragraph.textContent].slice(0, point - Number(paragraph.dataset.cp)).join("").length;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (rest < node.length) {
      range.setStart(node, rest);
      range.setEnd(node, rest + 1);
      break;
    }
    rest -= node.length;
  }
  const box = range.getBoundingClientRect();
  const foot = document.querySelector("#hint:not([hidden])")?.getBoundingClientRect().top ?? innerHeight;
  return { above: box.top < document.querySelector(".bar").offsetHeight, below: box.bottom > foot - 10 };
}"""
# The browser scrolls by pages smoothly: wait until it has come to rest.
SETTLED = """() => new Promise((done) => {
  let [last, calm] = [scrollY, 0];
  const look = () => {
    calm = scrollY === last ? calm + 1 : 0;
    last = scrollY;
    if (calm > 8) done();
    else requestAnimationFrame(look);
  };
  look();
})"""


class Typist:
    """Types one set into an open, empty workspace page whose focus is in the text."""

    def __init__(self, page: Page, text: str, topics: list[str]) -> None:
        self.page, self.text, self.topics = page, text, topics
        self.tally = Tally()
        self.shorts: dict[str, str] = {}
        self.numbers = count()
        self.at: int | None = None

    def type_set(self, work: AnnotationSetRecord) -> None:
        """Types entities, claims with sources and cues, then stances, each where the text holds its last part."""
        spans = {span.id: span for span in work.spans}
        ranges = [piece for span in work.spans for piece in span.ranges]
        found = self.page.evaluate(PLAN, [self.text, [list(piece) for piece in ranges]])
        self.plans = dict(zip(ranges, found, strict=True))
        attributions = [one for one in work.relations if one.label == "attribution"]
        stances = [one for one in work.relations if one.label == "stance"]
        asked = {relation.via for relation in work.relations}
        for span in work.spans:
            if span.label != "CLAIM" and span.id not in asked:
                self.entity(span)
        for span in work.spans:
            if span.label == "CLAIM":
                self.claim(span, [one for one in attributions if one.head == span.id], spans)
        for stance in stances:
            self.stance(stance, spans)

    def press(self, keys: str) -> None:
        """Presses keys; each modifier is a key of its own."""
        for key in keys.split():
            self.page.keyboard.press(key)
            self.tally.add("K", key.count("+") + 1)

    def follow(self, target: str) -> None:
        """Types the letters shown on a target."""
        code = self.page.locator(f".hint-key[data-for='{target}']").get_attribute("data-code") or ""
        self.press(" ".join(f"Key{letter}" for letter in code))

    def bring(self, point: int) -> None:
        """Scrolls by pages until the paragraph of a code point is in view."""
        for _ in range(12):
            seen = self.page.evaluate(SEEN, point)
            if not (seen["above"] or seen["below"]):
                return
            self.press("PageUp" if seen["above"] else "PageDown")
            self.page.evaluate(SETTLED)
        raise LookupError(f"code point {point} does not come into view")

    def go(self, index: int, start: int) -> None:
        """Goes to a word: by arrows where that is shorter than by letters."""
        steps = None if self.at is None else index - self.at
        if steps is not None and 0 < abs(steps) <= 2:
            self.press(" ".join(["ArrowLeft" if steps > 0 else "ArrowRight"] * abs(steps)))
        else:
            self.bring(start)
            self.press("KeyJ")
            self.follow(str(start))
        self.at = index

    def draft(self, piece: Range, *, arrived: bool = False) -> None:
        """Makes a draft of just this range, or stands on its only word."""
        plan = self.plans[piece]
        if not arrived:
            self.go(plan["a"], plan["starts"][0])
        more = plan["b"] - plan["a"]
        if 0 < more <= 3:
            self.press("Space " * more)
        elif more:
            self.press("Space")
            self.bring(plan["starts"][1])
            self.press("KeyJ")
            self.follow(str(plan["starts"][1]))
        self.at = plan["b"]
        self.trim(piece, plan["range"])

    def trim(self, wanted: Range, drafted: list[int]) -> None:
        """Moves the edges by letters until they stand where they should; the page says where they stand."""
        moves = (("end", 1, "Shift+"), ("start", 0, ""))
        for _, side, modifier in moves:
            while drafted[side] != wanted[side]:
                onward = wanted[side] > drafted[side]
                self.press(f"{modifier}{'BracketLeft' if onward else 'BracketRight'}")
                said = self.page.locator("#toast").text_content() or ""
                figures = said.rsplit(" ", 1)[1].translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
                drafted = [int(figure) for figure in figures.split("–")]

    def made(self, span: SpanRecord) -> None:
        """Remembers the id by which the page knows a new span."""
        number, short = next(self.numbers), ""
        while number or not short:
            number, digit = divmod(number, 36)
            short = BASE36[digit] + short
        self.shorts[span.id] = short

    def entity(self, span: SpanRecord) -> None:
        """Labels a span that stands for itself, then says what its label asks."""
        with self.tally.counting("entity"):
            self.draft(span.ranges[0])
            self.press(LABEL_KEYS[span.label])
            self.made(span)
            self.at = self.plans[span.ranges[0]]["a"]
        self.attributes(span, {"mention": "name"})

    def attributes(self, said: SpanRecord | RelationRecord, given: dict[str, object]) -> None:
        """Says what differs from what is there at first: values by their letters, free text typed."""
        wanted = {name: str(value) for name, value in said.attributes.items() if given.get(name) != value}
        if not wanted:
            return
        with self.tally.counting("attribute", len(wanted)):
            self.press("KeyV")
            self.page.wait_for_selector(".hint-key")
            for name, value in wanted.items():
                if self.page.locator(f".hint-key[data-for='{name}={value}']").count():
                    self.follow(f"{name}={value}")
                else:
                    self.follow(name)
                    self.page.keyboard.type(value)
                    self.tally.add("K", len(value))
                    self.press("Enter")
            self.press("Escape")
            self.at = None

    def claim(self, span: SpanRecord, attributions: list[RelationRecord], spans: dict[str, SpanRecord]) -> None:
        """Labels a claim and answers who says it, with which words; further voices one by one."""
        with self.tally.counting("claim"):
            self.draft(span.ranges[0])
            for piece in span.ranges[1:]:
                self.press("KeyD")
                self.draft(piece)
            self.press("KeyC")
            self.made(span)
            for at, attribution in enumerate(attributions):
                if at:
                    self.press("KeyO")
                self.end(attribution.tail, spans)
                if attribution.via:
                    self.cue(spans[attribution.via], "KeyQ")
                self.attributes(attribution, {"level": at + 1})
        self.attributes(span, {})
        self.at = None

    def end(self, end: str, spans: dict[str, SpanRecord]) -> None:
        """Answers a card that asks for an end."""
        words = {"article": "KeyO", "implicit": "KeyI"}
        if end in words:
            self.press(words[end])
        elif end.startswith("topic:"):
            self.press(f"Digit{self.topics.index(end.removeprefix('topic:')) + 1}")
        else:
            self.bring(spans[end].ranges[0][0])
            self.follow(self.shorts[end])

    def cue(self, span: SpanRecord, key: str) -> None:
        """Answers with words: a cue, or the words of a stance; what was labelled before answers when landed on."""
        plan = self.plans[span.ranges[0]]
        self.bring(plan["starts"][0])
        self.press(key)
        self.bring(plan["starts"][0])  # the question at the foot may have come over it
        self.follow(str(plan["starts"][0]))
        if span.id in self.shorts:
            return
        self.draft(span.ranges[0], arrived=True)
        for piece in span.ranges[1:]:
            self.press("KeyD")
            self.draft(piece)
        self.press("Enter")
        self.made(span)

    def stance(self, stance: RelationRecord, spans: dict[str, SpanRecord]) -> None:
        """Says who is for or against what, and which words show it."""
        with self.tally.counting("stance"):
            self.press("Escape")
            place = next(spans[end] for end in (stance.head, stance.via, stance.tail) if end in spans)
            self.bring(place.ranges[0][0])
            self.press("KeyR")
            self.end(stance.head, spans)
            self.end(stance.tail, spans)
            self.press(POLARITY_KEYS[stance.attributes["polarity"]])
            if stance.via:
                self.cue(spans[stance.via], "KeyX")
