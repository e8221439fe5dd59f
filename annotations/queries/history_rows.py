"""In which order did things happen to some sets? Rows of several tables as one list, the newest first, by cursor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Model, Q, QuerySet, Value

from annotations.models import Comment, Decision, Revision, StatusChange, Uncarried, Verdict

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
# Of what happened at the same moment, the greater stands above: edits begin the work before its status says so.
REVISION, DECISION, STATUS, COMMENT, RESOLVED, VERDICT = range(6)
EDITS, MOVES, TALK, ARRIVALS, VERDICTS = "edits", "status", "comments", "arrivals", "verdicts"
KINDS = (EDITS, MOVES, TALK, ARRIVALS, VERDICTS)


class Place(NamedTuple):
    """Where something stands in the list: its moment, its table, its primary key."""

    at: datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        """Returns it as a cursor; `read` reads it back."""
        return f"{(self.at - _EPOCH) // _TICK}-{self.rank}-{self.pk}"

    @classmethod
    def read(cls, value: str) -> "Place | None":
        """Returns the place that `str` wrote; None for anything else."""
        parts = value.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            return None
        ticks, rank, pk = map(int, parts)
        try:
            return cls(_EPOCH + ticks * _TICK, rank, pk)
        except OverflowError:
            return None


class Row(NamedTuple):
    """One thing that happened: where it stands, in which set, by whom; `version` of a revision, else 0."""

    place: Place
    set_id: int
    person: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose history is asked for: all of some sets, or what the pairs of person and sets name; one kind or all.

    `talk` are those of the sets whose comments the reader may see; `arrivals` the revisions that are imports.
    """

    sets: tuple[int, ...]
    talk: tuple[int, ...]
    arrivals: tuple[int, ...]
    kind: str = ""
    pairs: tuple[tuple[int | None, tuple[int, ...]], ...] | None = None


def rows(asked: Asked, *, before: Place | None, most: int) -> list[Row]:
    """Returns the newest rows behind a place, at most so many: each table is read no further than that."""
    found = [row for rank, table, at, by in _tables(asked) for row in _read(asked, rank, table, at, by, before, most)]
    found.sort(key=lambda row: row.place, reverse=True)
    return found[:most]


def _tables(asked: Asked) -> Iterator[tuple[int, QuerySet[Model], str, str]]:
    """Yields (rank, rows, field of the moment, field of the person) of what is asked for."""
    if asked.kind in ("", EDITS):
        edits = Revision.objects.filter(annotation_set__in=asked.sets)
        yield REVISION, edits.exclude(pk__in=asked.arrivals) if asked.kind else edits, "created_at", "actor"
    if asked.kind == ARRIVALS:
        yield REVISION, Revision.objects.filter(pk__in=asked.arrivals), "created_at", "actor"
    if asked.kind in ("", ARRIVALS):
        decided = Uncarried.objects.filter(annotation_set__in=asked.sets).exclude(decision=Decision.OPEN)
        yield DECISION, decided.filter(decided_at__isnull=False), "decided_at", "decided_by"
    if asked.kind in ("", MOVES):
        # That the work began is said by the edit it began with, and would stand between that and the next.
        moves = StatusChange.objects.filter(annotation_set__in=asked.sets).exclude(transition="begin")
        yield STATUS, moves, "at", "actor"
    if asked.kind in ("", TALK):
        said = Comment.objects.filter(annotation_set__in=asked.talk, deleted_at=None)
        yield COMMENT, said, "created_at", "author"
        yield RESOLVED, said.filter(resolved_at__isnull=False), "resolved_at", "resolved_by"
    if asked.kind in ("", VERDICTS):
        decided_on = Verdict.objects.filter(gold__in=asked.sets).annotate(annotation_set_id=F("gold_id"))
        yield VERDICT, decided_on, "at", "by"


def _read(
    asked: Asked, rank: int, table: QuerySet[Model], at: str, by: str, before: Place | None, most: int
) -> Iterable[Row]:
    if asked.pairs is not None:
        whose = Q(pk__in=())
        for person, sets in asked.pairs:
            whose |= Q(**{by: person, f"{'gold' if rank == VERDICT else 'annotation_set'}__in": sets})
        table = table.filter(whose)
    if before is not None:
        same = Q(**{at: before.at})
        behind = Q() if rank < before.rank else Q(pk__lt=before.pk) if rank == before.rank else Q(pk__in=())
        table = table.filter(Q(**{f"{at}__lt": before.at}) | (same & behind))
    version = F("version") if rank == REVISION else Value(0)
    columns = table.order_by(f"-{at}", "-pk").values_list(at, "pk", "annotation_set_id", f"{by}_id", version)
    for moment, pk, set_id, person, number in columns[:most]:
        yield Row(Place(moment, rank, pk), set_id, person, number)
