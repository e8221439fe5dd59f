"""Which articles lack something? A page at a time, and of several lanes those of one."""

from collections.abc import Iterator

from django.db.models import F, QuerySet

from annotations.models import Article

PAGE = 200


def pages_of(lacking: QuerySet[Article], *, after: int, lane: int = 0, lanes: int = 1) -> Iterator[int]:
    """Yields the ids greater than `after`, in order; of several lanes those that leave this remainder."""
    ids = lacking.order_by("pk").values_list("pk", flat=True)
    if lanes > 1:
        ids = ids.alias(lane=F("pk") % lanes).filter(lane=lane)
    while page := list(ids.filter(pk__gt=after)[:PAGE]):
        yield from page
        after = page[-1]
