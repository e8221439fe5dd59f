"""How do a dashboard's parts leave as tables? Rows under fixed columns; keys, ISO days and pseudonyms."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Row = tuple[object, ...]
STAGES = ("gold", "review", "in_hand", "assigned")
FIGURE = ("value", "low", "high")


def _said(value: object) -> object:
    """Returns a value as a cell; nothing is an empty one."""
    if value is None:
        return ""
    return value if isinstance(value, int | float | str) else str(value)


def _rows(*columns: str) -> Callable[[Sequence[Mapping[str, Any]]], Iterator[Row]]:
    """Returns what takes these columns from each of the rows."""

    def rows(found: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
        for row in found:
            yield tuple(_said(row[name]) for name in columns)

    return rows


def people(found: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yields the annotators."""
    for row in found:
        times = row["minutes"]
        yield tuple(
            _said(value)
            for value in (
                row["person"], *(row[stage] for stage in STAGES), row["f1"], row["compared"], times["median"],
                times["low"], times["high"], row["last_at"],
            )
        )  # fmt: skip


def trend(found: Mapping[str, Any] | None) -> Iterator[Row]:
    """Yields the measurings of agreement, a row for each measure."""
    for point in found["points"] if found else ():
        for measure in ("alpha", "exact", "partial", "relations"):
            yield (str(point["made_at"]), measure, *(_said(point[measure][name]) for name in FIGURE))


def stages(found: Mapping[str, Any]) -> Iterator[Row]:
    """Yields how many articles stand where."""
    yield from ((stage, found[stage]) for stage in (*STAGES, "free"))


def entities(found: Mapping[str, Any]) -> Iterator[Row]:
    """Yields the entities that are spoken of most."""
    yield from _rows("key", "label", "name", "mentions")(found["entities"])


_STANCES = ("holder", "holder_name", "target", "target_name", "count", "favor", "against")
_LATEST = ("at", "what", "who", "count", "article", "headline")
TABLES: dict[str, tuple[str, tuple[str, ...], Callable[[Any], Iterator[Row]]]] = {
    "figures": ("stages", ("stage", "articles"), stages),
    "progress": ("progress", ("day", "gold", "handed_in"), _rows("day", "gold", "handed_in")),
    "people": (
        "people",
        ("person", *STAGES, "f1", "compared", "minutes_median", "minutes_low", "minutes_high", "last_at"),
        people,
    ),
    "network": ("stances", _STANCES, _rows(*_STANCES)),
    "labels": ("labels", ("label", "kind", "count"), _rows("label", "kind", "count")),
    "entities": ("corpus", ("entity", "label", "name", "mentions"), entities),
    "pace": ("pace", ("week", "articles"), _rows("begins", "count")),
    "latest": ("latest", _LATEST, _rows(*_LATEST)),
    "trend": ("trend", ("made_at", "measure", *FIGURE), trend),
}
