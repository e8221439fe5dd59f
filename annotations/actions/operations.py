"""How does an edit become rows? The one function that applies operations, whoever sends them.

One transaction: lock the set, tell duplicates by `op_id`, judge each operation for itself against the text, the
scheme and what the operations before it left, write its rows and its revision.
"""

import dataclasses
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from annotations import policy
from annotations.actions.learning import Learning
from annotations.actions.rows import RowWriter
from annotations.actions.scheme_lock import hold_scheme_of
from annotations.actions.transitions import write_change
from annotations.actions.turns import write_turn
from annotations.edits import (
    AnyOperation,
    EntityCreate,
    EntityDelete,
    SpanCreate,
    SpanDelete,
    SpanUpdate,
    operations_to_builtins,
)
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.judge import Bench, Rejected, judge
from annotations.kinds.touch import Touches
from annotations.models import AnnotationSet, Revision, SetStatus, User
from annotations.queries.current import DatabaseCurrent
from annotations.queries.revisions import operations_since
from annotations.queries.scheme import ProjectScheme
from annotations.queries.texts import article_text
from annotations.records import RelationRecord, SpanRecord
from annotations.states import TRANSITIONS

MAX_OPERATIONS = 500
OF_SPANS = SpanCreate | SpanUpdate | SpanDelete


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one operation: `ok`, `duplicate` or `rejected` with a reason, the field and data on it.

    `version` is the revision that holds it, of a rejected one None.
    """

    op_id: str | None
    status: str
    version: int | None = None
    reason: str | None = None
    field: str | None = None
    data: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The set's version after a batch, and a result for each of its operations in their order."""

    version: int
    results: list[Result]


class SetClosed(NewsroomError):
    """Raised when a set's status allows no edits."""

    def __init__(self, *, status: str) -> None:
        super().__init__(
            code="set_closed",
            message=gettext_noop("This work is not open for editing: its status is «{status}»."),
            hint=gettext_noop(
                "If it went back to the queue, reload the page to take it up again; else ask a reviewer."
            ),
            data={"status": status},
        )


class WrongText(NewsroomError):
    """Raised when operations were made on another text than the set's."""

    def __init__(self, *, expected: str) -> None:
        super().__init__(
            code="text_sha256_mismatch",
            message=gettext_noop("These operations belong to another text: its hash differs from this article's."),
            hint=gettext_noop("Reload the article and make them again."),
            data={"expected": expected},
        )


class NotYours(NewsroomError):
    """Raised when the person may see a set but not edit it."""

    def __init__(self) -> None:
        super().__init__(
            code="not_yours",
            message=gettext_noop("You may read this work but not change it."),
            hint=gettext_noop("Make your own set on this article."),
        )


def apply_operations(
    set_id: int,
    operations: Sequence[AnyOperation | Result],
    *,
    by: User,
    text_sha256: str,
    since: int | None = None,
    kept: Container[str] = frozenset(),
) -> Outcome:
    """Applies a batch to a set. Raises AnnotationSet.DoesNotExist, NotYours, SetClosed or WrongText.

    An item may already be a rejected Result (what could not even be read); it keeps its place in the results. With
    `since`, the version its author had seen, an operation on what others have changed after it is rejected. `kept` are
    labels that may be given though they are archived.
    """
    with write_turn():
        hold_scheme_of(set_id)
        locked, may_edit = policy.lock_set(by, set_id)
        if not may_edit:
            raise NotYours
        if not locked.is_open:
            raise SetClosed(status=locked.get_status_display())
        if text_sha256 != locked.text_sha256:
            raise WrongText(expected=locked.text_sha256)
        text = article_text(locked.article_id, text_sha256)
        return _Batch(locked, text, operations, by=by, kept=kept).run(since)


