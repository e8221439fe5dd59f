"""Which annotations would a draft of the scheme affect? A page of them at a time, each with its words and place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from annotations.kinds.draft import DraftLabel, settled
from annotations.kinds.soundness import problems, unjudgeable
from annotations.models import AnnotationSet, Article, Project, Relation, Span
from annotations.queries.scheme_labels import published_labels
from annotations.queries.weighing import Hit, Weighing
from annotations.records import quote_of

PAGE = 50
QUOTE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One affected annotation: the set it stands in, its article, its words and where they begin and end."""

    set_id: int
    annotator: str
    headline: str
    quote: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows in the order they came in, and the row to go on behind; None after the last."""

    rows: list[Row]
    next: int | None


def affected(project: Project, draft: Sequence[DraftLabel], *, was: str, why: str, after: int = 0) -> Page | None:
    """Returns a page of what a draft does to the annotations of one label; None for a label that is not published.

    `why` is one of VERDICTS. A label without rules to judge by affects nothing yet: it can't be published.
    """
    before = {label.key: label for label in published_labels(project)}
    labels = settled(draft)
    at = next((at for at, one in enumerate(labels) if one.was == was and was in before), None)
    if at is None:
        return None
    label = labels[at]
    if at in unjudgeable(labels, problems(labels)) or label.kind != before[was].kind:
        return Page(rows=[], next=None)
    weighing = Weighing(project, before, labels, label)
    hits = list(islice(weighing.hits(why, after=after), PAGE + 1))
    shown = hits[:PAGE]
    return Page(rows=_rows(weighing, shown), next=shown[-1].pk if len(hits) > PAGE else None)


def _rows(weighing: Weighing, hits: list[Hit]) -> list[Row]:
    spans = _spans_of(weighing, hits)
    sets = AnnotationSet.objects.filter(pk__in={hit.set_id for hit in hits}).values_list("pk", "pseudonym")
    articles = Article.objects.filter(pk__in={hit.article_id for hit in hits}).values_list("pk", "headline", "text")
    names, texts = dict(sets), {pk: (headline, text) for pk, headline, text in articles}
    found = []
    for hit in hits:
        headline, text = texts[hit.article_id]
        span = spans.get(hit.pk)
        found.append(
            Row(
                set_id=hit.set_id, annotator=names[hit.set_id], headline=headline,
                quote=quote_of(text, span.ranges)[:QUOTE] if span else "",
                start=span.start if span else None, end=span.end if span else None,
            )
        )  # fmt: skip
    return found


def _spans_of(weighing: Weighing, hits: list[Hit]) -> dict[int, Span]:
    """The span that shows each row: itself, or the first of a relation's ends that is one."""
    pks = [hit.pk for hit in hits]
    if weighing.model is Span:
        return Span.objects.in_bulk(pks)
    if weighing.model is not Relation:
        return {}
    rows = Relation.objects.filter(pk__in=pks).select_related("head_span", "via_span", "tail_span")
    return {row.pk: span for row in rows if (span := row.via_span or row.head_span or row.tail_span)}
