"""How is a report kept and handed out? As JSON: lists of rows, figures as value, low and high."""

from typing import Any

from annotations.agreement.report import Cell, Example, Report
from annotations.agreement.tally import Figure
from annotations.records import SpanRecord

# A claim can be a page long; an example needs no more of it.
LONGEST_QUOTE = 240


def figure(of: Figure) -> dict[str, float | None]:
    """Returns a figure; all None where nothing was there to be measured."""
    return {"value": of.value, "low": of.low, "high": of.high}


def plain(report: Report) -> dict[str, Any]:
    """Returns all figures of a report, without its examples."""
    return {
        "articles": report.articles,
        "annotations": report.annotations,
        "people": sorted({person for pair in report.pairs for person in pair.people}),
        "exact": figure(report.exact),
        "partial": figure(report.partial),
        "relations": figure(report.relations),
        "relations_on_matched_spans": figure(report.relations_on_matched_spans),
        "alpha": {kind: figure(alpha) for kind, alpha in report.alpha.items()},
        "labels": [
            {"label": row.label, "spans": row.spans}
            | {name: figure(getattr(row, name)) for name in ("exact", "partial", "alpha")}
            for row in report.labels
        ],
        "pairs": [
            {"people": list(row.people), "articles": row.articles}
            | {name: figure(getattr(row, name)) for name in ("exact", "partial", "relations")}
            for row in report.pairs
        ],
        "documents": [
            {
                "label": row.label, "topic": row.topic, "units": row.units,
                "equal": figure(row.equal), "alpha": figure(row.alpha),
                "cohen": [{"people": list(pair)} | figure(of) for pair, of in row.cohen.items()],
                "fleiss": [{"people": people} | figure(of) for people, of in row.fleiss.items()],
            }
            for row in report.documents
        ],
        "confusion": [
            {"one": cell[0], "other": cell[1], "count": count}
            for cells in report.confusion.values()
            for cell, count in cells.items()
        ],
    }  # fmt: skip


def plain_examples(report: Report) -> list[dict[str, Any]]:
    """Returns the places where two people differ: an article's uid, the two, and the span of each, if there is one."""
    return [_example(cell, example) for cell, found in report.examples.items() for example in found]


def _example(cell: Cell, example: Example) -> dict[str, Any]:
    spans = [_span(span) for span in example.spans]
    return {
        "one": cell[0], "other": cell[1],
        "article": example.article, "people": list(example.pair), "spans": spans,
    }  # fmt: skip


def _span(span: SpanRecord | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"ranges": [list(piece) for piece in span.ranges], "quote": span.quote[:LONGEST_QUOTE]}
