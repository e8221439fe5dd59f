"""Is everything as it must be? What constraints can't say is asked here: hashes, ranges, histories."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter

import msgspec
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from annotations.edits import operations_from_builtins
from annotations.kinds.state import SetState, replay
from annotations.models import (
    Analysis,
    AnnotationSet,
    Article,
    ChangeClock,
    Entity,
    ProjectArticle,
    Revision,
    SetKind,
    StatusChange,
)
from annotations.models.clock import ahead
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of
from annotations.states import FINISHED, HOLDING
from annotations.text.freeze import freeze, text_sha256
from annotations.text.names import name_keys
from annotations.text.offsets import OffsetMap


def rebuilt(annotation_set: AnnotationSet) -> SetState:
    """Returns the state that the set's revisions lead to, replayed in their order."""
    revisions = Revision.objects.filter(annotation_set=annotation_set).order_by("version")
    return replay(
        operation
        for operations in revisions.values_list("operations", flat=True).iterator()
        for operation in operations_from_builtins(operations)
    )


def stored_state(annotation_set: AnnotationSet) -> SetState:
    """Returns the state that the set's tables hold."""
    return SetState(
        spans={span.id: span for span in spans_of(annotation_set)},
        relations={relation.id: relation for relation in relations_of(annotation_set)},
        labels={(label.label, label.topic): label for label in labels_of(annotation_set)},
    )


def broken_articles() -> Iterator[tuple[int, str]]:
    """Yields (article id, what is wrong): a text that is not the one of its hash, or not frozen."""
    for pk, text, sha256, length in Article.objects.values_list("pk", "text", "text_sha256", "length").iterator(100):
        if text_sha256(text) != sha256 or len(text) != length:
            yield pk, "the text is not the one its hash was taken of"
        elif freeze(text) != text:
            yield pk, "the text is not frozen"


def broken_analyses() -> Iterator[tuple[int, str]]:
    """Yields (analysis id, what is wrong): an alignment that does not lead from the text to its normalised view."""
    lengths = Article.objects.filter(text_sha256=OuterRef("text_sha256")).values("length")[:1]
    rows = Analysis.objects.annotate(length=Subquery(lengths)).order_by("pk")
    columns = rows.values_list("pk", "normalised", "alignment", "length")
    for pk, view, sections, length in columns.iterator(100):
        try:
            there = OffsetMap.from_sections(sections)
        except (TypeError, ValueError):
            yield pk, "the alignment is none"
            continue
        if there.target_length != len(view) or length not in (None, there.source_length):
            yield pk, "the alignment is one of other texts"


def broken_entities() -> Iterator[tuple[int, str]]:
    """Yields (entity id, what is wrong): a name that a search does not find, or a learned name that is none."""
    rows = Entity.objects.order_by("pk").prefetch_related("keys")
    for entity in rows.iterator(500):
        wanted: set[bytes] = set()
        for name in filter(None, (entity.name, entity.name_en, *entity.aliases)):
            wanted |= set(name_keys(name))
        if {bytes(row.key) for row in entity.keys.all()} != wanted:
            yield entity.pk, "its names are not found by their keys"
        if not set(entity.learned) <= set(entity.aliases):
            yield entity.pk, "a learned name is none of its names"


def broken_sets() -> Iterator[tuple[int, str]]:
    """Yields (set id, what is wrong): spans outside the text, gaps in the history, a state it does not lead to."""
    for work in AnnotationSet.objects.select_related("article").order_by("pk").iterator(20):
        versions = list(Revision.objects.filter(annotation_set=work).values_list("version", flat=True))
        if versions != list(range(1, work.version + 1)):
            yield work.pk, "the history has gaps"
            continue
        stored = stored_state(work)
        if any(end > work.article.length for span in stored.spans.values() for _start, end in span.ranges):
            yield work.pk, "a span lies outside the text"
        try:
            told = rebuilt(work)
        except (KeyError, msgspec.ValidationError) as error:
            yield work.pk, f"the history can't be replayed: {error!r}"
            continue
        if told != stored:
            yield work.pk, "the history does not lead to what the tables hold"


def broken_places() -> Iterator[tuple[int, str]]:
    """Yields (id of an article's place, what is wrong): slots that no sets bear out, agreement that is lacking."""
    held = AnnotationSet.objects.filter(
        project=OuterRef("project"), article=OuterRef("article"), kind=SetKind.ANNOTATOR, status__in=HOLDING
    )
    counted = Coalesce(Subquery(held.order_by().values("article").annotate(n=Count("pk")).values("n")), 0)
    wrong = ProjectArticle.objects.annotate(held=counted).exclude(taken=F("held")).order_by("pk")
    for pk, taken, n in wrong.values_list("pk", "taken", "held").iterator(500):
        yield pk, f"{taken} slots are said to be taken, and {n} sets hold one"
    finished = AnnotationSet.objects.filter(
        project=OuterRef("project"), article=OuterRef("article"), kind=SetKind.ANNOTATOR, status__in=FINISHED
    )
    several = finished.order_by().values("article").annotate(n=Count("pk")).filter(n__gt=1).values("n")
    unmeasured = ProjectArticle.objects.filter(Exists(several), agreement=None).order_by("pk")
    for pk in unmeasured.values_list("pk", flat=True).iterator(500):
        yield pk, "several sets are finished, and how far they agree is not kept: nobody will adjudicate it"


def broken_clock() -> Iterator[tuple[int, str]]:
    """Yields (clock id, what is wrong): changes of sets that bear numbers of another database."""
    if n := ahead(AnnotationSet.objects.all()).count():
        yield ChangeClock.objects.get().pk, f"{n} sets bear numbers that it has not come to; `migrate` mends it"


def broken_chains() -> Iterator[tuple[int, str]]:
    """Yields (set id, what is wrong): changes of status that don't follow on each other or end elsewhere."""
    rows = StatusChange.objects.order_by("annotation_set", "pk").values_list(
        "annotation_set", "annotation_set__status", "source", "target"
    )
    for pk, changes in groupby(rows.iterator(1000), key=itemgetter(0)):
        steps = list(changes)
        if any(step[3] != following[2] for step, following in pairwise(steps)):
            yield pk, "a change of status does not begin where the one before it ended"
        if steps[-1][3] != steps[-1][1]:
            yield pk, f"the status is {steps[-1][1]}, and its changes end in {steps[-1][3]}"
