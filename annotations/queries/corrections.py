"""What of a set is still to be decided after its article was corrected? Each with its words before and after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from annotations.kinds.base import SLOTS
from annotations.models import AnnotationSet, Article, Decision, Label, Topic, Uncarried
from annotations.queries.sentences import value_title
from annotations.text import kwic

CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a text with what stands around them, an ellipsis where the paragraph goes on; no word is cut."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One annotation to decide on: as it stood, and where it might stand; `label` is None where the scheme lost it.

    A document label stands nowhere: of it `said` is the value, with the title of the topic that it is said of.
    """

    row: Uncarried
    label: Label | None
    was: Excerpt | None
    might_be: Excerpt | None
    said: tuple[str, ...] = ()


def waiting(annotation_set: AnnotationSet) -> list[Waiting]:
    """Returns what of a set is to be decided on; relations follow their spans, those alone stand at the end."""
    rows = list(Uncarried.objects.filter(annotation_set=annotation_set, decision=Decision.OPEN))
    if not rows or (before := annotation_set.article.supersedes_id) is None:
        return []
    article = annotation_set.article
    old = Article.objects.values_list("text", flat=True).get(pk=before)
    labels = {label.key: label for label in Label.objects.filter(project=annotation_set.project_id)}
    topics = dict(Topic.objects.filter(project=annotation_set.project_id).values_list("key", "title_fa"))
    spans = {row.content.get("id") for row in rows if not row.is_relation} - {None}
    alone = [row for row in rows if row.is_relation and not spans & {row.content[slot] for slot in SLOTS}]
    return [
        Waiting(
            row, labels.get(row.content["label"]),
            _excerpt(old, row.content["ranges"]) if "ranges" in row.content else None,
            _excerpt(article.text, row.proposed) if row.proposed else None,
            tuple(_said(row, labels, topics)) if row.is_document_label else (),
        )
        for row in [*(row for row in rows if not row.is_relation), *alone]
    ]  # fmt: skip


def _said(row: Uncarried, labels: Mapping[str, Label], topics: Mapping[str, str]) -> Iterator[str]:
    if (topic := row.content["topic"]) is not None:
        yield topics.get(topic, topic)
    yield value_title(labels.get(row.content["label"]), row.content["value"])


def count_waiting(sets: Iterable[AnnotationSet]) -> dict[int, int]:
    """Returns how many annotations wait for a decision, by the id of their set; sets without any are left out.

    Relations are decided with their spans and count only where no span waits.
    """
    rows = Uncarried.objects.filter(annotation_set__in=list(sets), decision=Decision.OPEN).order_by()
    counted = rows.values_list("annotation_set").annotate(
        spans=Count("pk", filter=Q(is_relation=False)), all=Count("pk")
    )
    return {pk: spans or both for pk, spans, both in counted}


def _excerpt(text: str, ranges: list[list[int]]) -> Excerpt:
    start, end = ranges[0][0], ranges[-1][1]
    around = kwic.row(text, start, end, context=CONTEXT)
    before, after = (text[first:last] for first, last in (around.before, around.after))
    return Excerpt("…" * around.more_before + before, text[start:end], after + "…" * around.more_after)
