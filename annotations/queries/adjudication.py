"""How far is the adjudication of one article? Its finished sets, aligned, beside the gold set and what was decided."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from annotations.adjudication.align import Decided, align
from annotations.adjudication.case import Case, Gold, Origin
from annotations.adjudication.units import Kinds, Member, digest
from annotations.models import AnnotationSet, Article, Project, Provenance, SetKind, Verdict
from annotations.queries.agreement import label_kinds
from annotations.queries.records import records_on
from annotations.queries.selection import Selection
from annotations.records import AnnotationSetRecord, Record
from annotations.states import FINISHED, HOLDING, OPEN

SETS = (SetKind.ANNOTATOR, SetKind.GOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that adjudicating one article takes.

    `numbers` gives each annotator's set, by its id, the number it bears here: shuffled by article, so that nobody is
    «the first» everywhere. `missing` are the numbers of those who hold the article and have not handed in.
    """

    project: Project
    article: Article
    record: Record
    works: tuple[AnnotationSetRecord, ...]
    gold: AnnotationSet | None
    case: Case
    verdicts: dict[str, Verdict]
    numbers: dict[str, int]
    missing: tuple[int, ...]

    @property
    def seen(self) -> str:
        """Changes when a set is handed in or taken back, or says something else."""
        units = sorted([unit.key, unit.fingerprint] for unit in self.case.alignment.units)
        return digest([sorted(work.id for work in self.works), units])


def selection_of(project: Project) -> Selection:
    """Returns the sets that adjudication reads: annotators' and gold."""
    return Selection(project=project, kinds=SETS)


def load_dossier(project: Project, article: Article) -> Dossier | None:
    """Reads the adjudication of one article; None where nobody works on it."""
    record = records_on(selection_of(project), [article.pk]).get(article.pk)
    if record is None:
        return None
    gold = AnnotationSet.objects.filter(project=project, article=article, kind=SetKind.GOLD, pseudonym="").first()
    verdicts = {} if gold is None else {row.unit: row for row in Verdict.objects.filter(gold=gold)}
    case = case_of(record, label_kinds(project), verdicts=verdicts.values(), origins=origins_of(gold))
    numbers = numbered(record)
    return Dossier(
        project=project, article=article, record=record, works=finished(record), gold=gold, case=case,
        verdicts=verdicts, numbers=numbers, missing=missing(record, numbers),
    )  # fmt: skip


def finished(record: Record) -> tuple[AnnotationSetRecord, ...]:
    """Returns the annotators' sets that are handed in."""
    return tuple(w for w in record.annotation_sets if w.kind == SetKind.ANNOTATOR and w.status in FINISHED)


def case_of(
    record: Record, kinds: Kinds, *, verdicts: Iterable[Verdict] = (), origins: dict[str, Origin] | None = None
) -> Case:
    """Aligns the finished sets of a record, and puts them beside its gold set."""
    gold = next((w for w in record.annotation_sets if w.kind == SetKind.GOLD and not w.annotator), None)
    standing = Gold(origins=origins or {})
    if gold is not None:
        standing.spans = {span.id: span for span in gold.spans}
        standing.relations = {relation.id: relation for relation in gold.relations}
        standing.labels = {(said.label, said.topic): said for said in gold.labels}
    return Case(align(finished(record), kinds, [decided(verdict) for verdict in verdicts]), standing)


def decided(verdict: Verdict) -> Decided:
    """Returns a stored decision as aligning reads it."""
    chosen = verdict.chosen
    return Decided(
        unit=verdict.unit, noun=chosen["noun"], group=chosen["group"], candidates=tuple(verdict.candidates),
        taken=tuple(chosen["taken"]), own=chosen["own"],
    )  # fmt: skip


def origins_of(gold: AnnotationSet | None) -> dict[str, Origin]:
    """Returns where each annotation of a gold set comes from."""
    if gold is None:
        return {}
    rows = Provenance.objects.filter(gold=gold).values_list("uid", "sources", "verdict__unit")
    return {uid: Origin(frozenset(Member(*source) for source in sources), unit) for uid, sources, unit in rows}


def numbered(record: Record) -> dict[str, int]:
    """Numbers the annotators' sets of an article that hold a slot, in an order that tells nothing."""
    holding = [w.id for w in record.annotation_sets if w.kind == SetKind.ANNOTATOR and w.status in HOLDING]
    shuffled = sorted(holding, key=lambda uid: hashlib.sha256(f"{record.id} {uid}".encode()).digest())
    return {uid: at for at, uid in enumerate(shuffled, start=1)}


def missing(record: Record, numbers: dict[str, int]) -> tuple[int, ...]:
    """Returns the numbers of those who have begun or been given the article and not handed it in."""
    waiting = [w.id for w in record.annotation_sets if w.kind == SetKind.ANNOTATOR and w.status in OPEN]
    return tuple(sorted(numbers[uid] for uid in waiting))
