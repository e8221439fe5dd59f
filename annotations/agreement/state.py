"""How is a count laid aside and taken up again? As bytes that hold what was added so far, however many articles.

Their size grows with labels and pairs of people, not with articles. They are for this program alone: what is read
by others is the report.
"""

import zlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from annotations.agreement.report import Agreement, Example
from annotations.records import SpanRecord

# Most of a column's bytes are zeros: more effort makes them hardly smaller.
_EFFORT = 1
type _Example = tuple[str, str, str, SpanRecord | None, SpanRecord | None]


class _State(msgspec.Struct):
    """What an Agreement holds, without its kinds; `sums` are the tally's columns, one after the other."""

    replicates: int
    articles: int
    annotations: int
    keys: list[Any]
    sums: bytes
    shared: list[tuple[str, str, int]]
    cells: list[tuple[str, str | None, str | None, int]]
    examples: list[tuple[str | None, str | None, list[_Example]]]
    people: list[tuple[str, str | None, list[int]]]


def packed(agreement: Agreement) -> bytes:
    """Returns all that was counted."""
    sums = agreement.tally.sums
    state = _State(
        replicates=agreement.tally.replicates,
        articles=agreement.articles,
        annotations=agreement.annotations,
        keys=[_plain(key) for key in sums],
        sums=np.concatenate(list(sums.values())).astype("<f8").tobytes() if sums else b"",
        shared=[(*pair, number) for pair, number in agreement.shared.items()],
        cells=[(kind, *cell, n) for kind, cells in agreement.cells.items() for cell, n in cells.items()],
        examples=[
            (*cell, [(e.article, *e.pair, *e.spans) for e in found]) for cell, found in agreement.examples.items()
        ],
        people=[(*scope, sorted(numbers)) for scope, numbers in agreement.people_of.items()],
    )
    return zlib.compress(msgspec.msgpack.encode(state), _EFFORT)


def unpacked(content: bytes, kinds: Mapping[str, str]) -> Agreement:
    """Returns a count that goes on from what was packed."""
    state = msgspec.msgpack.decode(zlib.decompress(content), type=_State)
    agreement = Agreement(kinds, replicates=state.replicates)
    agreement.articles, agreement.annotations = state.articles, state.annotations
    agreement.tally.articles = state.articles
    columns = np.frombuffer(state.sums, dtype="<f8").reshape(len(state.keys), state.replicates + 1).astype(float)
    agreement.tally.sums = {_key(said): column for said, column in zip(state.keys, columns, strict=True)}
    agreement.shared = Counter({(one, other): number for one, other, number in state.shared})
    for kind, row, column, number in state.cells:
        agreement.cells[kind][row, column] = number
    for row, column, found in state.examples:
        agreement.examples[row, column] = [Example(a, (b, c), (one, other)) for a, b, c, one, other in found]
    for label, topic, numbers in state.people:
        agreement.people_of[label, topic] = set(numbers)
    return agreement


def _plain(key: Any) -> Any:
    """Returns a key of the tally as lists that say what they were: keys nest tuples and sets of labels."""
    if isinstance(key, tuple):
        return ["tuple", *map(_plain, key)]
    return ["set", *sorted(key)] if isinstance(key, frozenset) else key


def _key(said: Any) -> Any:
    if not isinstance(said, list):
        return said
    return frozenset(said[1:]) if said[0] == "set" else tuple(map(_key, said[1:]))
