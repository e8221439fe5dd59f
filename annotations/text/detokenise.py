"""Which text do these tokens come from, if nobody kept it? The likeliest: words apart, marks where writers set them."""

from collections.abc import Sequence

from annotations.text.ink import Range

_AFTER_A_WORD = frozenset(".،؛:!؟?,;)]}»…%٪")
_BEFORE_A_WORD = frozenset("([{«")


def detokenise(tokens: Sequence[str]) -> tuple[str, list[Range]]:
    """Returns a line of text and the range of each token in it, in code points; no token changes.

    Tokens stand one space apart, but marks that close stand on the word before them and marks that open on the word
    after them. Straight quotation marks could be either, and stand apart. `text[start:end] == token` for each.
    """
    text, ranges, closed = "", [], True
    for token in tokens:
        if not closed and not set(token) <= _AFTER_A_WORD:
            text += " "
        ranges.append((len(text), len(text) + len(token)))
        text += token
        closed = set(token) <= _BEFORE_A_WORD
    return text, ranges
