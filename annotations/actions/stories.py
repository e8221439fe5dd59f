"""How do articles come together in stories? Each is compared with those it shares a band with, and joins what is alike.

Whether two articles are alike depends on the two alone, and a story is named by its smallest article: so the stories
come out the same in whatever order, and by however many workers, they are made.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from annotations.actions.bulk import insert_rows
from annotations.actions.ranks import forget_ranks
from annotations.actions.turns import derived_turn
from annotations.models import Article, QueueOrder, StoryBand, StoryMember
from annotations.queries.alike import Alike, Stories
from annotations.queries.stories import CUT
from annotations.text.sketches import sketch

_LOCK = 7_201_402


def place_articles(ids: Sequence[int]) -> int:
    """Puts articles into stories; returns how many there were. They are compared before others have to wait."""
    texts = Article.objects.filter(pk__in=ids).values_list("pk", "text")
    alike = Alike({pk: sketch(text) for pk, text in texts})
    with derived_turn():
        _one_at_a_time()
        locked = Article.objects.select_for_update(no_key=True).filter(pk__in=alike.sketches).order_by("pk")
        earlier: dict[int, int | None] = dict(locked.values_list("pk", "supersedes_id"))
        StoryMember.objects.filter(pk__in=earlier).delete()
        stories = alike.complete(earlier)
        _store(alike)
        _join_versions(earlier, stories)
        forget_ranks({*earlier, *_rename(stories)}, order=QueueOrder.STORY)
    return len(earlier)


def _one_at_a_time() -> None:
    """Lets one worker at a time join stories; on SQLite the turn to write does that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _store(alike: Alike) -> None:
    members = [(pk, pk, made, CUT) for pk, made in alike.sketches.items()]
    insert_rows(StoryMember, ("article_id", "story", "sketch", "cut"), members)
    bands = [(pk, band, value) for pk, places in alike.places.items() for band, value in places]
    insert_rows(StoryBand, ("member_id", "band", "value"), bands)


def _join_versions(earlier: dict[int, int | None], stories: Stories) -> None:
    """Unites each article's story with that of the version it supersedes, and of those that supersede it."""
    pairs = {(pk, before) for pk, before in earlier.items() if before is not None}
    pairs |= {(after, pk) for after, pk in _later_versions(earlier)}
    involved = {pk for pair in pairs for pk in pair}
    placed = dict(StoryMember.objects.filter(pk__in=involved).values_list("pk", "story"))
    for one, other in pairs:
        # One that is not placed yet will find these when it is.
        if one in placed and other in placed:
            stories.unite(placed[one], placed[other])


def _later_versions(earlier: Iterable[int]) -> list[tuple[int, int]]:
    return list(Article.objects.filter(supersedes__in=earlier).values_list("pk", "supersedes_id"))


def _rename(stories: Stories) -> set[int]:
    """Gives stories that became one their common name; returns the articles whose story changed."""
    moved: set[int] = set()
    for name, former in stories.renamed().items():
        members = StoryMember.objects.filter(story__in=former)
        moved.update(members.values_list("pk", flat=True))
        members.update(story=name)
    return moved
