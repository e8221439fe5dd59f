"""Which lines of an article does a list show? Its beginning, or the passage that most hits stand in."""

from bisect import bisect_right

from annotations.text.query import Range

LENGTH = 240
# A passage begins so many characters before its first hit, at the beginning of a word.
BEFORE = 60


def body_start(text: str, headline: Range | None) -> int:
    """Returns where the text goes on behind its headline, in code points."""
    at = headline[1] if headline else 0
    while at < len(text) and text[at].isspace():
        at += 1
    return at if at < len(text) else 0


def passage(text: str, hits: list[Range], *, start: int) -> Range:
    """Returns about `LENGTH` code points behind `start`: with hits those that most hits begin in, else the first.

    It begins at a word and, unless it is the text's end, ends behind one.
    """
    behind = [hit for hit in hits if hit[0] >= start]
    first = start
    if behind and behind[0][1] > start + LENGTH:
        begins = [hit[0] for hit in behind]
        counts = [bisect_right(begins, at + LENGTH - BEFORE) - number for number, at in enumerate(begins)]
        first = _word_start(text, max(begins[counts.index(max(counts))] - BEFORE, start), start)
    return first, _word_end(text, min(first + LENGTH, len(text)), first)


def _word_start(text: str, at: int, start: int) -> int:
    if at == start or text[at - 1].isspace():
        return at
    while at < len(text) and not text[at].isspace():
        at += 1
    return min(at + 1, len(text))


def _word_end(text: str, at: int, first: int) -> int:
    if at == len(text):
        return at
    back = at
    while back > first and not text[back].isspace():
        back -= 1
    return back if back > first else at


def parts(text: str, start: int, end: int, hits: list[Range]) -> list[tuple[str, bool]]:
    """Cuts a range of a text at the hits in it: (piece, whether it is one)."""
    pieces: list[tuple[str, bool]] = []
    at = start
    for hit in hits:
        first, last = max(hit[0], at), min(hit[1], end)
        if first >= last:
            continue
        if at < first:
            pieces.append((text[at:first], False))
        pieces.append((text[first:last], True))
        at = last
    if at < end:
        pieces.append((text[at:end], False))
    return pieces
