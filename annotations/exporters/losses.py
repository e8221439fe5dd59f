"""What did a format not hold, and how was it bent to fit? Counted by what happened, listed case by case."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import Any, Self

import msgspec

from annotations.errors import NewsroomError, gettext_noop
from annotations.records import Range

SHOWN = 20
_IN_MEMORY = 1024 * 1024
HAPPENED: dict[str, str] = {
    "spans": gettext_noop("Spans left out"),
    "moved": gettext_noop("Spans widened to whole tokens"),
    "unplaced": gettext_noop("Spans left out: no token, or nothing but blanks"),
    "overlapping": gettext_noop("Overlapping spans left out of the tags"),
    "layered": gettext_noop("Overlapping spans put into a further layer"),
    "flattened": gettext_noop("Discontinuous spans written as one piece, with the gap"),
    "unmapped": gettext_noop("Spans left out: their label has no counterpart"),
    "relations": gettext_noop("Relations left out"),
    "split": gettext_noop("Relations of three ends written as pairs"),
    "ends": gettext_noop("Ends of relations left out: no span of the text"),
    "attributes": gettext_noop("Attributes left out"),
    "entities": gettext_noop("Links to entities left out"),
    "labels": gettext_noop("Labels of articles left out"),
    "illegal": gettext_noop("Characters that the format lacks, written as blanks"),
    "bent": gettext_noop("Spans widened by the normalised text"),
    "vanished": gettext_noop("Spans left out: the normalised text dropped them"),
}


class Lossy(NewsroomError):
    """Raised by a strict export for what the format can't hold."""

    def __init__(self, *, format: str, counts: dict[str, int]) -> None:
        super().__init__(
            code="export_lossy",
            message=gettext_noop("The format {format} can't hold everything as it is: {counts}."),
            hint=gettext_noop("Leave it out of the selection, choose another format, or export without strict."),
            data={"format": format, "counts": ", ".join(f"{code} {count}" for code, count in sorted(counts.items()))},
        )


class Loss(msgspec.Struct, frozen=True, omit_defaults=True):
    """One case: of which article, set and span or relation; what it `was`, and what it `became` where it did."""

    code: str
    article: str
    annotation_set: str | None = None
    id: str | None = None
    label: str | None = None
    quote: str | None = None
    was: Any = None
    became: Any = None
    count: int = 1


def ranges_said(ranges: tuple[Range, ...]) -> list[list[int]]:
    """Returns ranges as JSON has them."""
    return [list(piece) for piece in ranges]


class Losses:
    """The cases of one export, in the order they were met; memory holds `SHOWN` of each kind, a file the rest.

    With `strict` the first case raises Lossy. To be closed, or used as a context.
    """

    def __init__(self, *, strict: bool = False, format: str = "") -> None:
        self.strict, self.format = strict, format
        self.counts: Counter[str] = Counter()
        self.examples: list[Loss] = []
        self._seen: Counter[str] = Counter()
        self._cases: tempfile.SpooledTemporaryFile[bytes] | None = None
        self._encode = msgspec.json.Encoder(order="deterministic").encode

    def add(self, loss: Loss) -> None:
        """Takes a case in. Raises Lossy where the export is strict."""
        self.counts[loss.code] += loss.count
        if self.strict:
            raise Lossy(format=self.format, counts=dict(self.counts))
        self._seen[loss.code] += 1
        if self._seen[loss.code] <= SHOWN:
            self.examples.append(loss)
        if self._cases is None:
            self._cases = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (see `close`)
        self._cases.write(self._encode(loss) + b"\n")

    def refuse(self) -> None:
        """Raises Lossy where there is any case."""
        if self.counts:
            raise Lossy(format=self.format, counts=dict(self.counts))

    def as_builtins(self) -> list[dict[str, Any]]:
        """Returns the first cases of each kind as JSON has them."""
        said: list[dict[str, Any]] = msgspec.to_builtins(self.examples)
        return said

    def lines(self) -> Iterator[bytes]:
        """Yields the counts as a JSON line, then each case as one."""
        yield self._encode({"counts": dict(self.counts), "total": self.counts.total()}) + b"\n"
        if self._cases is not None:
            self._cases.seek(0)
            yield from self._cases
            self._cases.seek(0, 2)

    def close(self) -> None:
        """Gives the list's file back."""
        if self._cases is not None:
            self._cases.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    __del__ = close
