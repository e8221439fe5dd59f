"""Which annotations of one label does a draft of the scheme affect? Told in groups of like rows, or one by one."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from django.db.models import Count, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from annotations.kinds import ArticleKind, RelationKind
from annotations.kinds.base import SLOTS
from annotations.kinds.draft import DraftLabel
from annotations.kinds.verdicts import Verdicts
from annotations.models import ArticleLabel, Project, Relation, Span
from annotations.queries.gathered import as_text

REMEMBERED = 4096
END_COLUMNS = tuple(f"{slot}_{part}" for slot in SLOTS for part in ("kind", "span__label__key"))


class Hit(NamedTuple):
    """One annotation that is affected: its row and its place."""

    pk: int
    set_id: int
    article_id: int


class Weighing:
    """The annotations of a project that bear one published label. `labels` are the settled ones of a draft."""

    def __init__(
        self, project: Project, before: dict[str, DraftLabel], labels: Sequence[DraftLabel], label: DraftLabel
    ) -> None:
        self.verdicts = Verdicts(before, labels, label)
        self.model: type[Model] = Span
        if isinstance(self.verdicts.old.kind_rule, RelationKind):
            self.model = Relation
        elif isinstance(self.verdicts.old.kind_rule, ArticleKind):
            self.model = ArticleLabel
        self._rows = self.model._default_manager.filter(label__project=project, label__key=label.was).order_by()
        self._seen: dict[tuple[Any, ...], frozenset[str]] = {}

    def groups(self) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yields (how many, article, what they are) of rows that are alike; what is not affected is left out."""
        if self.verdicts.idle:
            return
        rows = self._told().values_list("annotation_set__article", *self._columns)
        for article, *said, n in rows.annotate(n=Count("pk")).iterator(chunk_size=2000):
            if verdict := self._verdict(tuple(said)):
                yield n, article, verdict

    def hits(self, why: str, *, after: int = 0) -> Iterator[Hit]:
        """Yields the annotations of which `why` is true, in the order of their rows, behind the row `after`."""
        place = ("pk", "annotation_set", "annotation_set__article")
        rows = self._told().filter(pk__gt=after).order_by("pk").values_list(*place, *self._columns)
        for pk, set_id, article, *said in rows.iterator(chunk_size=500):
            if why in self._verdict(tuple(said)):
                yield Hit(pk, set_id, article)

    @property
    def _columns(self) -> tuple[str, ...]:
        if self.model is ArticleLabel:
            return ("value", "topic__key", "clashes")
        return ("said", *END_COLUMNS) if self.model is Relation else ("said",)

    def _told(self) -> QuerySet[Any]:
        if self.model is not ArticleLabel:
            return self._rows.annotate(said=as_text("attributes"))
        target = self.verdicts.target
        # Merged, it would have to be what the other label says of the same already.
        same = ArticleLabel.objects.alias(about=Coalesce("topic", 0)).filter(
            annotation_set=OuterRef("annotation_set"),
            label__project=OuterRef("label__project"),
            label__key=target.key if target else "",
            about=Coalesce(OuterRef("topic"), 0),
        )
        return self._rows.annotate(clashes=Exists(same.exclude(value=OuterRef("value"))))

    def _verdict(self, said: tuple[Any, ...]) -> frozenset[str]:
        if said not in self._seen:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[said] = self._judge(said)
        return self._seen[said]

    def _judge(self, said: tuple[Any, ...]) -> frozenset[str]:
        if self.model is ArticleLabel:
            value, topic, clashes = said
            return self.verdicts.article(value, about_topic=topic is not None, clashes=clashes)
        attributes = msgspec.json.decode(said[0])
        if self.model is Relation:
            return self.verdicts.relation(attributes, list(zip(said[1::2], said[2::2], strict=True)))
        return self.verdicts.span(attributes)
