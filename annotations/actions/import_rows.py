"""How are checked records written? Each table of a batch in one go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from annotations.actions.article_agreement import keep_agreement
from annotations.actions.bulk import as_json, insert_rows, insert_unsaved
from annotations.actions.rows import slot_columns
from annotations.actions.slots import count_taken
from annotations.edits import AnyOperation, encode_operations
from annotations.kinds.base import SLOTS
from annotations.kinds.state import SetState
from annotations.kinds.wording import words_hash
from annotations.models import (
    AnnotationSet,
    Article,
    ArticleLabel,
    Project,
    ProjectArticle,
    Provenance,
    Relation,
    Revision,
    SetKind,
    Source,
    Span,
    Uncarried,
    User,
)
from annotations.models.fields import new_uid
from annotations.queries.scheme import ProjectScheme
from annotations.records import ProvenanceRecord, RelationRecord, SourceRecord
from annotations.states import FINISHED


@dataclass(slots=True)
class PreparedSet:
    """An annotation set that has been judged: its row, its state and the operations that led there."""

    row: AnnotationSet
    state: SetState
    operations: list[AnyOperation]
    uncarried: list[Uncarried] = field(default_factory=list)
    provenance: tuple[ProvenanceRecord, ...] = ()


@dataclass(slots=True)
class Prepared:
    """A record that can be stored: its article (new or found) and its sets.

    `later` is the version of its page that is here already and was published after it; `uncertainty` is how unsure a
    program was of it, where the file says so.
    """

    article: Article
    is_new: bool
    in_project: bool
    source: SourceRecord | None
    sets: list[PreparedSet] = field(default_factory=list)
    later: Article | None = None
    uncertainty: float | None = None


def write_batch(batch: Sequence[Prepared], *, project: Project, scheme: ProjectScheme, by: User | None) -> list[int]:
    """Writes checked records and returns the ids of their articles, in order."""
    _write_articles([prepared for prepared in batch if prepared.is_new])
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    insert_rows(
        ProjectArticle,
        ("project_id", "article_id", "added_at"),
        [(project.pk, prepared.article.pk, now) for prepared in batch if not prepared.in_project],
    )
    come = [one for one in batch if not one.in_project]
    _note_superseded(project, [one.article.pk for one in come if not one.is_new or one.article.supersedes_id])
    _note_uncertainty(project, {one.article.pk: one.uncertainty for one in batch if one.uncertainty is not None})
    works = [work for prepared in batch for work in prepared.sets]
    for work in works:
        work.row.article_id = work.row.article.pk
    _write_sets(project, [work.row for work in works])
    count_taken(project.pk, {work.row.article_id for work in works if work.row.kind == SetKind.ANNOTATOR})
    insert_rows(
        Revision,
        ("annotation_set_id", "version", "op_id", "actor_id", "created_at", "operations"),
        [(work.row.pk, 1, new_uid(), by and by.pk, now, encode_operations(work.operations)) for work in works],
    )
    _write_spans(works, scheme)
    finished = [w.row for w in works if w.row.kind == SetKind.ANNOTATOR and w.row.status in FINISHED]
    if finished:
        keep_agreement(project, {row.article_id for row in finished})
    _write_uncarried(works)
    Provenance.objects.bulk_create(
        Provenance(gold_id=work.row.pk, uid=one.id, sources=[list(source) for source in one.sources])
        for work in works
        for one in work.provenance
    )
    return [prepared.article.pk for prepared in batch]


def _note_superseded(project: Project, come: Sequence[int]) -> None:
    """Numbers the sets on what these articles supersede anew: a pull of current articles leaves them out by now."""
    if not come:
        return
    earlier = Article.objects.filter(pk__in=come, supersedes__isnull=False)
    rows = AnnotationSet.objects.filter(project=project, article__in=earlier.order_by().values("supersedes"))
    # Locked in the order in which all lock sets; the database gives the number, whatever is written.
    if locked := list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)):
        AnnotationSet.objects.filter(pk__in=locked).update(version=F("version"))


def _note_uncertainty(project: Project, found: dict[int, float]) -> None:
    """Keeps how unsure a program was of articles, and has the queue rank them anew."""
    places = list(ProjectArticle.objects.filter(project=project, article__in=found)) if found else []
    for place in places:
        place.uncertainty, place.rank = found[place.article_id], None
    ProjectArticle.objects.bulk_update(places, ["uncertainty", "rank"])


def _write_articles(batch: Sequence[Prepared]) -> None:
    wanted = {prepared.source.name: prepared.source for prepared in batch if prepared.source}
    sources = _sources(wanted)
    for prepared in batch:
        prepared.article.source = sources[prepared.source.name] if prepared.source else None
        prepared.article.created_at = timezone.now()
    waiting = [prepared.article for prepared in batch]
    while waiting:  # what supersedes an article of the same batch comes after it
        ready = [article for article in waiting if article.supersedes is None or article.supersedes.pk]
        for article in ready:
            article.supersedes_id = article.supersedes.pk if article.supersedes else None
        insert_unsaved(Article, ready)
        waiting = [article for article in waiting if article.pk is None]


def _write_sets(project: Project, rows: Sequence[AnnotationSet]) -> None:
    insert_unsaved(AnnotationSet, rows, rows_of=AnnotationSet.objects.filter(project=project))


def _write_uncarried(works: Sequence[PreparedSet]) -> None:
    for work in works:
        for row in work.uncarried:
            row.annotation_set_id = work.row.pk
    Uncarried.objects.bulk_create([row for work in works for row in work.uncarried])


def _sources(wanted: dict[str, SourceRecord]) -> dict[str, Source]:
    if not wanted:
        return {}
    Source.objects.bulk_create(
        [Source(name=source.name, domain=source.domain) for source in wanted.values()], ignore_conflicts=True
    )
    return {source.name: source for source in Source.objects.filter(name__in=wanted)}


def _write_spans(works: Sequence[PreparedSet], scheme: ProjectScheme) -> None:
    insert_rows(
        Span,
        ("annotation_set_id", "uid", "label_id", "start", "end", "fragments", "attributes", "entity_id", "words"),
        _span_rows(works, scheme),
    )
    related = [work for work in works if work.state.relations]
    pks: dict[int, dict[str, int]] = {work.row.pk: {} for work in related}
    for set_id, uid, pk in Span.objects.filter(annotation_set__in=pks).values_list("annotation_set_id", "uid", "id"):
        pks[set_id][uid] = pk
    Relation.objects.bulk_create(
        Relation(
            annotation_set_id=work.row.pk, uid=relation.id, label_id=scheme.label_id(relation.label),
            attributes=relation.attributes, **_ends(relation, pks[work.row.pk], scheme),
        )
        for work in related
        for relation in work.state.relations.values()
    )  # fmt: skip
    ArticleLabel.objects.bulk_create(
        ArticleLabel(
            annotation_set_id=work.row.pk, label_id=scheme.label_id(label.label), value=label.value,
            topic_id=scheme.topics[label.topic] if label.topic else None,
        )
        for work in works
        for label in work.state.labels.values()
    )  # fmt: skip


def _span_rows(works: Sequence[PreparedSet], scheme: ProjectScheme) -> Iterator[tuple[Any, ...]]:
    for work in works:
        set_id = work.row.pk
        for span in work.state.spans.values():
            rule, ranges, attributes = scheme.labels[span.label], span.ranges, span.attributes
            yield (
                set_id, span.id, rule.id, ranges[0][0], ranges[-1][1], as_json(ranges) if len(ranges) > 1 else None,
                as_json(attributes) if attributes else "{}", scheme.entities[span.entity] if span.entity else None,
                words_hash(rule, attributes, span.quote),
            )  # fmt: skip


def _ends(relation: RelationRecord, span_ids: dict[str, int], scheme: ProjectScheme) -> dict[str, object]:
    columns: dict[str, object] = {}
    for slot in SLOTS:
        columns |= slot_columns(slot, getattr(relation, slot), span_ids=span_ids, topic_ids=scheme.topics)
    return columns
