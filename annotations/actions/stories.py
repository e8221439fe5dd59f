"""How do articles come together in stories? Each is compared with those it shares a band with, and joins what is alike.

Whether two articles are alike depends on the two alone, and a story is named by its smallest article: so the stories
come out the same in whatever order, and by however many workers, they are made.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import connection

from annotations.actions.bulk import insert_rows
from annotations.actions.ranks import forget_ranks
from annotations.actions.turns import write_turn
from annotations.models import Article, QueueOrder, StoryBand, StoryMember
from annotations.queries.stories import CUT
from annotations.text.sketches import ALIKE, bands, likeness, sketch

# Of a band that very many share, that many are compared: the earliest, which are in the story already if they belong.
MOST_CANDIDATES = 20
_LOCK = 7_201_402
# A statement holds two parameters for each band, and SQLite no more than 32,766.
BANDS_AT_ONCE = 5_000
# The bound is looked up in the index: to read all who share a band of many would take longer with each that comes.
EARLIEST = """
WITH wanted(band, value) AS (VALUES {values})
SELECT shared.band, shared.value, shared.member_id
FROM wanted JOIN annotations_storyband AS shared ON shared.value = wanted.value AND shared.band = wanted.band
WHERE shared.member_id <= COALESCE((
    SELECT last.member_id FROM annotations_storyband AS last
    WHERE last.value = wanted.value AND last.band = wanted.band
    ORDER BY last.member_id LIMIT 1 OFFSET %s
), shared.member_id)
"""


def place_articles(ids: Sequence[int]) -> int:
    """Puts articles into stories; returns how many there were. Sketches are made before others have to wait."""
    texts = dict(Article.objects.filter(pk__in=ids).values_list("pk", "text"))
    sketches = {pk: sketch(text) for pk, text in texts.items()}
    with write_turn():
        _one_at_a_time()
        locked = Article.objects.select_for_update(no_key=True).filter(pk__in=sketches).order_by("pk")
        earlier: dict[int, int | None] = dict(locked.values_list("pk", "supersedes_id"))
        StoryMember.objects.filter(pk__in=earlier).delete()
        _store({pk: sketches[pk] for pk in earlier})
        forget_ranks({*earlier, *_join(earlier, sketches)}, order=QueueOrder.STORY)
    return len(earlier)


def _one_at_a_time() -> None:
    """Lets one worker at a time join stories; on SQLite the turn to write does that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _store(sketches: dict[int, bytes]) -> None:
    StoryMember.objects.bulk_create(
        StoryMember(article_id=pk, story=pk, sketch=made, cut=CUT) for pk, made in sketches.items()
    )
    insert_rows(
        StoryBand,
        ("member_id", "band", "value"),
        [(pk, band, value) for pk, made in sketches.items() for band, value in enumerate(bands(made))],
    )


def _join(earlier: dict[int, int | None], sketches: dict[int, bytes]) -> set[int]:
    """Joins each article with those it is alike to, and with the version it supersedes; returns whose story changed."""
    pairs = {(pk, before) for pk, before in earlier.items() if before is not None}
    pairs |= {(after, pk) for after, pk in _later_versions(earlier)}
    candidates = _candidates(earlier, sketches)
    involved = {pk for pair in (*pairs, *candidates) for pk in pair}
    rows = StoryMember.objects.filter(pk__in=involved).values_list("pk", "story", "sketch", "cut")
    members = {pk: (story, bytes(made) if cut == CUT else b"") for pk, story, made, cut in rows}
    stories = _Stories()
    # One that is not placed yet will find these when it is.
    for one, other in pairs:
        if one in members and other in members:
            stories.unite(members[one][0], members[other][0])
    for one, other in candidates:
        if one not in members or other not in members:
            continue
        (mine, sketched), (theirs, known) = members[one], members[other]
        # Those that stand in one story already need no comparing.
        if stories.named(mine) != stories.named(theirs) and likeness(sketched, known) >= ALIKE:
            stories.unite(mine, theirs)
    moved: set[int] = set()
    for name, former in stories.renamed().items():
        members_of = StoryMember.objects.filter(story__in=former)
        moved.update(members_of.values_list("pk", flat=True))
        members_of.update(story=name)
    return moved


def _later_versions(earlier: Iterable[int]) -> list[tuple[int, int]]:
    return list(Article.objects.filter(supersedes__in=earlier).values_list("pk", "supersedes_id"))


def _candidates(ids: Iterable[int], sketches: dict[int, bytes]) -> set[tuple[int, int]]:
    """Returns pairs of an article and one that shares a band with it."""
    wanted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk in ids:
        for place in enumerate(bands(sketches[pk])):
            wanted[place].append(pk)
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        for some in batched(wanted, BANDS_AT_ONCE):
            values = ", ".join(["(CAST(%s AS bigint), CAST(%s AS bigint))"] * len(some))
            numbers = [number for place in some for number in place]
            cursor.execute(EARLIEST.format(values=values), [*numbers, MOST_CANDIDATES - 1])
            for band, value, member in cursor.fetchall():
                found[band, value].append(member)
    return {(pk, other) for place, mine in wanted.items() for pk in mine for other in found[place] if other != pk}


class _Stories:
    """Which stories became one: a forest in which each points to a smaller name."""

    def __init__(self) -> None:
        self.smaller: dict[int, int] = {}

    def named(self, story: int) -> int:
        """Returns the smallest name of a story."""
        while story in self.smaller:
            story = self.smaller[story]
        return story

    def unite(self, one: int, other: int) -> None:
        """Makes two stories one."""
        first, last = sorted((self.named(one), self.named(other)))
        if first != last:
            self.smaller[last] = first

    def renamed(self) -> dict[int, list[int]]:
        """Returns the stories that lost their name, by the name that stands for them now."""
        found: dict[int, list[int]] = defaultdict(list)
        for story in self.smaller:
            found[self.named(story)].append(story)
        return found
