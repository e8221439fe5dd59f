"""Which words or lines of two texts are the same, as many as there can be in order? In parallel bits."""

from collections.abc import Sequence

from rapidfuzz.distance import Indel, Opcodes


def aligned(before: Sequence[str], after: Sequence[str]) -> Opcodes:
    """Returns what becomes of the pieces of `before`: `equal`, `delete`, `insert` or `replace`, in order.

    As fast where pieces repeat, and in bits as much memory as there are pairs of pieces.
    """
    numbers: dict[str, int] = {}
    first, second = ([numbers.setdefault(piece, len(numbers)) for piece in pieces] for pieces in (before, after))
    return Indel.opcodes(first, second)
