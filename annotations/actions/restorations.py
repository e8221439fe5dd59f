"""How does an earlier version of a set come to stand again? By operations on top: no history is lost."""

from dataclasses import dataclass

from annotations import policy
from annotations.actions.operations import NotYours, SetClosed, apply_operations
from annotations.actions.revision_steps import note_step
from annotations.actions.scheme_lock import hold_scheme
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, RevisionStep, StepKind, User
from annotations.queries.restoring import plan_restore


class VersionUnknown(NewsroomError):
    """Raised for a version that a set never had."""

    def __init__(self, *, version: int, last: int) -> None:
        super().__init__(
            code="version_unknown",
            message=gettext_noop("This work has no version {version}."),
            hint=gettext_noop("Its versions go from 0, before the first edit, to {last}."),
            data={"version": version, "last": last},
        )


class MovedOn(NewsroomError):
    """Raised when a set was edited after whoever restores a version had looked at it."""

    def __init__(self, *, version: int) -> None:
        super().__init__(
            code="moved_on",
            message=gettext_noop("This work was edited since you looked: it is at version {version} now."),
            hint=gettext_noop("Look at what restoring would change now."),
            data={"version": version},
        )


class NotRestorable(NewsroomError):
    """Raised when something of a version fits the project no more; nothing is restored then."""

    def __init__(self, *, version: int, n: int) -> None:
        super().__init__(
            code="not_restorable",
            message=gettext_noop("Version {version} can't be restored: {n} of its annotations do not fit any more."),
            hint=gettext_noop("The preview lists them; labels and entities that are gone have to come back first."),
            data={"version": version, "n": n},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The set's version after a restore, and how many things it changed."""

    version: int
    changed: int


def restore(annotation_set: AnnotationSet, version: int, *, by: User, uid: str, since: int | None = None) -> Restored:
    """Makes a set hold again what it held at a version, in one transaction and one step of its history.

    `uid` is the UUID of this restore: sent again it changes nothing. With `since`, the version its author had looked
    at, a set that was edited after it is left alone. Raises NotYours, SetClosed, VersionUnknown, MovedOn or
    NotRestorable; AnnotationSet.DoesNotExist for a set that is not the person's to see.
    """
    with write_turn():
        hold_scheme(annotation_set.project_id)
        locked, may_edit = policy.lock_set(by, annotation_set.pk)
        if not may_edit:
            raise NotYours
        done = RevisionStep.objects.filter(annotation_set=locked, kind=StepKind.RESTORE, about__uid=uid).first()
        if done is not None:
            return Restored(version=done.last, changed=done.about["changed"])
        if not locked.is_open:
            raise SetClosed(status=locked.get_status_display())
        if not 0 <= version <= locked.version:
            raise VersionUnknown(version=version, last=locked.version)
        if since not in (None, locked.version):
            raise MovedOn(version=locked.version)
        return _restore(locked, version, by=by, uid=uid)


def _restore(locked: AnnotationSet, version: int, *, by: User, uid: str) -> Restored:
    plan = plan_restore(locked, version, salt=uid)
    if plan.misfits:
        raise NotRestorable(version=version, n=len(plan.misfits))
    outcome = apply_operations(locked.pk, plan.operations, by=by, text_sha256=locked.article.text_sha256)
    refused = sum(result.status != "ok" for result in outcome.results)
    if refused:
        raise NotRestorable(version=version, n=refused)
    about = {"to": version, "uid": uid, "changed": len(plan.changes)}
    note_step(locked.pk, outcome, StepKind.RESTORE, by=by, about=about)
    return Restored(version=outcome.version, changed=len(plan.changes))
