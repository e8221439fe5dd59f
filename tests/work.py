"""Work at a given moment: sets in any state, handed in or gold on a day, with their minutes and what they say."""

import itertools
from datetime import UTC, datetime, timedelta

from annotations.models import (
    AnnotationSet,
    Article,
    Label,
    Project,
    Relation,
    SetKind,
    Source,
    Span,
    StatusChange,
    User,
    Visit,
)
from annotations.models.fields import new_uid
from annotations.states import FINISHED
from tests.factories import make_article

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday, ۴ آذر ۱۴۰۵
_numbers = itertools.count(1)


def article_of(project: Project, *, source: str = "") -> Article:
    """Adds an article, of an outlet where one is named."""
    made = make_article(project, f"خبر {next(_numbers)}: کیم جونگ اون در تهران به تاس گفت.")
    if source:
        made.source = Source.objects.get_or_create(name=source)[0]
        made.save()
    return made


def work_of(
    project: Project, person: User, article: Article, status: str, *, days_ago: float = 0, minutes: float = 0
) -> AnnotationSet:
    """Gives a person a set in a state; handed in, it was so many days before NOON."""
    at = NOON - timedelta(days=days_ago)
    made = AnnotationSet.objects.create(
        project=project, article=article, annotator=person, pseudonym=f"p-{person.username}", status=status,
        submitted_at=at if status in FINISHED else None, updated_at=at,
    )  # fmt: skip
    if minutes:
        Visit.objects.create(uid=new_uid(), user=person, annotation_set=made, seconds=round(60 * minutes))
    return made


def gold_of(project: Project, article: Article, *, by: User, days_ago: float = 0) -> AnnotationSet:
    """Makes an article gold so many days before NOON."""
    at = NOON - timedelta(days=days_ago)
    made = AnnotationSet.objects.create(
        project=project, article=article, kind=SetKind.GOLD, status="accepted", updated_at=NOON
    )
    StatusChange.objects.create(
        annotation_set=made, transition="finish", source="in_progress", target="accepted", actor=by, at=at
    )
    return made


def span_of(work: AnnotationSet, start: int, end: int, label: str = "PER", **fields: object) -> Span:
    """Labels a range of a set's article, past the operations."""
    found = Label.objects.get(project=work.project, key=label)
    return Span.objects.create(annotation_set=work, uid=new_uid(), label=found, start=start, end=end, **fields)


def stance_of(work: AnnotationSet, polarity: str = "FAVOR", **ends: object) -> Relation:
    """Adds a stance with these ends, past the operations."""
    found = Label.objects.get(project=work.project, key="stance")
    return Relation.objects.create(
        annotation_set=work, uid=new_uid(), label=found, attributes={"polarity": polarity}, **ends
    )
