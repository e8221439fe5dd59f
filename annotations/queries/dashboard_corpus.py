"""What has been annotated? Spans by label, entities that are spoken of, claims and relations."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from annotations.models import ArticleLabel, Entity, Label, LabelKind, Relation, Span
from annotations.queries.dashboard import Scope

FIRST_ENTITIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelCount:
    """A label, and how often it was given."""

    label: Label
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What stands in the counted sets. `whose` says whose they are, `sets` how many.

    `labels` holds every label that was given, most often first; `entities` those most often linked to; `linked`
    counts mentions with an entity, `distinct` the entities; `kinds` counts spans and relations by kind of label.
    """

    whose: str
    sets: int
    labels: list[LabelCount]
    kinds: dict[str, int]
    linked: int
    distinct: int
    entities: list[dict[str, Any]]

    @property
    def span_labels(self) -> list[LabelCount]:
        """The labels of spans among them."""
        return [one for one in self.labels if one.label.kind in SPAN_KINDS]

    @property
    def spans(self) -> int:
        """How many spans there are."""
        return sum(self.kinds.get(kind, 0) for kind in SPAN_KINDS)


SPAN_KINDS = (LabelKind.ENTITY, LabelKind.CLAIM, LabelKind.CUE, LabelKind.EXPRESSION)


def load_corpus(scope: Scope) -> Corpus:
    """Counts what the scope's sets say."""
    whose, sets = scope.corpus()
    pks = sets.values("pk")
    counts, linked = _spans(pks)
    for model in (Relation, ArticleLabel):
        rows = model.objects.filter(annotation_set__in=pks).order_by().values_list("label")
        counts |= dict(rows.annotate(n=Count("pk")))
    labels = [LabelCount(label=label, count=counts[label.pk]) for label in Label.objects.filter(pk__in=counts)]
    kinds: dict[str, int] = {}
    for one in labels:
        kinds[one.label.kind] = kinds.get(one.label.kind, 0) + one.count
    return Corpus(
        whose=whose, sets=sets.count(), labels=sorted(labels, key=lambda one: -one.count), kinds=kinds,
        linked=linked.total(), distinct=len(linked), entities=_entities(linked),
    )  # fmt: skip


def _spans(sets: QuerySet[Any]) -> tuple[Counter[int], Counter[int]]:
    """Counts spans by label and those with an entity by it, in one go: they are by far the most rows."""
    labels, entities = Counter[int](), Counter[int]()
    rows = Span.objects.filter(annotation_set__in=sets).order_by().values_list("label", "entity")
    for label, entity, n in rows.annotate(n=Count("pk")):
        labels[label] += n
        if entity is not None:
            entities[entity] += n
    return labels, entities


def _entities(mentions: dict[int, int]) -> list[dict[str, Any]]:
    first = sorted(mentions, key=lambda pk: (-mentions[pk], pk))[:FIRST_ENTITIES]
    found = Entity.objects.in_bulk(first)
    return [
        {"key": found[pk].key, "label": found[pk].label_key, "name": found[pk].name, "mentions": mentions[pk]}
        for pk in first
    ]
