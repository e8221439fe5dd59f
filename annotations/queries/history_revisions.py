"""What did the revisions of a page do? Told by replaying their sets; which of them are imports or parts of a step."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from annotations.edits import AnyOperation, operations_from_builtins
from annotations.kinds.difference import Changed, changed_by
from annotations.kinds.state import SetState
from annotations.models import AnnotationSet, Revision, RevisionStep, SetKind
from annotations.queries.sentences import Phrase, Sentences, entities_named
from annotations.records import RelationRecord, SpanRecord

Versions = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """The revision with which a set came in whole: its primary key, how many operations it holds, where it is from."""

    pk: int
    n: int
    carried: bool


def arrivals_in(sets: Sequence[AnnotationSet]) -> dict[int, Arrival]:
    """Returns the first revisions that are imports or were carried over, by set.

    An edit is one operation of whoever may edit the set; whatever else came first came in from outside.
    """
    by_id = {work.pk: work for work in sets}
    firsts = Revision.objects.filter(annotation_set__in=by_id, version=1)
    carried = _carried(sets)
    found = {}
    for pk, set_id, actor, operations in firsts.values_list("pk", "annotation_set_id", "actor_id", "operations"):
        work = by_id[set_id]
        edited = work.kind == SetKind.GOLD or (work.kind == SetKind.ANNOTATOR and actor == work.annotator_id)
        if len(operations) != 1 or not edited:
            found[set_id] = Arrival(pk, len(operations), set_id in carried)
    return found


def _carried(sets: Sequence[AnnotationSet]) -> set[int]:
    """Returns the sets that have a forerunner on the version their article corrects."""
    corrected = [work for work in sets if work.article.supersedes_id]
    if not corrected:
        return set()
    before = AnnotationSet.objects.filter(article__in={work.article.supersedes_id for work in corrected})
    known = set(before.values_list("project_id", "article_id", "kind", "pseudonym"))
    return {
        work.pk for work in corrected
        if (work.project_id, work.article.supersedes_id, work.kind, work.pseudonym) in known
    }  # fmt: skip


def steps_in(versions: Versions) -> dict[tuple[int, int], RevisionStep]:
    """Returns the steps that (set, version) pairs belong to; those of no step are left out."""
    by_set = _by_set(versions)
    if not by_set:
        return {}
    near = Q()
    for set_id, wanted in by_set.items():
        near |= Q(annotation_set=set_id, first__lte=max(wanted), last__gte=min(wanted))
    return {
        (step.annotation_set_id, version): step
        for step in RevisionStep.objects.filter(near)
        for version in by_set[step.annotation_set_id]
        if step.first <= version <= step.last
    }


def tell(
    versions: Versions, sets: Mapping[int, AnnotationSet], sentences: Mapping[int, Sentences]
) -> dict[tuple[int, int], list[Phrase]]:
    """Says what the revisions of (set, version) pairs did: one query, a replay of each set up to its last version."""
    by_set = _by_set(versions)
    if not by_set:
        return {}
    upto = Q()
    for set_id, wanted in by_set.items():
        upto |= Q(annotation_set=set_id, version__lte=max(wanted))
    rows = Revision.objects.filter(upto).order_by("annotation_set_id", "version")
    made: list[tuple[int, int, list[_Done]]] = []
    state, at = SetState(), 0
    for set_id, version, stored in rows.values_list("annotation_set_id", "version", "operations").iterator():
        state, at = (state, at) if set_id == at else (SetState(), set_id)
        operations = operations_from_builtins(stored)
        if version in by_set[set_id]:
            made.append((set_id, version, list(_replayed(operations, state))))
            continue
        for operation in operations:
            state.apply(operation)
    for project, said in sentences.items():
        of_project = [one for set_id, _v, done in made if sets[set_id].project_id == project for one in done]
        said.learn_entities(entities_named([one.changed for one in of_project if one.changed]))
    return {
        (set_id, version): [phrase for one in done for phrase in one.said(sentences[sets[set_id].project_id])]
        for set_id, version, done in made
    }


@dataclass(frozen=True, slots=True)
class _Done:
    """An operation, what it changed, and the spans that its relation joins, as they stood then."""

    operation: AnyOperation
    changed: Changed | None
    joined: Mapping[str, SpanRecord]

    def said(self, sentences: Sentences) -> list[Phrase]:
        """Says it in words."""
        if self.changed is None:
            return sentences.of_entity(self.operation)
        return sentences.of_change(self.changed, self.joined.get)


def _replayed(operations: Iterable[AnyOperation], state: SetState) -> Iterator[_Done]:
    for operation in operations:
        changed = changed_by(operation, state)
        yield _Done(operation, changed, _joined(changed, state.spans))


def _joined(changed: Changed | None, spans: Mapping[str, SpanRecord]) -> Mapping[str, SpanRecord]:
    """Returns the spans at the ends of a relation that changed."""
    if changed is None:
        return {}
    rows = [row for row in (changed.before, changed.after) if isinstance(row, RelationRecord)]
    ends = {end for row in rows for end in (row.head, row.via, row.tail) if end}
    return {end: spans[end] for end in ends if end in spans}


def _by_set(versions: Versions) -> dict[int, set[int]]:
    by_set: defaultdict[int, set[int]] = defaultdict(set)
    for set_id, version in versions:
        by_set[set_id].add(version)
    return by_set
