"""What do agencies and outlets do to a wire text? The edits that copies are made by, for tests and measurements."""

import random
from collections.abc import Callable

Edit = Callable[[random.Random, list[str]], list[str]]


def edited_headline(rng: random.Random, lines: list[str]) -> list[str]:
    """Puts other words in the headline."""
    words = lines[0].split()
    rng.shuffle(words)
    return [" ".join(["فوری؛", *words[: max(len(words) // 2, 1)]]), *lines[1:]]


def agency_added(rng: random.Random, lines: list[str]) -> list[str]:
    """Names the agency before the lead and closes with its boilerplate."""
    agency = rng.choice(["ایسنا", "مهر", "فارس", "تسنیم"])
    return [lines[0], f"به گزارش خبرگزاری {agency}، {lines[1]}", *lines[2:], f"انتهای پیام/ {rng.randint(1000, 9999)}"]


def paragraphs_dropped(rng: random.Random, lines: list[str]) -> list[str]:
    """Drops two paragraphs of the body."""
    gone = set(rng.sample(range(1, len(lines)), min(2, len(lines) - 2)))
    return [line for at, line in enumerate(lines) if at not in gone]


def other_spelling(rng: random.Random, lines: list[str]) -> list[str]:
    """Types it on another keyboard."""
    return [line.replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ") for line in lines]


def half_kept(rng: random.Random, lines: list[str]) -> list[str]:
    """Keeps the headline and the first half: a short report."""
    return lines[: 1 + max(len(lines) // 2, 1)]


EDITS: dict[str, tuple[Edit, ...]] = {
    "headline edited": (edited_headline,),
    "agency added": (agency_added,),
    "two paragraphs dropped": (paragraphs_dropped,),
    "other keyboard": (other_spelling,),
    "headline, agency, two dropped": (edited_headline, agency_added, paragraphs_dropped),
    "second half dropped": (half_kept,),
}


def copy(rng: random.Random, text: str, edits: tuple[Edit, ...]) -> str:
    """Returns a wire copy of a text of one paragraph a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    for edit in edits:
        lines = edit(rng, lines)
    return "\n\n".join(lines)
