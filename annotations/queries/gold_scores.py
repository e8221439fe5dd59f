"""How close does each annotator come to gold? Their spans against those of the gold set, article by article."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef

from annotations.models import AnnotationSet, Project, SetKind
from annotations.states import FINISHED

Unit = tuple[int, int, str, str]  # start, end, pieces, label


def gold_scores(project: Project) -> list[dict[str, Any]]:
    """Counts, by person and outlet, the spans that equal a gold one in bounds and label.

    Each row holds `articles`, `matched` spans, the person's `spans` and the `gold` ones on the same articles. Sets and
    spans stream, an article at a time.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for _article, spans in groupby(_spans(project), key=lambda row: row[0]):
        sets: dict[tuple[bool, str, str], Counter[Unit]] = {}
        for _, kind, pseudonym, source, start, end, fragments, label in spans:
            units = sets.setdefault((kind == SetKind.GOLD, pseudonym, source or ""), Counter())
            if start is not None:
                units[start, end, str(fragments), label] += 1
        gold = next((units for (is_gold, *_), units in sets.items() if is_gold), None)
        for (is_gold, pseudonym, source), units in sets.items():
            if gold is None or is_gold:
                continue
            found = counts.setdefault((pseudonym, source), Counter())
            found.update(
                articles=1, matched=(units & gold).total(), spans=units.total(), gold=gold.total()
            )  # fmt: skip
    return [{"person": person, "source": source, **found} for (person, source), found in sorted(counts.items())]


def _spans(project: Project) -> Iterator[tuple[Any, ...]]:
    """Yields the spans of finished sets on gold articles, by article; a set without spans yields one empty row."""
    gold = AnnotationSet.objects.filter(
        project=project, kind=SetKind.GOLD, status__in=FINISHED, article=OuterRef("article")
    )
    sets = AnnotationSet.objects.filter(
        Exists(gold), project=project, kind__in=(SetKind.GOLD, SetKind.ANNOTATOR), status__in=FINISHED
    )
    rows = sets.order_by("article", "pk").annotate(source=F("article__source__name"))
    return rows.values_list(
        "article", "kind", "pseudonym", "source", "spans__start", "spans__end", "spans__fragments", "spans__label__key"
    ).iterator(chunk_size=5000)
