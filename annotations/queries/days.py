"""Which articles were published within days that somebody typed? Days are those of the place where the server is."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from annotations.models import Article
from annotations.text.day_range import day_range

# Whose midnight every time zone can tell in the years that there are.
FIRST_DAY, LAST_DAY = date(1, 1, 2), date(9999, 12, 30)


def midnight(day: date) -> datetime:
    """Returns when a day begins where the server is."""
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), time.min))


def published_within(rows: QuerySet[Article], *, since: str, until: str) -> QuerySet[Article]:
    """Leaves what was published from the first day of `since` to the last of `until`; empty ones bound nothing.

    Raises DayUnreadable.
    """
    if since:
        rows = rows.filter(published_at__gte=midnight(day_range(since)[0]))
    if until:
        rows = rows.filter(published_at__lt=midnight(day_range(until)[1] + timedelta(days=1)))
    return rows
