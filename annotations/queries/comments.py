"""What is said about a set, as its reader sees it? Threads with their subject, what is new, who spoke last."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet

from annotations import policy
from annotations.edits import operations_from_builtins
from annotations.kinds.state import SetState
from annotations.models import AnnotationSet, Comment, ReadMark, Revision, Role, User
from annotations.queries.current import DatabaseCurrent
from annotations.queries.history_people import called
from annotations.queries.mentions import addressees
from annotations.queries.texts import article_text
from annotations.records import RelationRecord, SpanRecord

LONGEST_QUOTE = 300
MOST_ON_PAGE = 500


def comments_of(annotation_set: AnnotationSet) -> QuerySet[Comment]:
    """Returns what a reader of the set sees of its comments; the set itself must have come through the policy."""
    rows = Comment.objects.filter(annotation_set=annotation_set).shown()
    return rows.select_related("author", "resolved_by", "parent")


def read_up_to(user: User, annotation_set: AnnotationSet) -> int:
    """Returns the primary key of the last comment that the person has read there, 0 for none."""
    mark = ReadMark.objects.filter(user=user, annotation_set=annotation_set).values_list("upto", flat=True).first()
    return mark or 0


def comment_data(comment: Comment, annotation_set: AnnotationSet, *, reader: User, upto: int) -> dict[str, Any]:
    """Returns a comment as the API and the page give it to one reader; the words of a deleted one are gone."""
    deleted = comment.deleted_at is not None
    return {
        "id": comment.uid,
        "parent": comment.parent.uid if comment.parent else None,
        "span": comment.span_uid,
        "relation": comment.relation_uid,
        "about": comment.about,
        "author": None if deleted else called(comment.author, annotation_set, reader=reader),
        "mine": comment.author_id == reader.pk,
        "text": "" if deleted else comment.text,
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "resolved_at": comment.resolved_at,
        "resolved_by": called(comment.resolved_by, annotation_set, reader=reader) if comment.resolved_at else None,
        "deleted": deleted,
        "unread": comment.pk > upto and comment.author_id != reader.pk,
    }


def talk_of(annotation_set: AnnotationSet, reader: User) -> dict[str, Any]:
    """Returns what the workspace shows: the newest comments in the order they were made, and what the reader may do."""
    upto = read_up_to(reader, annotation_set)
    rows = list(comments_of(annotation_set).order_by("-id")[:MOST_ON_PAGE])
    return {
        "me": reader.pk,
        "comments": [comment_data(row, annotation_set, reader=reader, upto=upto) for row in reversed(rows)],
        "people": [{"name": one.name, "title": one.title} for one in addressees(annotation_set, reader=reader)],
        "resolves": policy.may_resolve(reader, annotation_set),
        "manages": policy.role_in(reader, annotation_set.project) == Role.MANAGER,
    }


def last_words(sets: Iterable[AnnotationSet], *, to: User) -> dict[int, Comment]:
    """Returns the last comment that somebody else made on each of these sets, by the set's primary key."""
    rows = Comment.objects.filter(annotation_set__in=[one.pk for one in sets], deleted_at=None).exclude(author=to)
    newest = rows.order_by().values("annotation_set").annotate(last=Max("pk")).values("last")
    return {row.annotation_set_id: row for row in Comment.objects.filter(pk__in=newest).select_related("author")}


def subject(annotation_set: AnnotationSet, *, span: str | None, relation: str | None) -> dict[str, Any] | None:
    """Returns what a thread is about, as it stands now or stood before it was deleted; None if it never was there.

    A span: `label` and `quote`. A relation: `label`, `polarity`, and `head`, `via`, `tail`, each with its `end` as
    in a record and, for a span, its `label` and `quote`. The article: nothing.
    """
    if span is None and relation is None:
        return {}
    article = annotation_set.article
    known = DatabaseCurrent(annotation_set.pk, article_text(article.pk, article.text_sha256))
    told = _described(known, span, relation)
    return told or _described(_History(annotation_set), span, relation)


class _History:
    """Every span and relation that a set ever held, as each was last: its revisions replayed."""

    def __init__(self, annotation_set: AnnotationSet) -> None:
        self.spans: dict[str, SpanRecord] = {}
        self.relations: dict[str, RelationRecord] = {}
        state = SetState()
        rows = Revision.objects.filter(annotation_set=annotation_set).order_by("version")
        for operations in rows.values_list("operations", flat=True).iterator():
            for operation in operations_from_builtins(operations):
                state.apply(operation)
                uid = getattr(operation, "id", None)
                if uid in state.spans:
                    self.spans[uid] = state.spans[uid]
                elif uid in state.relations:
                    self.relations[uid] = state.relations[uid]

    def span(self, uid: str) -> SpanRecord | None:
        """Returns a span by id."""
        return self.spans.get(uid)

    def relation(self, uid: str) -> RelationRecord | None:
        """Returns a relation by id."""
        return self.relations.get(uid)


def _described(known: DatabaseCurrent | _History, span: str | None, relation: str | None) -> dict[str, Any] | None:
    if span is not None:
        found = known.span(span)
        return {"label": found.label, "quote": _short(found.quote)} if found else None
    row = known.relation(relation or "")
    if row is None:
        return None
    ends = {slot: _end(known, end) for slot, end in (("head", row.head), ("via", row.via), ("tail", row.tail))}
    return {"label": row.label, "polarity": row.attributes.get("polarity"), **ends}


def _end(known: DatabaseCurrent | _History, end: str | None) -> dict[str, Any] | None:
    if end is None:
        return None
    span = known.span(end)
    return {"end": end, "label": span.label, "quote": _short(span.quote)} if span else {"end": end}


def _short(quote: str) -> str:
    return quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…"