def rewrite(set_id: int, operations: Sequence[AnyOperation], *, by: User) -> Outcome:
    """Applies what follows from a change of the label scheme to a set, whoever's and in whatever state it is.

    The manager who publishes the scheme stands in the history as the one who did it. The work's state stays. Raises
    AnnotationSet.DoesNotExist where the person may not change the project's scheme.
    """
    with write_turn():
        locked = policy.lock_for_scheme(by, set_id)
        batch = _Batch(locked, article_text(locked.article_id, locked.text_sha256), operations, by=by)
        batch.current.read_spans(operation.id for operation in operations if isinstance(operation, SpanUpdate))
        batch.current.read_relations()
        return batch.run(None, begin=False)


class _Batch:
    """The state of one transaction: the locked set, what was seen, what is to be written."""

    def __init__(
        self,
        annotation_set: AnnotationSet,
        text: str,
        operations: Sequence[AnyOperation | Result],
        *,
        by: User,
        kept: Container[str] = frozenset(),
    ) -> None:
        self.set, self.operations, self.by, self.now = annotation_set, operations, by, timezone.now()
        self.scheme = ProjectScheme(annotation_set.project_id)
        self.current = DatabaseCurrent(annotation_set.pk, text, project_id=annotation_set.project_id, person_id=by.pk)
        self.bench = Bench(text, dataclasses.replace(self.scheme.rules, kept=kept), self.current)
        self.rows = RowWriter(annotation_set.pk, self.scheme)
        self.learning = Learning(annotation_set.project_id, self.scheme, by=by)
        self.revisions: list[Revision] = []
        self.unseen = Touches()

    def run(self, since: int | None, *, begin: bool = True) -> Outcome:
        """Judges and writes each operation in its order; the work has begun with them, unless it is told not to."""
        ids = {op.op_id for op in self.operations if not isinstance(op, Result) and op.op_id is not None}
        rows = Revision.objects.filter(annotation_set=self.set, op_id__in=ids)
        seen = dict(rows.values_list("op_id", "version"))
        if since is not None and since < self.set.version:
            self.unseen = Touches(operations_since(self.set, since, but=ids))
        results = [op if isinstance(op, Result) else self._one(op, seen) for op in self.operations]
        if self.revisions:
            self._record(begin=begin)
        return Outcome(version=self.set.version, results=results)

    def _one(self, operation: AnyOperation, seen: dict[str, int]) -> Result:
        if (op_id := operation.op_id) is None:
            return Result(op_id=None, status="rejected", reason="op_id_missing", field="op_id")
        if op_id in seen:
            return Result(op_id=op_id, status="duplicate", version=seen[op_id])
        (stored,) = operations_to_builtins([operation])
        try:
            if self.unseen.meet(stored):
                raise Rejected("changed_since", "id" if hasattr(operation, "id") else "label")
            after = judge(operation, self.bench)
        except Rejected as refusal:
            return Result(op_id=op_id, status="rejected", reason=refusal.code, field=refusal.field, data=refusal.data)
        self._write(operation, after)
        self.set.version += 1
        seen[op_id] = self.set.version
        self.revisions.append(
            Revision(
                annotation_set=self.set, version=self.set.version, op_id=op_id, actor=self.by,
                created_at=self.now, operations=[stored],
            )
        )  # fmt: skip
        return Result(op_id=op_id, status="ok", version=self.set.version)

    def _write(self, operation: AnyOperation, after: SpanRecord | RelationRecord | None) -> None:
        if isinstance(operation, EntityCreate | EntityDelete):
            return self.learning.write(operation)
        before = self.current.span(operation.id) if isinstance(operation, OF_SPANS) else None
        self.rows.write(operation, after)
        self.current.forget(operation)
        if isinstance(operation, OF_SPANS):
            self.learning.note(before, after if isinstance(after, SpanRecord) else None)
        return None

    def _record(self, *, begin: bool) -> None:
        self.learning.settle()
        Revision.objects.bulk_create(self.revisions)
        AnnotationSet.objects.filter(pk=self.set.pk).update(version=self.set.version, updated_at=self.now)
        if begin and self.set.status == SetStatus.ASSIGNED:
            write_change(self.set, TRANSITIONS["begin"], by=self.by)
