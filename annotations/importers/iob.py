"""Which spans do the tags of a sentence stand for? IOB1, IOB2, IOBES and BILOU, told apart tag by tag."""

import re
from collections.abc import Iterator, Sequence

_TAG = re.compile(r"([BIESLUM])[-_](.+)\Z", re.DOTALL)
_ENDS = frozenset("ESLU")
_BEGINS = frozenset("BSU")
Found = tuple[str, int, int]


def decode(tags: Sequence[str], *, problems: list[int], iob1: bool = False) -> Iterator[Found]:
    """Yields (label, first token, token after the last) of each span.

    A tag that goes on (I, E, L, M) after nothing of its label begins a span, as the readers of the shared tasks do; its
    place is added to `problems`. In `iob1` that is how spans begin.
    """
    label, first = "", 0
    for at, tag in enumerate(tags):
        found = _TAG.match(tag)
        position, name = found.groups() if found else ("O", "")
        goes_on = position not in _BEGINS and name == label and name
        if label and not goes_on:
            yield label, first, at
            label = ""
        if name and not goes_on:
            if position not in _BEGINS and not iob1:
                problems.append(at)
            label, first = name, at
        if position in _ENDS:
            yield label, first, at + 1
            label = ""
    if label:
        yield label, first, len(tags)
