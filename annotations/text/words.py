"""Which word would a position cut? Unicode's words, with dates, models, initials and addresses kept whole.

The rules are those of `docs/text.md`, which the browser follows, too; hazm's tokens are another matter (`tokens.py`).
"""

import regex

from annotations.text.ink import INKLESS, Range, trim

# Word_Break classes of UAX 29. One pattern instead of regex's own \b: that needs seconds for a thousand flags in a row.
_HANGING = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
# As in ICU, which browsers have, Korean beside other letters is a word of its own.
_LETTER = r"[[\p{WB=ALetter}\p{WB=Hebrew_Letter}]--\p{Script=Hangul}]"
_RUN = rf"(?:[{_LETTER}\p{{WB=Numeric}}\p{{WB=ExtendNumLet}}]{_HANGING})++"
# As in ICU, a stop or a colon is no part of a piece: whether it joins two is decided by `_joins`.
_IN_WORD = r"[[\p{WB=MidLetter}\p{WB=MidNumLet}\p{WB=Single_Quote}]--[.:]]"
_IN_NUMBER = r"[[\p{WB=MidNum}\p{WB=MidNumLet}\p{WB=Single_Quote}]--[.:]]"
_PIECE = regex.compile(
    rf"""{_RUN}(?:
        (?: (?<={_LETTER}{_HANGING}) {_IN_WORD} {_HANGING} (?={_LETTER})
          | (?<=\p{{WB=Numeric}}{_HANGING}) {_IN_NUMBER} {_HANGING} (?=\p{{WB=Numeric}})
        ) {_RUN})*+
      | (?:\p{{WB=Katakana}}{_HANGING})++
      | (?:\p{{Script=Hangul}}{_HANGING})++
      | [\p{{L}}\p{{Nl}}]{_HANGING}""",
    regex.V1 | regex.VERBOSE,
)
_LETTERED = regex.compile(r"[\p{L}\p{N}]")

# Every space ends a word, but U+202F groups digits; so the stretch between spaces is all that need be looked at.
_SPACE = r"[\s--\u202f]"
_NEXT_SPACE = regex.compile(_SPACE, regex.V1)
_LAST_SPACE = regex.compile(rf"(?r){_SPACE}", regex.V1)

_GLUE = frozenset("-/.٫:@_")
_PERSIAN = r"[\p{L}&&\p{Script=Arabic}--ـ]"
_BESIDE_PERSIAN = regex.compile(rf"(?<={_PERSIAN}[\p{{M}}\p{{Cf}}ـ]{{0,4}})[.:]|[.:](?={_PERSIAN})", regex.V1)
_INITIALS = regex.compile(
    rf"(?<=(?<![\p{{L}}\p{{N}}\p{{M}}_]){_PERSIAN}[\p{{M}}ـ]{{0,4}})\.(?={_PERSIAN}[\p{{M}}ـ]{{0,4}}(?![\p{{L}}\p{{N}}_]))",
    regex.V1,
)
_ADDRESS = regex.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+\-]{0,15}://|www\.)"
    rf"[^{INKLESS}<>«»\"“”‘’()\[\]{{}}،؛؟…]*[\p{{L}}\p{{N}}/_=&%#~+\-]"
)


def word_around(text: str, position: int) -> Range | None:
    """Returns the word that a position would cut, trimmed to its ink; None where it cuts none."""
    before = _LAST_SPACE.search(text, 0, position)
    after = _NEXT_SPACE.search(text, position)
    for start, end in words(text, before.end() if before else 0, after.start() if after else len(text)):
        if start < position < end:
            return start, end
    return None


def words(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Returns the words of a stretch of text in order, apart from each other; its ends must not cut a word."""
    end = len(text) if end is None else end
    found: list[Range] = []
    at = start
    if text.find("://", start, end) >= 0 or text.find("www.", start, end) >= 0:
        for address in _ADDRESS.finditer(text, start, end):
            found += _glued(text, at, address.start())
            found.append(address.span())
            at = address.end()
    return found + _glued(text, at, end)


def _glued(text: str, start: int, end: int) -> list[Range]:
    glued: list[Range] = []
    for piece in _PIECE.finditer(text, start, end):
        first, last = piece.span()
        if glued and _joins(text, glued[-1][1], first):
            glued[-1] = glued[-1][0], last
        else:
            glued.append((first, last))
    return [trim(text, *word) for word in glued if _LETTERED.search(text, *word)]


def _joins(text: str, left: int, right: int) -> bool:
    """Tells whether one glue character between two pieces makes them one word: `GPT-4.5`, `۱۴۰۲/۰۶/۲۶`, `ج.ا`.

    A stop or colon beside a Persian word lacks its space (`است.در`) and ends the word, except between initials.
    """
    if right - left != 1 or text[left] not in _GLUE:
        return False
    return not _BESIDE_PERSIAN.match(text, left) or _INITIALS.match(text, left) is not None
