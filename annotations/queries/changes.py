"""What has changed since somebody last asked? Told by a clock that no transaction can slip behind.

Each change of a set bears a number (models/guards.py): on SQLite, where one writes at a time, the next of a row; on
PostgreSQL the number of its transaction. A cursor is the number from which on nothing may have been seen yet: on
PostgreSQL that of the oldest transaction still under way. Times would not do: a transaction that began before a pull
and commits after it bears a time that the pull has passed.

A restored database can hold numbers that it has not come to yet, until they are mended (models/clock.py): a pull from
the start takes them in, and no pull waits for them.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, ChangeClock, Project, ProjectArticle, Revision
from annotations.models.clock import ahead

BEGINNING = "start"
_CURSOR = re.compile(r"c1-([0-9a-f]{8})-(\d{1,18})\Z")


class CursorInvalid(NewsroomError):
    """Raised for a cursor that this database has not given out."""

    def __init__(self, *, value: str) -> None:
        super().__init__(
            code="cursor_invalid",
            message=gettext_noop("«{value}» is no cursor of this database."),
            hint=gettext_noop("Begin anew with «start», or give a time such as 2026-11-25T08:00:00Z."),
            data={"field": "updated_after", "value": value},
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Changes from `since` on, and before `until`; `after` is the time a first pull was asked from, if by time.

    Numbers from `unreached` on, if there are any, are those of another database. `removals` says whether sets were
    taken away meanwhile: that is rare, and to ask it of each article would take longer than all else. Whoever begins
    at the start holds none of them.
    """

    since: int
    until: int
    database: str
    after: datetime | None = None
    unreached: int | None = None
    removals: bool = False

    @property
    def is_first(self) -> bool:
        """Whether it is that of a pull from the start: who asks for it holds nothing from before."""
        return self.since == 0 and self.after is None

    @property
    def cursor(self) -> str:
        """What the next pull gives to go on here."""
        return f"c1-{self.database}-{self.until}"

    def changed(self, rows: QuerySet[ProjectArticle], project: Project) -> QuerySet[ProjectArticle]:
        """Narrows places to those whose sets changed in the window and not since.

        What has changed again waits for the next pull: no state is delivered twice, the last one always is.
        """
        here = AnnotationSet.objects.filter(project=project, article=OuterRef("article"))
        inside, later = Q(change__gte=self.since, change__lt=self.until), Q(change__gte=self.until)
        if self.unreached is not None:
            later &= Q(change__lt=self.unreached)
            if not self.since:
                inside |= Q(change__gte=self.unreached)
        if self.after is not None:
            # An import writes the time that the file says; when it came in, its one revision says.
            came_in = Revision.objects.filter(annotation_set=OuterRef("pk"), version=1, created_at__gt=self.after)
            inside &= Q(updated_at__gt=self.after) | Q(Exists(came_in))
        changed = Q(Exists(here.filter(inside)))
        if self.removals:
            changed |= self.removed()
        return rows.filter(changed, ~Exists(here.filter(later)))

    def removed(self) -> Q:
        """What tells the places from which a set was taken away in the window."""
        return Q(removal__gte=self.since, removal__lt=self.until)


def window(said: str, project: Project) -> Window:
    """Returns the changes since a cursor, a time (RFC 3339) or the «start» up to now. Raises CursorInvalid."""
    found = _window(said, project)
    if said == BEGINNING:
        return found
    places = ProjectArticle.objects.filter(found.removed(), project=project)
    return replace(found, removals=places.exists())


def _window(said: str, project: Project) -> Window:
    clock = ChangeClock.objects.get()
    database, until = clock.database[:8], _horizon(clock)
    unreached = ahead(AnnotationSet.objects.filter(project=project)).aggregate(lowest=Min("change"))["lowest"]
    if said == BEGINNING:
        return Window(0, until, database, unreached=unreached)
    if found := _CURSOR.match(said):
        if found[1] != database or int(found[2]) > until:
            raise CursorInvalid(value=said)
        return Window(int(found[2]), until, database, unreached=unreached)
    try:
        moment = parse_datetime(said)
    except ValueError:
        moment = None
    if moment is None or is_naive(moment):
        raise CursorInvalid(value=said)
    return Window(0, until, database, moment, unreached)


def _horizon(clock: ChangeClock) -> int:
    """Returns the number before which everything is committed or never will be."""
    if connection.vendor == "sqlite":
        return clock.value + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        number: int = cursor.fetchone()[0]
        return number
