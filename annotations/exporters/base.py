"""What does a format declare about itself?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotations.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format that records are written in.

    `write` takes records and yields bytes, a chunk at a time; the same records give the same bytes.
    `carries` names what of a record survives: `spans`, `nested`, `discontinuous`, `attributes`, `relations`,
    `labels`, `entities`, `sets`, `meta`.
    """

    key: str
    title: str
    suffix: str
    media_type: str
    carries: frozenset[str]
    write: Callable[[Iterable[Record]], Iterator[bytes]]
