"""How do the figures of agreement leave as tables? Rows under fixed columns, keys instead of titles, full precision."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Row = tuple[object, ...]
Result = Mapping[str, Any]
OVERALL = ("exact", "partial", "relations", "relations_on_matched_spans")


def _three(figure: Mapping[str, float | None]) -> Row:
    return tuple("" if figure[name] is None else figure[name] for name in ("value", "low", "high"))


def figures(result: Result) -> Iterator[Row]:
    """Yields the overall figures, alpha for each kind of label."""
    yield from ((name, *_three(result[name])) for name in OVERALL)
    yield from ((f"alpha_{kind}", *_three(figure)) for kind, figure in result["alpha"].items())


def labels(result: Result) -> Iterator[Row]:
    """Yields the span labels."""
    for row in result["labels"]:
        yield (row["label"], row["spans"], *_three(row["exact"]), *_three(row["partial"]), *_three(row["alpha"]))


def confusion(result: Result) -> Iterator[Row]:
    """Yields the cells that occur; no label is an empty one."""
    yield from ((cell["one"] or "", cell["other"] or "", cell["count"]) for cell in result["confusion"])


def pairs(result: Result) -> Iterator[Row]:
    """Yields the pairs of people."""
    for row in result["pairs"]:
        yield (
            *row["people"], row["articles"],
            *_three(row["exact"]), *_three(row["partial"]), *_three(row["relations"]),
        )  # fmt: skip


def documents(result: Result) -> Iterator[Row]:
    """Yields each measure of each article label; `of` says whose: a pair's names or a number of people."""
    for row in result["documents"]:
        said = (row["label"], row["topic"] or "", row["units"])
        yield (*said, "equal", "", *_three(row["equal"]))
        yield (*said, "alpha", "", *_three(row["alpha"]))
        yield from ((*said, "cohen", " / ".join(one["people"]), *_three(one)) for one in row["cohen"])
        yield from ((*said, "fleiss", one["people"], *_three(one)) for one in row["fleiss"])


_INTERVAL = ("value", "low", "high")


def _each(*names: str) -> tuple[str, ...]:
    return tuple(column for name in names for column in (name, f"{name}_low", f"{name}_high"))


TABLES: dict[str, tuple[tuple[str, ...], Callable[[Result], Iterator[Row]]]] = {
    "figures": (("measure", *_INTERVAL), figures),
    "labels": (("label", "spans", *_each("exact", "partial", "alpha")), labels),
    "confusion": (("one", "other", "count"), confusion),
    "pairs": (("one", "other", "articles", *_each("exact", "partial", "relations")), pairs),
    "documents": (("label", "topic", "units", "measure", "of", *_INTERVAL), documents),
}
