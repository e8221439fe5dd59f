"""How does hazm say the same sooner? By asking first whether a pattern can match at all, and by tables that remember.

Nothing here decides what is said: each short cut is taken only where hazm's own way would come to the same text, and
is tied to the very pattern it stands for, so that a later hazm with another pattern goes its own way.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

ZWNJ = "\u200c"
LETTERS = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
NUMBERS = "0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"
# hazm's pattern for what stands in quotation marks: the only one that reaches over any number of words.
QUOTED = r'"([^\n"]+)"', r"«\1»"
_BEFORE, _AFTER = r"«\[\(\{", r"\.:!،؛؟»\]\)\}"

# What a text must hold for hazm's pattern to change it.
NEEDED = {
    r" {2,}": "  ",
    r"\n{3,}": "\n\n\n",
    r"\u200c{2,}": ZWNJ * 2,
    r"\u200c{1,} ": f"{ZWNJ} ",
    r" \u200c{1,}": f" {ZWNJ}",
    QUOTED[0]: '"',
    r" ?\.\.\.": "...",
    r"([\d+])\.([\d+])": ".",
    r'" ([^\n"]+) "': '"',
    r"([^ ]ه) ی ": "ه ی ",
    r"(ه)(ها)": "هها",
}
# Patterns that begin with what is rare find the same places sooner.
SOONER = {
    r"\b\u200c*\B": (r"\u200c(?<=\b\u200c)\u200c*\B", ""),
    r"\B\u200c*\b": (r"\u200c(?<=\B\u200c)\u200c*\b", ""),
    f"([^ {_BEFORE}])([{_BEFORE}])": (f"([{_BEFORE}])(?<=[^ {_BEFORE}].)", r" \1"),
    rf"([{LETTERS}])(\d)": (rf"(\d)(?<=[{LETTERS}].)", r" \1"),
    rf"(?<=[^\n\d {_AFTER}{_BEFORE}]{{2}}) (تر(ین?)?|گری?|های?)(?=[ \n{_AFTER}{_BEFORE}]|$)": (
        rf" (?=[تگه])(?<=[^\n\d {_AFTER}{_BEFORE}]{{2}} )(تر(ین?)?|گری?|های?)(?=[ \n{_AFTER}{_BEFORE}]|$)",
        rf"{ZWNJ}\1",
    ),
}


class Table(dict[int, Any]):
    """A table for `str.translate` that remembers which characters stay: looking in vain costs ten times as much."""

    def __missing__(self, point: int) -> int:
        self[point] = point
        return point


@cache
def table(source: str, target: str) -> Table:
    """Returns hazm's table from the letters of one string to those of another; stands for `hazm.utils.maketrans`."""
    return Table({ord(one): other for one, other in zip(source, target, strict=False)})


@cache
def _compiled(pattern: str, replacement: str) -> tuple[str, re.Pattern[str], str]:
    sooner, instead = SOONER.get(pattern, (pattern, replacement))
    return NEEDED.get(pattern, ""), re.compile(sooner), instead


def replaced(patterns: list[tuple[str, str]], text: str) -> str:
    """Returns the text with each pattern replaced, in order; stands for `hazm.utils.regex_replace`."""
    for pattern, replacement in patterns:
        needed, compiled, instead = _compiled(pattern, replacement)
        if needed in text:
            text = compiled.sub(instead, text)
    return text


def quick_normaliser(hazm: Any) -> Any:
    """Returns hazm's normaliser, with short cuts around what most texts have little of."""
    numbers = table(hazm.normalizer.NUMBERS_SRC, hazm.normalizer.NUMBERS_DST)
    foreign = re.compile(f"[{re.escape(hazm.normalizer.NUMBERS_SRC)}]")

    class Quick(hazm.Normalizer):  # type: ignore[misc] # hazm has no types
        """Overrides two steps of hazm's that go through every letter for the sake of a few, and tells of a third."""

        # What was to be spaced at last. For one thread at a time.
        tokens: list[str] = []

        def token_spacing(self, tokens: list[str]) -> list[str]:
            self.tokens = tokens
            spaced: list[str] = super().token_spacing(tokens)
            return spaced

        def spaced(self, words: list[str]) -> str:
            """Returns what `normalize` does, of words of Persian letters or digits alone: other steps change none."""
            text = replaced(hazm.normalizer.AFFIX_SPACING_PATTERNS, " ".join(super().token_spacing(words)))
            done: str = self.seperate_mi(self.decrease_repeated_chars(self.persian_number(text)))
            return done

        def joined(self) -> Iterator[str]:
            """Yields the words, joined by ZWNJ, that tokens are joined to."""
            yield from (word for word, (count, _tags) in self._words.items() if count > 0 and ZWNJ in word)
            yield from (verb for verb in self._verbs if ZWNJ in verb)

        def persian_number(self, text: str) -> str:
            return foreign.sub(lambda digit: numbers[ord(digit[0])], text)

        def decrease_repeated_chars(self, text: str) -> str:
            # hazm looks for the whole words around letters that stand there three times.
            return super().decrease_repeated_chars(text) if self.more_than_two_repeat_pattern.search(text) else text

    return Quick()
