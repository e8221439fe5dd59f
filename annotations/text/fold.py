"""Which texts should a search take for the same? Those with one key: one spelling, no diacritics, one kind of space.

A key is for comparing and searching and is never shown: `search_key_map` leads a hit back to the untouched text.
The table of what folds to what stands in `docs/text.md`.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from annotations.text.offsets import Change, OffsetMap

Unit = tuple[int, int, str]

_SPELLINGS = {
    "ی": "يىئېےۓۍێؽؾؿ",
    "ک": "كڪػؼ",
    "ه": "ۀةۂہەھۃۿ",
    "ا": "آأإٱٲٳٵ",
    "و": "ؤۆۇۈۉۋۏٶٷ",
    "گ": "ګڰ",
    ".": "٫۔",
    ",": "،٬",
    ";": "؛",
    "?": "؟⸮",
    "%": "٪",
    "-": "‐‑‒–—−",
    '"': "«»“”„‟‹›",
    "'": "‘’‚‛`",
    " ": "\u200b\u200c",
}
# Marks of Arabic script and of Latin, Greek, Cyrillic; those of other scripts are vowels and stay.
_MARKS = re.compile(
    r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff]"
)
_DROPPED = re.compile(r"[ـء\x00\u00ad\u180e\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u061c]")
_HANGING = re.compile(rf"{_MARKS.pattern[:-1]}ـ\ufe00-\ufe0f]")
# «خانه‌ی» is another spelling of «خانۀ», and both of «خانه» with its ezafe.
_EZAFE = re.compile(r"(?<=[هةہەھ])[\u064b-\u0655]*+\u200c[یيى][\u064b-\u0655]*+(?![\w\u200c])")
_EZAFE_YEHS = ("\u200cی", "\u200cي", "\u200cى")
# What is none of the letters that most of a text consists of and that fold to themselves.
_OTHERS = re.compile("[^ .0-9a-zابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]")
# A text in Persian or English has some twenty of them. To go through it once for each pays up to here.
_FEW_OTHERS = 64


class _Table(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _folded(chr(point))
        return folded


def _folded(character: str) -> str:
    parts = "".join(_one(part) for part in unicodedata.normalize("NFKD", character).casefold())
    words = unicodedata.normalize("NFC", parts).split(" ")
    return " ".join(filter(None, words)) or (" " if len(words) > 1 else "")


def _one(character: str) -> str:
    if character in _SPELLING:
        return _SPELLING[character]
    if _MARKS.match(character) or _DROPPED.match(character):
        return ""
    return " " if character.isspace() else str(unicodedata.decimal(character, character))


_SPELLING = {variant: chosen for chosen, variants in _SPELLINGS.items() for variant in variants}
_TABLE = _Table()
_JOINTED = _Table({0x200C: "\u200c"})


def translated(text: str, table: dict[int, str]) -> str:
    """Returns `text.translate(table)` in a third of the time, for a table that leaves alone what folds to itself.

    What a character becomes must be left alone too: then it doesn't matter which one is replaced first.
    """
    others = set(_OTHERS.findall(text))
    if len(others) > _FEW_OTHERS:
        return text.translate(table)
    for other in others:
        text = text.replace(other, table[ord(other)])
    return text


def is_key(word: str) -> bool:
    """Tells, sooner than `search_key`, of most words that are their own key: they hold neither space nor stop."""
    return _OTHERS.search(word) is None and " " not in word and "." not in word


def fold(character: str) -> str:
    """Returns what one character becomes in a key: mostly one, none for a mark, several for a ligature."""
    return _TABLE[ord(character)]


def is_mark(character: str) -> bool:
    """Tells whether a character hangs on the letter before it and counts for nothing in a key: diacritics, tatweel."""
    return _HANGING.match(character) is not None


def search_key(text: str, *, spaces: bool = True) -> str:
    """Returns the key of a text or query; without `spaces`, one in which «کتاب‌ها», «کتاب ها» and «کتابها» are equal."""
    key = translated(_without_ezafe(text), _TABLE)
    if not spaces:
        return key.replace(" ", "")
    while "  " in key:
        key = key.replace("  ", " ")
    return key.strip(" ")


def key_with_joints(text: str) -> str:
    """Returns a key in which each ZWNJ is still one, so that the parts of one word can be told from words.

    It has the same letters in the same order as the key of `search_key`, and runs of spaces where that has one.
    """
    return translated(_without_ezafe(text), _JOINTED)


def _without_ezafe(text: str) -> str:
    """Drops each ezafe that is written as a letter of its own; most texts have none, and are told apart sooner."""
    if "\u200c" in text and any(yeh in text for yeh in _EZAFE_YEHS):
        return _EZAFE.sub("", text)
    return text


def search_key_map(text: str, *, spaces: bool = True) -> tuple[str, OffsetMap]:
    """Returns the key with the map from key to text: `map_range` of a hit is the range of the text it stands for.

    A hit takes the diacritics of its last letter along, but neither bidi marks nor the ezafe after it.
    """
    key = search_key(text, spaces=spaces)
    changes: list[Change] = []
    at = length = 0
    for start, end, units in _unlike(text, spaces=spaces):
        length, at = length + start - at, start
        for first, last, piece in [*units, (end, end, "")]:
            if at < first:
                changes.append((length, length, at, first))
            if (last - first, len(piece)) not in ((1, 1), (0, 0)):
                changes.append((length, length + len(piece), first, last))
            at, length = last, length + len(piece)
    return key, OffsetMap.of(changes, source_length=len(key), target_length=len(text))


def _unlike(text: str, *, spaces: bool) -> Iterator[tuple[int, int, list[Unit]]]:
    """Yields the stretches of a text in which key and text do not go character by character, with their units."""
    special = "".join(c for c in set(text) if len(folded := _TABLE[ord(c)]) != 1 or folded == " ")
    if not special:
        return
    for run in re.finditer(rf"(?:{_EZAFE.pattern}|[{re.escape(special)}])+", text):
        start, end = run.span()
        if end - start == 1 and spaces and _TABLE[ord(run[0])] == " " and start > 0 and end < len(text):
            continue
        start = max(start - 1, 0)
        units = _units(text, start, end)
        if spaces:
            units = list(_single_spaced(units, begun=start > 0, goes_on=end < len(text)))
        else:
            units = [(first, last, piece.replace(" ", "")) for first, last, piece in units if piece != " "]
        yield start, end, units


def _units(text: str, start: int, end: int) -> list[Unit]:
    """Returns what each piece of the key was made of; what is in no unit left no trace in the key."""
    units: list[Unit] = []
    silent = {at for ezafe in _EZAFE.finditer(text, start, end) for at in range(*ezafe.span())}
    for at in range(start, end):
        if at in silent:
            continue
        if piece := _TABLE[ord(text[at])]:
            units.append((at, at + 1, piece))
        elif units and units[-1][1] == at and is_mark(text[at]):
            units[-1] = units[-1][0], at + 1, units[-1][2]
    return units


def _single_spaced(units: list[Unit], *, begun: bool, goes_on: bool) -> Iterator[Unit]:
    """Makes one unit of neighbouring spaces and leaves those at the ends of the text out."""
    space: Unit | None = None
    for unit in units:
        if unit[2] == " ":
            space = (space[0] if space else unit[0], unit[1], " ")
            continue
        if space and begun:
            yield space
        space, begun = None, True
        yield unit
    if space and begun and goes_on:
        yield space


def key_sha256(text: str) -> str:
    """Returns the SHA-256 of a text's search key: the same for texts that differ in spelling only."""
    return hashlib.sha256(search_key(text).encode("utf-8", "surrogatepass")).hexdigest()
