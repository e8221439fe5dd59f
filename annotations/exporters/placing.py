"""Which tokens does each span of a view cover, and how far had it to be widened for it?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotations.exporters.losses import Losses
from annotations.exporters.views import View
from annotations.exporters.words import Words
from annotations.records import SpanRecord


@dataclass(frozen=True, slots=True)
class Placed:
    """A span in one piece: `start` to `end` in code points, `first` to before `last` in tokens."""

    span: SpanRecord
    start: int
    end: int
    first: int
    last: int

    @property
    def label(self) -> str:
        """The span's label."""
        return self.span.label


def extents(view: View, losses: Losses) -> Iterator[tuple[SpanRecord, int, int]]:
    """Yields each span with its extent; that a discontinuous one loses its gap is a loss."""
    for span in view.spans:
        start, end = span.ranges[0][0], span.ranges[-1][1]
        if len(span.ranges) > 1:
            losses.add(view.loss("flattened", span, became=((start, end),)))
        yield span, start, end


def placed(view: View, words: Words, losses: Losses) -> list[Placed]:
    """Returns the spans on whole tokens, in text order, the longer first."""
    found = []
    for span, start, end in extents(view, losses):
        tokens = words.cover(start, end)
        if tokens is None:
            losses.add(view.loss("unplaced", span))
            continue
        whole = words.extent(*tokens)
        if whole != (start, end):
            losses.add(view.loss("moved", span, became=(whole,)))
        found.append(Placed(span, *whole, *tokens))
    found.sort(key=lambda one: (one.first, -one.last))
    return found


def apart[Labelled: tuple[Placed, str]](spans: Iterable[Labelled]) -> list[list[Labelled]]:
    """Returns spans, each with its label, in layers in which none overlaps another; the outermost is in the first."""
    layers: list[list[Labelled]] = []
    for one in spans:
        free = next((layer for layer in layers if layer[-1][0].last <= one[0].first), None)
        if free is None:
            layers.append([one])
        else:
            free.append(one)
    return layers
