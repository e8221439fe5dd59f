"""Which words at the ends of an article are the agency's own and no part of its news?

They are found, never removed. Only whole lines at the beginning or the end of a text count, and the mark «انتهای پیام»
where a sentence has ended before it; so the words inside of a report stay what they are.
"""

import re

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


def _lines(text: str) -> list[Range]:
    """Returns the lines with ink, without what leaves none at their ends."""
    found, start = [], 0
    for line in text.split("\n"):
        begin, end = trim(text, start, start + len(line))
        if begin < end:
            found.append((begin, end))
        start += len(line) + 1
    return found


def _run(text: str, lines: list[Range]) -> Range | None:
    """Returns from the first of these lines to the last before one that says something."""
    taken = []
    for line in lines:
        if not _LINE.fullmatch(text, *line):
            break
        taken.append(line)
    return (min(taken)[0], max(taken)[1]) if taken else None


def _end(text: str) -> Range | None:
    lines = _lines(text)
    if not lines:
        return None
    tail = _run(text, lines[::-1])
    last = lines[-1][1]
    marks = _END_MARK.finditer(text, max(lines[0][0], last - LONGEST_TAIL - 200))
    near = [mark for mark in marks if last - mark.end() <= LONGEST_TAIL]
    starts = [trim(text, *mark.span())[0] for mark in near] + ([tail[0]] if tail else [])
    return (min(starts), last) if starts else None
