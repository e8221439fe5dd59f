"""What does a draft of the scheme mean for what bears one label? Told in groups of like rows, or row by row."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from django.db.models import Count, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from annotations.kinds import ArticleKind, RelationKind
from annotations.kinds.base import SLOTS
from annotations.kinds.draft import DraftLabel
from annotations.kinds.scheme import LabelRule
from annotations.models import ArticleLabel, Project, Relation, Span
from annotations.queries.records import as_text

GONE = "gone"
INVALID, ENDS, MISSING, REFUSED = "invalid", "ends", "missing", "refused"
VERDICTS = (GONE, INVALID, ENDS, MISSING, REFUSED)
# What the judgement looks at; what else changes (titles, colours, keys, order) touches no annotation.
WEIGHTY = {"attributes", "ends"}
END_COLUMNS = tuple(f"{slot}_{part}" for slot in SLOTS for part in ("kind", "span__label__key"))


class Hit(NamedTuple):
    """One annotation that is affected: its row and its place."""

    pk: int
    set_id: int
    article_id: int


class Weighing:
    """The annotations that bear one published label, judged by the rules that hold and by those of a draft.

    A label that is merged is judged by the rules of the label it is merged into. `labels` are settled.
    """

    def __init__(
        self, project: Project, before: dict[str, DraftLabel], labels: Sequence[DraftLabel], label: DraftLabel
    ) -> None:
        stored, by_key = before[label.was], {one.key: one for one in labels}
        self.target = by_key.get(label.into) if label.into else None
        self.gone = not label.active and stored.active
        self.old, self.new = stored.rule(), (self.target or label).rule()
        self._kinds = {key: one.kind for key, one in before.items()}
        self._becomes = {one.was: one.into or one.key for one in labels if one.was}
        self._seen: dict[tuple[Any, ...], frozenset[str]] = {}
        self.model: type[Model] = Span
        if isinstance(self.old.kind_rule, RelationKind):
            self.model = Relation
        elif isinstance(self.old.kind_rule, ArticleKind):
            self.model = ArticleLabel
        self._changed = self.target is not None or self.old.schema != self.new.schema or self._requires_more()
        self._changed |= self.old.ends != self.new.ends
        self._rows = self.model._default_manager.filter(label__project=project, label__key=label.was).order_by()

    def groups(self) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yields (how many, article, what they are) for rows that are alike; what is not affected is left out."""
        if not self.gone and not self._changed:
            return
        rows = self._told().values_list("annotation_set__article", *self._columns)
        for article, *said, n in rows.annotate(n=Count("pk")).iterator(chunk_size=2000):
            if verdict := self._verdict(tuple(said)):
                yield n, article, verdict

    def hits(self, why: str, *, after: int = 0) -> Iterator[Hit]:
        """Yields the annotations of which `why` is true, in the order of their rows, behind the row `after`."""
        named = ("pk", "annotation_set", "annotation_set__article")
        rows = self._told().filter(pk__gt=after).order_by("pk").values_list(*named, *self._columns)
        for pk, set_id, article, *said in rows.iterator(chunk_size=500):
            verdict = self._verdict(tuple(said))
            if why in verdict:
                yield Hit(pk, set_id, article)

    @property
    def _columns(self) -> tuple[str, ...]:
        if self.model is ArticleLabel:
            return ("value", "topic__key", "clashes")
        return ("said", *END_COLUMNS) if self.model is Relation else ("said",)

    def _told(self) -> QuerySet[Any]:
        if self.model is not ArticleLabel:
            return self._rows.annotate(said=as_text("attributes"))
        # Merged, it would have to be what the other label says of the same already.
        same = ArticleLabel.objects.alias(about=Coalesce("topic", 0)).filter(
            annotation_set=OuterRef("annotation_set"),
            label__project=OuterRef("label__project"),
            label__key=self.target.key if self.target else "",
            about=Coalesce(OuterRef("topic"), 0),
        )
        return self._rows.annotate(clashes=Exists(same.exclude(value=OuterRef("value"))))

    def _verdict(self, said: tuple[Any, ...]) -> frozenset[str]:
        if said not in self._seen:
            if len(self._seen) > 4096:
                self._seen.clear()
            self._seen[said] = frozenset(self._judge(said))
        return self._seen[said]

    def _judge(self, said: tuple[Any, ...]) -> Iterator[str]:
        if self.gone:
            yield GONE
            if self.target is None:
                return
        if self.model is ArticleLabel:
            value, topic, clashes = said
            fits = [self._takes(rule, value, topic) for rule in (self.old, self.new)]
            yield from self._fitting(*fits, name=INVALID, clash=clashes)
            return
        attributes = msgspec.json.decode(said[0])
        fits = [rule.attribute_problem(attributes) is None for rule in (self.old, self.new)]
        yield from self._fitting(*fits, name=INVALID)
        if self.target is None and self._lacks(self.new, attributes) and not self._lacks(self.old, attributes):
            yield MISSING
        if self.model is Relation:
            fits = [self._allows(self.old, said[1:], {}), self._allows(self.new, said[1:], self._becomes)]
            yield from self._fitting(*fits, name=ENDS)

    def _fitting(self, before: bool, after: bool, *, name: str, clash: bool = False) -> Iterator[str]:
        if self.target is not None:
            if not after or clash:
                yield REFUSED
        elif before and not after:
            yield name

    def _allows(self, rule: LabelRule, ends: Sequence[str], becomes: dict[str, str]) -> bool:
        """Whether a relation's ends may stand where they stand; `ends` are kind and label of each slot."""
        for at, slot in enumerate(SLOTS):
            kind, label = ends[2 * at : 2 * at + 2]
            if not kind:
                continue  # only the middle may be empty
            names = {becomes.get(label, label), f"@{self._kinds[label]}"} if kind == "span" else {f"@{kind}"}
            if not names & set(rule.ends.get(slot, [])):
                return False
        return True

    def _takes(self, rule: LabelRule, value: str, topic: str | None) -> bool:
        values, about_topic = rule.attributes.get("values"), rule.attributes.get("topic")
        return (not values or value in values) and (about_topic is None or about_topic == (topic is not None))

    def _requires_more(self) -> bool:
        return bool(set(self.new.attributes.get("required") or []) - set(self.old.attributes.get("required") or []))

    def _lacks(self, rule: LabelRule, attributes: dict[str, Any]) -> bool:
        return bool(set(rule.attributes.get("required") or []) - set(attributes))
