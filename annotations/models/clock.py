"""Do the changes of sets bear numbers that this database has given out? After a restore elsewhere they may lie ahead.

PostgreSQL numbers changes by transactions, and another server may not have come so far; a clock loaded on SQLite may
stand behind the sets. A pull would wait for such changes, and for all that follow on the same article.
"""

from django.db import connections, transaction
from django.db.models import F, Max, Min, QuerySet

from annotations.models.annotation_sets import AnnotationSet, ChangeClock
from annotations.models.fields import new_uid
from annotations.models.projects import ProjectArticle

# What has ended, and the transaction that asks: it sees its own changes, those of others under way nobody does.
_REACHED = """
SELECT GREATEST(pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1,
                COALESCE(pg_current_xact_id_if_assigned()::text::bigint, 0))
"""


def reached(*, using: str = "default") -> int:
    """Returns a number that no change which is seen before this call may exceed."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return ChangeClock.objects.using(using).values_list("value", flat=True).get()
    with connection.cursor() as cursor:
        cursor.execute(_REACHED)
        number: int = cursor.fetchone()[0]
        return number


def next_number() -> int:
    """Returns the number of a change that the transaction at hand makes beside the sets themselves."""
    if connections["default"].vendor == "sqlite":
        ChangeClock.objects.update(value=F("value") + 1)
        return reached()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        number: int = cursor.fetchone()[0]
        return number


def ahead(sets: QuerySet[AnnotationSet]) -> QuerySet[AnnotationSet]:
    """Narrows sets to those whose number was never given out here.

    The highest is looked up first: what others write in between raises only what was reached.
    """
    highest = sets.aggregate(highest=Max("change"))["highest"]
    until = reached(using=sets.db)
    return sets.filter(change__gt=until) if highest is not None and highest > until else sets.none()


def catch_up(*, using: str) -> None:
    """Numbers sets that are ahead anew, under a new name of the database: cursors of old numbers are refused then."""
    with transaction.atomic(using=using):
        sets = AnnotationSet.objects.using(using)
        found = ahead(sets).aggregate(lowest=Min("change"), highest=Max("change"))
        if found["lowest"] is None:
            return
        # Only SQLite counts by the clock: it goes on where the sets are.
        value = {"value": found["highest"]} if connections[using].vendor == "sqlite" else {}
        ChangeClock.objects.using(using).update(database=new_uid(), **value)
        ProjectArticle.objects.using(using).filter(removal__isnull=False).update(removal=None)
        # The trigger gives the number, whatever is written.
        sets.filter(change__gte=found["lowest"]).update(version=F("version"))
