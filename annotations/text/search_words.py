"""Which words does a search see in a text? Its pieces, and the wholes that pieces make; the same for every database.

A piece is a run of letters and digits of the search key. Pieces that a ZWNJ joins are one whole, and so are an ending
or a prefix of the verb that stands apart and its word: «رسانه‌های», «رسانه های» and «رسانههای» have one whole.
"""

from collections.abc import Iterator

import regex

from annotations.text.fold import key_with_joints

# Rises when anything here or in the key changes: what was indexed before is made anew.
CUT = 1
# Databases bound a word's length. Longer ones are cut, here and in queries alike.
LONGEST = 200
# What lies behind this place of a text is not searched: PostgreSQL bounds the words of one row to a megabyte.
SEARCHED = 100_000
# Stands between pieces and wholes in a stream; no word can be this.
BORDER = "¦"

PIECE = regex.compile(r"[\p{L}\p{N}\p{M}]+")
ENDINGS = frozenset((
    "ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هاست", "تر", "تری", "ترین", "ترینها",
    "ترینهای",
))  # fmt: skip
PREFIXES = frozenset(("می", "نمی"))

Words = list[str]


def pieces_and_joints(text: str) -> tuple[Words, list[bool]]:
    """Returns the pieces of a text, and of each whether it is joined to the one before it."""
    key = key_with_joints(text)
    pieces: Words = []
    joints: list[bool] = []
    at = 0
    for found in PIECE.finditer(key):
        piece, gap = found[0][:LONGEST], key[at : found.start()]
        joints.append(bool(pieces) and _is_joined(pieces[-1], gap, piece))
        pieces.append(piece)
        at = found.end()
    return pieces, joints


def _is_joined(before: str, gap: str, piece: str) -> bool:
    if gap.strip(" \u200c"):
        return False
    return " " not in gap or piece in ENDINGS or before in PREFIXES


def wholes(pieces: Words, joints: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Yields each whole as the range of its pieces, and itself."""
    first = 0
    for at in range(1, len(pieces) + 1):
        if at == len(pieces) or not joints[at]:
            yield first, at, "".join(pieces[first:at])[:LONGEST]
            first = at


def stream(text: str) -> str:
    """Returns what an index holds of a text: its pieces, a border, its wholes, with one space between them."""
    pieces, joints = pieces_and_joints(text[:SEARCHED])
    return " ".join([*pieces, BORDER, *(whole for _first, _end, whole in wholes(pieces, joints))])
