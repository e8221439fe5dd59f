"""Which words does a search see in a text? Its pieces, and the wholes that pieces make; the same for every database.

A piece is a run of letters and digits of the search key. Pieces that a ZWNJ joins are one whole, and so are an ending
or a prefix of the verb that stands apart and its word: «رسانه‌های», «رسانه های» and «رسانههای» have one whole.
"""

from collections.abc import Iterator

import regex

from annotations.text.fold import is_key, key_with_joints
from annotations.text.remembered import Remembered

# Rises when anything here or in the key changes: what was indexed before is made anew.
CUT = 1
# Databases bound a word's length. Longer ones are cut, here and in queries alike.
LONGEST = 200
# What lies behind this place of a text is not searched: PostgreSQL bounds the words of one row to a megabyte.
SEARCHED = 100_000
# Stands between pieces and wholes in a stream; no word can be this.
BORDER = "¦"

PIECE = regex.compile(r"[\p{L}\p{N}\p{M}]+")
# Parts a key in gaps and pieces, in turn.
_PARTS = regex.compile(f"({PIECE.pattern})")
ENDINGS = frozenset((
    "ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هاست", "تر", "تری", "ترین", "ترینها",
    "ترینهای",
))  # fmt: skip
PREFIXES = frozenset(("می", "نمی"))

Words = list[str]


def pieces_and_joints(text: str) -> tuple[Words, list[bool]]:
    """Returns the pieces of a text, and of each whether it is joined to the one before it.

    A piece holds no space, so each word between two is cut for itself.
    """
    pieces: Words = []
    joints: list[bool] = []
    before = ""  # the last piece, where nothing but spaces has followed it
    for word in text.replace("\n", " ").split(" "):
        cut = _cuts[word]
        if cut is None:  # most words are one piece, which only a prefix may be joined to
            joints.append(before in PREFIXES)
            pieces.append(word)
            before = word
            continue
        its_pieces, its_joints, is_begun, is_ended = cut
        if its_pieces:
            joints.append(is_begun and before != "" and (its_pieces[0] in ENDINGS or before in PREFIXES))
            joints += its_joints
            pieces += its_pieces
            before = its_pieces[-1] if is_ended else ""
        elif not is_begun:
            before = ""
    return pieces, joints


def _cut(word: str) -> tuple[tuple[str, ...], tuple[bool, ...], bool, bool] | None:
    """Returns a word's pieces, which of those behind the first are joined, and whether one begins and ends it.

    None for a word that is a piece and neither an ending nor a prefix.
    """
    if word and is_key(word) and word not in ENDINGS and word not in PREFIXES and len(word) <= LONGEST:
        return None
    parts = _PARTS.split(key_with_joints(word))
    pieces = tuple([piece[:LONGEST] for piece in parts[1::2]])
    if pieces == (word,) and word not in ENDINGS and word not in PREFIXES:
        return None
    joints = tuple([_is_joined(pieces[at - 1], gap, pieces[at]) for at, gap in enumerate(parts[2:-1:2], 1)])
    return pieces, joints, not parts[0].strip(" \u200c"), not parts[-1].strip(" \u200c")


_cuts = Remembered(_cut)


def _is_joined(before: str, gap: str, piece: str) -> bool:
    if gap.strip(" \u200c"):
        return False
    return " " not in gap or piece in ENDINGS or before in PREFIXES


def wholes(pieces: Words, joints: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Yields each whole as the range of its pieces, and itself."""
    firsts = [at for at, joined in enumerate(joints) if not joined]
    for first, end in zip(firsts, [*firsts[1:], len(pieces)], strict=False):
        yield first, end, pieces[first] if end - first == 1 else "".join(pieces[first:end])[:LONGEST]


def stream(text: str) -> str:
    """Returns what an index holds of a text: its pieces, a border, its wholes, with one space between them."""
    pieces, joints = pieces_and_joints(text[:SEARCHED])
    return " ".join([*pieces, BORDER, *_whole_words(pieces, joints)])


def _whole_words(pieces: Words, joints: list[bool]) -> Words:
    """Returns the wholes alone, sooner than `wholes`: nearly all are pieces."""
    made: Words = []
    done = 0
    for at in [at for at, is_joined in enumerate(joints) if is_joined]:
        made += pieces[done:at]
        made[-1] = (made[-1] + pieces[at])[:LONGEST]
        done = at + 1
    return made + pieces[done:]
