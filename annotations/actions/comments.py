"""How is something said about a set, said otherwise, closed or taken back? Writing once by id, and marking as read."""

from typing import Any

from django.utils import timezone

from annotations import policy
from annotations.actions.notices import tell_of_comment
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Comment, ReadMark, User
from annotations.queries.comments import subject


class NotYourComment(NewsroomError):
    """Raised when the person may read a comment but not do this with it."""

    def __init__(self) -> None:
        super().__init__(
            code="not_your_comment", message=gettext_noop("You may read this comment but not do this with it.")
        )


class CommentIdTaken(NewsroomError):
    """Raised when another comment of the set has this id already."""

    def __init__(self) -> None:
        super().__init__(
            code="comment_id_taken",
            message=gettext_noop("There is another comment with this id already."),
            hint=gettext_noop("Give each comment a UUID of its own."),
        )


class SubjectUnknown(NewsroomError):
    """Raised when a comment is about something that the set never held."""

    def __init__(self, *, uid: str) -> None:
        super().__init__(
            code="subject_unknown",
            message=gettext_noop("This work never held {uid}, which the comment is about."),
            data={"uid": uid},
        )


class NoThread(NewsroomError):
    """Raised when an answer names a comment that begins no thread, or one is closed that is none."""

    def __init__(self) -> None:
        super().__init__(
            code="no_thread",
            message=gettext_noop("This comment begins no thread."),
            hint=gettext_noop("Answer the comment that the thread begins with."),
        )


def write_comment(
    annotation_set: AnnotationSet,
    *,
    by: User,
    uid: str,
    text: str,
    span: str | None = None,
    relation: str | None = None,
    parent: str | None = None,
) -> tuple[Comment, bool]:
    """Returns the comment with this id and whether it was made now; sent twice it is there once.

    The set must have come through the policy. Raises CommentIdTaken, NoThread or SubjectUnknown.
    """
    with write_turn():
        # The set's row is locked: comments of a set get their primary keys in the order they are committed in,
        # which is what a read mark relies on.
        AnnotationSet.objects.select_for_update(of=("self",)).get(pk=annotation_set.pk)
        thread = _thread(annotation_set, parent)
        known = Comment.objects.filter(annotation_set=annotation_set, uid=uid).first()
        said = {"author": by, "text": text, "parent": thread, "span_uid": span, "relation_uid": relation}
        if known is not None:
            _must_be_the_same(known, said)
            return known, False
        about = subject(annotation_set, span=span, relation=relation)
        if about is None:
            raise SubjectUnknown(uid=span or relation or "")
        if thread is not None and thread.resolved_at is not None:
            _set_resolved(thread, by=None)  # an answer opens a thread again
        comment = Comment.objects.create(annotation_set=annotation_set, uid=uid, about=about, **said)
        tell_of_comment(comment)
        return comment, True


def _thread(annotation_set: AnnotationSet, parent: str | None) -> Comment | None:
    if parent is None:
        return None
    thread = Comment.objects.filter(annotation_set=annotation_set, uid=parent, parent=None).first()
    if thread is None:
        raise NoThread
    return thread


def _must_be_the_same(known: Comment, said: dict[str, Any]) -> None:
    """Tells a second try from another comment; words that were edited since are no difference."""
    stands = {name: getattr(known, name) for name in said if name != "text"}
    if stands != {name: value for name, value in said.items() if name != "text"}:
        raise CommentIdTaken
    if known.edited_at is None and known.deleted_at is None and known.text != said["text"]:
        raise CommentIdTaken


def rewrite_comment(comment: Comment, *, by: User, text: str) -> Comment:
    """Changes the words of one's own comment. Raises NotYourComment."""
    if not policy.may_rewrite(by, comment):
        raise NotYourComment
    if text != comment.text:
        with write_turn():
            before, comment.text, comment.edited_at = comment.text, text, timezone.now()
            comment.save(update_fields=["text", "edited_at"])
            tell_of_comment(comment, before=before)
    return comment


def delete_comment(comment: Comment, *, by: User) -> None:
    """Takes a comment away; its row stays, and so do the answers to it. Raises NotYourComment."""
    if not policy.may_delete_comment(by, comment):
        raise NotYourComment
    if comment.deleted_at is None:
        comment.deleted_at = timezone.now()
        comment.save(update_fields=["deleted_at"])


def resolve_thread(comment: Comment, *, by: User) -> Comment:
    """Closes a thread; closed twice, the first time holds. Raises NotYourComment or NoThread."""
    return _close(comment, by=by, closed=True)


def reopen_thread(comment: Comment, *, by: User) -> Comment:
    """Opens a thread again. Raises NotYourComment or NoThread."""
    return _close(comment, by=by, closed=False)


def _close(comment: Comment, *, by: User, closed: bool) -> Comment:
    if not policy.may_resolve(by, comment.annotation_set):
        raise NotYourComment
    if comment.parent_id is not None:
        raise NoThread
    if (comment.resolved_at is not None) != closed:
        _set_resolved(comment, by=by if closed else None)
    return comment


def _set_resolved(thread: Comment, *, by: User | None) -> None:
    thread.resolved_at, thread.resolved_by = (timezone.now(), by) if by else (None, None)
    thread.save(update_fields=["resolved_at", "resolved_by"])


def mark_read(annotation_set: AnnotationSet, *, by: User, upto: Comment) -> None:
    """Notes that the person has read the set's comments up to this one; a mark never goes back."""
    with write_turn():
        mark, _made = ReadMark.objects.select_for_update().get_or_create(user=by, annotation_set=annotation_set)
        if mark.upto < upto.pk:
            mark.upto = upto.pk
            mark.save(update_fields=["upto"])
