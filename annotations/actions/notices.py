"""Who is told of what has happened? Written in the transaction of what happened: both or neither."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from annotations import policy
from annotations.actions.turns import write_turn
from annotations.models import (
    AnnotationSet,
    Comment,
    Job,
    JobState,
    Notification,
    NotificationKind,
    Project,
    SetKind,
    StatusChange,
    User,
)
from annotations.queries.mentions import people_called

TOLD_OF = {"return": NotificationKind.RETURNED, "accept": NotificationKind.ACCEPTED}


def tell_of_move(change: StatusChange) -> None:
    """Tells an annotator that somebody returned or accepted their work."""
    work, kind = change.annotation_set, TOLD_OF.get(change.transition)
    if kind is None or work.kind != SetKind.ANNOTATOR or work.annotator_id in (None, change.actor_id):
        return
    Notification.objects.create(
        user_id=work.annotator_id, kind=kind, annotation_set=work, actor=change.actor, data={"note": change.note[:300]}
    )


def tell_of_work(sets: Iterable[AnnotationSet], *, by: User | None) -> None:
    """Tells annotators of work that somebody else gave them: each once, however much it is."""
    given: dict[int, list[AnnotationSet]] = {}
    for work in sets:
        if work.annotator_id is not None and by is not None and work.annotator_id != by.pk:
            given.setdefault(work.annotator_id, []).append(work)
    Notification.objects.bulk_create(
        Notification(
            user_id=user, kind=NotificationKind.ASSIGNED, annotation_set=works[0], actor=by, data={"sets": len(works)}
        )
        for user, works in given.items()
    )


def tell_of_comment(comment: Comment, *, before: str = "") -> None:
    """Tells whom a comment calls and, once, those of the thread that it answers in; `before` are its earlier words."""
    work, author = comment.annotation_set, comment.author
    if author is None:
        return
    called = {user.pk: user for user in people_called(work, comment.text, by=author)}
    for user in people_called(work, before, by=author):
        called.pop(user.pk, None)
    told = dict.fromkeys(called, NotificationKind.MENTION)
    if comment.parent_id is not None and not before:
        for pk in _speakers(comment):
            told.setdefault(pk, NotificationKind.ANSWER)
    Notification.objects.bulk_create(
        Notification(user_id=pk, kind=kind, annotation_set=work, comment=comment, actor=author)
        for pk, kind in told.items()
    )


def _speakers(answer: Comment) -> list[int]:
    """Who began the thread or spoke in it before, and may still see it."""
    spoke = {answer.parent.author_id} if answer.parent else set()
    earlier = Comment.objects.filter(parent=answer.parent_id, deleted_at=None).exclude(pk=answer.pk)
    spoke |= set(earlier.values_list("author", flat=True))
    others = {pk for pk in spoke if pk is not None and pk != answer.author_id}
    users = User.objects.filter(pk__in=others, is_active=True)
    return [user.pk for user in users if policy.attended_sets(user).filter(pk=answer.annotation_set_id).exists()]


def tell_of_job(job: Job) -> None:
    """Tells who started a job that it is done or has failed; whoever cancelled it knows."""
    if job.by_id is not None and job.state in (JobState.DONE, JobState.FAILED):
        Notification.objects.create(user_id=job.by_id, kind=NotificationKind.JOB, job=job, data={"state": job.state})


def mark_read(user: User, *, pk: int | None = None) -> int:
    """Marks one notification of the person, or all of them, as read; returns how many were unread."""
    rows = Notification.objects.filter(user=user, read_at=None)
    with write_turn():
        return (rows if pk is None else rows.filter(pk=pk)).update(read_at=timezone.now())


def saw_end(user: User, job: Job) -> None:
    """Marks as read that a job ended, for a person who looks at the ended job."""
    rows = Notification.objects.filter(user=user, job=job, read_at=None)
    if rows.exists():
        with write_turn():
            rows.update(read_at=timezone.now())


def forget_unseen(user: User, project: Project) -> None:
    """Drops what a person was told of a project's work that they may not see any more."""
    seen = policy.attended_sets(user).filter(pk=OuterRef("annotation_set"))
    Notification.objects.filter(user=user, annotation_set__project=project).exclude(Exists(seen)).delete()
