"""Which texts and spans hold the Python and the JavaScript segmenter to the same bytes?

`python -m tests.text.segment_cases` writes tests/golden/segments.json anew: look at its diff before committing it.
"""

import json
import random
from pathlib import Path
from typing import Any

from annotations.text.segments import Mark, render_inner, segment, short_id

GOLDEN = Path(__file__).parent.parent / "golden" / "segments.json"
FAMILY = "👩‍👩‍👧‍👦🇮🇷"
COLORS = {"PER": "rust", "LOC": "green", "EVE": "violet", "CLAIM": "gold", "CUE": "slate", "EXPRESSION": "moss"}
KINDS = {"CLAIM": "claim", "CUE": "cue", "EXPRESSION": "expression"}
PIECES = [
    "کیم جونگ اون", "می‌خواهم", " ", "  ", "\n", "\n\n", "\u00a0", "GPT-4.5", "۱۴۰۲/۰۶/۲۶", "«تاس»", '"واشنگتن پست"',
    "<b>&amp;</b>", FAMILY, "🙂", "سُخَن", "\u200f", "\ufeff", ". ", "؟ ", "، ", "\r", "\x85", "https://x.ir/?a=1&b=2",
]  # fmt: skip


def mark(index: int, label: str, *ranges: tuple[int, int]) -> Mark:
    """Returns the mark of the span at that place of a page's data."""
    return Mark(
        short_id(index), label, KINDS.get(label, "entity"), COLORS[label], list(ranges), f"عنوان «{label}» & co"
    )


def rendered(text: str, marks: list[Mark]) -> list[dict[str, Any]]:
    """Returns start and inner HTML of each paragraph."""
    return [{"start": p.start, "html": render_inner(text, p)} for p in segment(text, marks)]


def random_case(seed: int) -> tuple[str, list[Mark]]:
    """Returns a rich text with random spans, discontinuous ones among them."""
    rnd = random.Random(seed)
    text = "".join(rnd.choices(PIECES, k=rnd.randint(1, 40))) or " "
    if seed % 7 == 0:
        text = "".join(rnd.choices([*PIECES[:4], ". ", "🙂"], k=700))
    marks = []
    for index in range(rnd.randint(0, 14)):
        cuts = sorted(rnd.sample(range(len(text) + 1), k=min(len(text) + 1, rnd.choice([2, 2, 2, 4]))))
        ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
        if ranges:
            marks.append(mark(index, rnd.choice(list(COLORS)), *ranges))
    return text, marks


def cases() -> list[dict[str, Any]]:
    """Returns the golden cases: one per rule, by name."""
    seven = "شکست سیاست واشنگتن"
    long = "بهبود روابط با کره شمالی برای دولت بایدن دشوار خواهد بود. " * 60
    named: dict[str, tuple[str, list[Mark]]] = {
        "no spans": ("یک خط\n\nخط دیگر", []),
        "blank lines have no paragraph": ("\u200f\n \u00a0\nخط\n", [mark(0, "PER", (5, 8))]),
        "nested": ("دولت جو بایدن", [mark(0, "LOC", (0, 13)), mark(1, "PER", (5, 13))]),
        "overlapping": ("دولت جو بایدن", [mark(0, "LOC", (0, 7)), mark(1, "PER", (5, 13))]),
        "equal ranges keep their order": (seven, [mark(0, "PER", (0, 4)), mark(1, "LOC", (0, 4))]),
        "fifth level has no line": (seven, [mark(i, "EVE", (0, 5 + i)) for i in range(6)]),
        "claims nest in three depths": (seven, [mark(i, "CLAIM", (i, 18 - i)) for i in range(5)]),
        "cue that is an expression": (seven, [mark(0, "CUE", (5, 10)), mark(1, "EXPRESSION", (5, 10))]),
        "claim over two paragraphs": ("یکم دوم\n\nسوم چهارم", [mark(0, "CLAIM", (4, 12)), mark(1, "PER", (9, 12))]),
        "discontinuous": ("نه این و نه آن", [mark(0, "EXPRESSION", (0, 2), (9, 11)), mark(1, "PER", (3, 6))]),
        "discontinuous over paragraphs": ("یکم دوم\nسوم", [mark(0, "CLAIM", (0, 3), (8, 11))]),
        "astral before": (f"{FAMILY} کیم 🙂 اون", [mark(0, "PER", (10, 13)), mark(1, "LOC", (0, 9))]),
        "markup is text": ('<i>"A&B"</i>\r', [mark(0, "PER", (3, 8))]),
        "ids beyond nine": (seven, [mark(35, "PER", (0, 4)), mark(36, "LOC", (5, 10)), mark(1296, "EVE", (0, 10))]),
        "long block": (long, [mark(0, "PER", (1440, 1460)), mark(1, "CLAIM", (1400, 3000)), mark(2, "LOC", (20, 29))]),
        "long block without spaces": ("آ" * 1200 + "🙂" * 400 + "ب" * 900, [mark(0, "PER", (1190, 1610))]),
    }
    return [
        {"name": name, "text": text, "marks": [m._asdict() for m in marks], "paragraphs": rendered(text, marks)}
        for name, (text, marks) in named.items()
    ]


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(cases(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
