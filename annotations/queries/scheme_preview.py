"""In which words is a scheme shown while it is edited? In a paragraph of the project that says most."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from annotations import policy
from annotations.kinds.base import SLOTS
from annotations.kinds.draft import DraftLabel, settled
from annotations.kinds.soundness import Problem, unjudgeable
from annotations.kinds.verdicts import Verdicts
from annotations.models import AnnotationSet, Label, LabelKind, Project, Relation, User
from annotations.queries.annotation_sets import relations_of, spans_of
from annotations.queries.scheme_labels import published_labels
from annotations.records import RelationRecord, SpanRecord
from annotations.text.segments import short_id

MOST_LETTERS = 700
MOST_RELATIONS = 3
LATEST = 200  # looked through for the one with most stances


def preview_of(project: Project, *, by: User) -> dict[str, Any] | None:
    """Returns a paragraph with its spans and relations, offsets in code points of the paragraph; None without articles.

    Of the latest work that with most relations is taken, of it the paragraph with most labels.
    """
    rows = policy.visible_sets(by).filter(project=project)
    latest = list(rows.order_by("-pk").values_list("pk", flat=True)[:LATEST])
    said = Relation.objects.filter(annotation_set__in=latest).order_by().values_list("annotation_set")
    best = [pk for pk, _n in said.annotate(n=Count("pk")).order_by("-n", "annotation_set")[:1]] or latest[:1]
    found = AnnotationSet.objects.select_related("article").filter(pk__in=best).first()
    if found is None:
        return _bare(project)
    spans, relations = spans_of(found), relations_of(found)
    start, end = max(_paragraphs(found.article.text), key=lambda part: _weight(part, spans, relations))
    stances = set(Label.objects.filter(project=project, kind=LabelKind.STANCE).values_list("key", flat=True))
    return _cut(found.article.text, start, end, spans, relations, stances)


def judged(
    preview: dict[str, Any] | None, project: Project, draft: Sequence[DraftLabel], flaws: Sequence[Problem]
) -> dict[str, Any] | None:
    """Returns a preview in which each span and relation has its `verdicts`: what a draft means for it."""
    if preview is None:
        return None
    before = {label.key: label for label in published_labels(project)}
    labels = settled(draft)
    broken = unjudgeable(labels, flaws)
    sound = [label for at, label in enumerate(labels) if label.was in before and at not in broken]
    found = {label.was: Verdicts(before, labels, label) for label in sound}

    def verdicts(said: dict[str, Any]) -> list[str]:
        judge = found.get(said["label"])
        if judge is None:
            return []
        if "ranges" in said:
            return sorted(judge.span(said["attributes"]))
        ends = [said[slot] or {"kind": ""} for slot in SLOTS]
        return sorted(judge.relation(said["attributes"], [(end["kind"], end.get("label")) for end in ends]))

    return preview | {
        name: [said | {"verdicts": verdicts(said)} for said in preview[name]] for name in ("spans", "relations")
    }  # fmt: skip


def _bare(project: Project) -> dict[str, Any] | None:
    article = project.articles.order_by("pk").first()
    if article is None:
        return None
    start, end = max(_paragraphs(article.text), key=lambda part: part[1] - part[0])
    return _cut(article.text, start, end, [], [], set())


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """The lines of a text that are neither empty nor too long to be looked at beside a form; else its beginning."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip() and len(line) <= MOST_LETTERS:
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found or [(0, min(len(text), MOST_LETTERS))]


def _weight(
    part: tuple[int, int], spans: list[SpanRecord], relations: list[RelationRecord]
) -> tuple[int, int, int]:  # fmt: skip
    inside = {span.id: span.label for span in spans if _within(span, *part)}
    whole = sum(1 for one in relations if one.head in inside and one.tail in inside)
    return whole, len(set(inside.values())), len(inside)


def _within(span: SpanRecord, start: int, end: int) -> bool:
    return span.ranges[0][0] >= start and span.ranges[-1][1] <= end


def _cut(
    text: str, start: int, end: int, spans: list[SpanRecord], relations: list[RelationRecord], stances: set[str]
) -> dict[str, Any]:  # fmt: skip
    inside = [span for span in spans if _within(span, start, end)]
    quotes = {span.id: (span.label, span.quote) for span in spans}
    ids = {span.id for span in inside}
    near = sorted(relations, key=lambda one: (one.label not in stances, -len(ids & {one.head, one.via, one.tail})))
    return {
        "text": text[start:end],
        "spans": [
            {
                "id": short_id(at), "label": span.label, "attributes": span.attributes,
                "ranges": [[first - start, last - start] for first, last in span.ranges],
            }
            for at, span in enumerate(inside)
        ],
        "relations": [
            {"label": one.label, "attributes": one.attributes}
            | {slot: _end(getattr(one, slot), quotes) for slot in ("head", "via", "tail")}
            for one in near[:MOST_RELATIONS]
        ],
    }  # fmt: skip


def _end(end: str | None, quotes: dict[str, tuple[str, str]]) -> dict[str, str] | None:
    """An end as the page shows it: a span's label and words, else its kind."""
    if end is None:
        return None
    if end in quotes:
        label, quote = quotes[end]
        return {"kind": "span", "label": label, "quote": quote}
    return {"kind": end.partition(":")[0]}
