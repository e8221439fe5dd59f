"""An article that several annotators have handed in, and who adjudicates it: what tests of adjudication begin with."""

import uuid
from typing import Any

import msgspec

from annotations.actions import adjudication as actions
from annotations.actions.adjudication import Said
from annotations.actions.assignments import assign, submit
from annotations.adjudication.units import Unit
from annotations.models import AdjudicationStep, AnnotationSet, Article, SetKind, User
from annotations.queries.adjudication import Dossier, load_dossier
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of
from tests.factories import EMOJI_TEXT as TEXT
from tests.factories import Cast, make_article, op, perform, span_op, uid


class Table:
    """An article that several annotators have handed in, and a reviewer at work on it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.project, self.by = cast, cast.project, cast.reviewer
        self.article = make_article(cast.project, TEXT)
        self.article = Article.objects.get(pk=self.article.pk)

    def hand_in(self, person: User, *operations: dict[str, Any]) -> AnnotationSet:
        work = assign(self.project, self.article, annotator=person)
        outcome = perform(work, *operations)
        assert {result.status for result in outcome.results} <= {"ok"}
        return submit(work, by=person)

    @property
    def dossier(self) -> Dossier:
        found = load_dossier(self.project, self.article)
        assert found is not None
        return found

    @property
    def gold(self) -> AnnotationSet:
        return AnnotationSet.objects.select_related("article").get(project=self.project, kind=SetKind.GOLD)

    def unit(self, kind: str, at: int = 0) -> Unit:
        return [unit for unit in self.dossier.case.alignment.units if unit.kind == kind][at]

    def decide(self, unit: Unit, *take: int, by: User | None = None, step: str | None = None, **more: Any) -> str:
        taken = tuple(unit.candidates[at].key for at in take)
        said = Said(unit=unit.key, seen=unit.fingerprint, take=taken, **more)
        return actions.decide(self.project, self.article, said, by=by or self.by, step=step or str(uuid.uuid4())).uid

    def accept(self, by: User | None = None) -> AdjudicationStep:
        return actions.accept_agreed(self.project, self.article, by=by or self.by, step=str(uuid.uuid4()))

    def undo(self, step: str | None = None, by: User | None = None) -> None:
        actions.undo(self.project, self.article, by=by or self.by, step=step)

    def standing(self) -> Any:
        found = spans_of(self.gold), relations_of(self.gold), labels_of(self.gold)
        return msgspec.to_builtins(found)

    def quotes(self) -> list[tuple[str, str]]:
        return [(span.label, span.quote) for span in spans_of(self.gold)]


def laid_table(cast: Cast) -> Table:
    """Two agree on a name; they differ in a boundary, a label, a missing span, a polarity and the category."""
    table = Table(cast)
    for person, north, oil, polarity, category in (
        (cast.annotator, "کره شمالی", "PRO", "FAVOR", "economy"),
        (cast.annotator2, "شمالی", "ORG", "AGAINST", "society"),
    ):
        kim, russia = span_op(TEXT, "کیم جونگ اون"), span_op(TEXT, "روسیه", "LOC")
        stance = op(
            "relation.create", id=uid(), label="stance", head=kim["id"], via=None, tail=russia["id"],
            attributes={"polarity": polarity},
        )  # fmt: skip
        extra = [span_op(TEXT, "تهران", "LOC")] if person == cast.annotator else []
        spans = [kim, russia, span_op(TEXT, north, "LOC"), span_op(TEXT, "صادرات نفت", oil), *extra]
        table.hand_in(person, *spans, stance, op("label.set", label="category", value=category))
    return table
