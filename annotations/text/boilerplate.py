"""Which words at the ends of an article are the agency's own and no part of its news?

They are found, never removed. Only whole lines at the beginning or the end of a text count, and the mark «انتهای پیام»
where a sentence has ended before it; so the words inside of a report stay what they are.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from annotations.text.ink import trim

Range = tuple[int, int]

# So much may follow the end of a message and still be what agencies hang on it: tags, codes, a source.
LONGEST_TAIL = 300
_GAP = r"[\s\u200c]*"
_MARK = rf"/?{_GAP}(?:انتها|پا[یي]ان){_GAP}[یي]?{_GAP}پ[یي]ام[\u200c\u200f\u200e]*"
_END_MARK = re.compile(
    rf"""(?:(?:(?<=[.!؟?…»"”)\]:؛])|^)[^\S\n]*     # alone in its line, or behind a whole sentence;
    |(?={_MARK}[^\S\n]*/))                        # with the agencies' slash, behind anything
    {_MARK}(?:[^\S\n]*[/.*+|\-](?:[^\S\n]*[\d/])?[^\s]{{0,24}})?[^\S\n]*$  # and the editors' codes: «/۴۱۰۶/ش+»""",
    re.VERBOSE | re.MULTILINE,
)
_WORD_LISTS = r"واژه[\s\u200c]*ها[یي][\s\u200c]*کاربرد[یي][\s\u200c]*مرتبط|برچسب[\s\u200c]*ها|اخبار[\s\u200c]*مرتبط"
_CODES = r"(?:[کك]د|شناسه)[\s\u200c]*(?:خبر|مطلب)[\s:：]*[\d\s]*|(?:لینک[\s\u200c]*کوتاه|کپ[یي][\s\u200c]*لینک)[\s:]*(?:https?://\S+)?"
_BUTTONS = r"لینک[\s\u200c]*کوتاه[\s]*کپ[یي][\s\u200c]*لینک|ارسال[\s\u200c]*به[\s\u200c]*دوستان|نسخه[\s\u200c]*چاپ[یي]"
_LINE = re.compile(rf"[\W_]*(?:{_WORD_LISTS}|{_CODES}|{_BUTTONS})[\s:/.\u200c]*")


def boilerplate(text: str) -> tuple[Range, ...]:
    """Returns the ranges of an agency's own words at the beginning and at the end of a text, in order."""
    first = _run(text, _lines(text))
    last = _end(text)
    if first is None or (last is not None and last[0] <= first[1]):
        return (last,) if last else ()
    return (first, last) if last else (first,)


def _lines(text: str) -> Iterator[Range]:
    """Yields the lines with ink from the first on, without what leaves none at their ends."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = trim(text, start, end)
        if line[0] < line[1]:
            yield line
        start = end + 1


def _lines_from_the_end(text: str) -> Iterator[Range]:
    """Yields the same lines from the last one back."""
    end = len(text)
    while end >= 0:
        start = text.rfind("\n", 0, end) + 1
        line = trim(text, start, end)
        if line[0] < line[1]:
            yield line
        end = start - 1


def _run(text: str, lines: Iterable[Range]) -> Range | None:
    """Returns from the first of these lines to the last before one that says something."""
    taken = list(takewhile(lambda line: _LINE.fullmatch(text, *line) is not None, lines))
    return (min(taken)[0], max(taken)[1]) if taken else None


def _end(text: str) -> Range | None:
    _start, last = next(_lines_from_the_end(text), (0, 0))
    tail = _run(text, _lines_from_the_end(text))
    begin = max(0, last - 2 * LONGEST_TAIL)
    # Most articles have no such words at all; to look for them is quicker than for the pattern.
    said = any(text.find(word, begin, last) >= 0 for word in ("پیام", "پيام"))
    marks = _END_MARK.finditer(text, begin, last) if said else ()
    starts = [trim(text, *mark.span())[0] for mark in marks if last - mark.end() <= LONGEST_TAIL]
    starts += [tail[0]] if tail else []
    return (min(starts), last) if starts else None
