"""Where else do the same words stand, in the articles that a person has open? Shown before anything is labelled."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotations import policy
from annotations.models import AnnotationSet, Label, Project, Span, User
from annotations.queries.rows import SPAN_COLUMNS, span_record
from annotations.records import Range, SpanRecord
from annotations.text.occurrences import occurrences

MOST_SETS = 10
# Words that stand in a text only as parts of longer ones make it no page of its own; so many texts are read for one.
MOST_READ = 60
MOST_CONTEXTS = 3
CONTEXT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What is to stand at every place: a label with its entity, on exactly these words."""

    words: str
    whole: bool
    label: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the words, and what stands there: `free`, `linkable`, `labelled` or `otherwise`."""

    start: int
    end: int
    state: str
    span: SpanRecord | None


def sets_with(project: Project | int, words: str, *, to: User, origin: int, after: int) -> QuerySet[AnnotationSet]:
    """The person's open sets after one, in whose text the words stand in some way; never the one they come from."""
    rows = policy.spreadable_sets(to, project).filter(pk__gt=after, article__text__contains=words).exclude(pk=origin)
    return rows.select_related("article").order_by("pk")


def places_in(text: str, spans: list[SpanRecord], kinds: dict[str, str], model: Model) -> list[Place]:
    """Returns every place of the model's words with what stands exactly there; `kinds` are those of all labels."""
    by_range: defaultdict[Range, list[SpanRecord]] = defaultdict(list)
    for span in spans:
        if len(span.ranges) == 1 and kinds.get(span.label) == kinds.get(model.label):
            by_range[span.ranges[0]].append(span)
    return [
        _place(place, by_range[place], model) for place in occurrences(text, model.words, whole=model.whole)
    ]  # fmt: skip


def _place(place: Range, spans: list[SpanRecord], model: Model) -> Place:
    same = [span for span in spans if span.label == model.label]
    if not same:
        return Place(*place, "otherwise" if spans else "free", None)
    loose = next((span for span in same if span.entity is None), None)
    return Place(*place, "linkable" if loose and model.entity else "labelled", loose)


def spans_by_set(sets: list[AnnotationSet]) -> dict[int, list[SpanRecord]]:
    """Reads the spans of several sets at once."""
    texts = {work.pk: work.article.text for work in sets}
    rows = Span.objects.filter(annotation_set__in=texts).order_by("start", "-end", "uid")
    found: dict[int, list[SpanRecord]] = {pk: [] for pk in texts}
    for pk, *row in rows.values_list("annotation_set", *SPAN_COLUMNS):
        found[pk].append(span_record(tuple(row), texts[pk]))
    return found


def kinds_of(project: Project | int) -> dict[str, str]:
    """Returns the kind of each label of a project."""
    return dict(Label.objects.filter(project=project).values_list("key", "kind"))


def preview(project: Project, model: Model, *, to: User, origin: int, after: int = 0) -> dict[str, Any]:
    """Returns a page of articles with their places of the words; `after` leads to the next one, null at the end."""
    read = list(sets_with(project, model.words, to=to, origin=origin, after=after)[: MOST_READ + 1])
    kinds, spans = kinds_of(project), spans_by_set(read[:MOST_READ])
    found: list[dict[str, Any]] = []
    reached = None
    for work in read[:MOST_READ]:
        if len(found) == MOST_SETS:
            return {"articles": found, "after": reached}
        reached = work.pk
        if places := places_in(work.article.text, spans[work.pk], kinds, model):
            found.append(_article(work, places))
    return {"articles": found, "after": reached if len(read) > MOST_READ else None}


def _article(work: AnnotationSet, places: list[Place]) -> dict[str, Any]:
    counts = {state: sum(place.state == state for place in places) for state in STATES}
    # What would change is shown first.
    shown = sorted(places, key=lambda place: (STATES.index(place.state), place.start))[:MOST_CONTEXTS]
    return {
        "set": work.pk,
        "headline": work.article.headline,
        "counts": counts,
        "contexts": [_context(work.article.text, place) for place in sorted(shown, key=lambda place: place.start)],
    }


STATES = ("free", "linkable", "otherwise", "labelled")


def _context(text: str, place: Place) -> dict[str, str]:
    """Returns the words beside a place, in its paragraph and without half a word at their ends."""
    before = text[max(0, place.start - CONTEXT) : place.start].rpartition("\n")[2]
    after = text[place.end : place.end + CONTEXT].partition("\n")[0]
    if len(before) == CONTEXT:
        before = "…" + before[before.find(" ") + 1 :] if " " in before else "…"
    if len(after) == CONTEXT:
        after = after[: after.rfind(" ") + 1].rstrip() + "…"
    return {"before": before, "words": text[place.start : place.end], "after": after, "state": place.state}
