"""Which articles are alike, by the bands of their sketches? Compared before others wait, completed in one's turn.

Reading what shares a band with a batch, and comparing, takes longer than storing the batch. So it is done beforehand;
when nobody else joins stories any more, only what came in since then is compared too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import batched
from typing import Any

from django.db import connection
from django.db.models import Max

from annotations.models import StoryBand, StoryMember
from annotations.queries.stories import CUT
from annotations.text.sketches import ALIKE, bands, likeness

# Of a band that very many share, that many are compared: the earliest, which are in the story already if they belong.
MOST_CANDIDATES = 20
# A statement must not grow beyond what databases read.
BANDS_AT_ONCE = 5_000
# The bound is looked up in the index: to read all who share a band of many would take longer with each that comes.
EARLIEST = """
WITH wanted(band, value) AS (VALUES {places})
SELECT shared.band, shared.value, shared.member_id
FROM wanted JOIN annotations_storyband AS shared ON shared.value = wanted.value AND shared.band = wanted.band
WHERE shared.member_id <= COALESCE((
    SELECT last.member_id FROM annotations_storyband AS last
    WHERE last.value = wanted.value AND last.band = wanted.band
    ORDER BY last.member_id LIMIT 1 OFFSET {most} - 1
), shared.member_id)
"""
MEMBERS = "SELECT article_id, story, sketch, cut FROM annotations_storymember WHERE article_id IN ({ids})"

# A band's number and its value.
Place = tuple[int, int]
# Articles that are to be placed, each with those it is to be compared with.
Pairs = dict[int, set[int]]


class Stories:
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


class Alike:
    """What is known of articles that are to be placed: their bands, and which others they are alike to.

    Each has its own number for a story until stories are united.
    """

    def __init__(self, sketches: Mapping[int, bytes]) -> None:
        self.sketches = dict(sketches)
        self.places: dict[int, list[Place]] = {pk: list(enumerate(bands(made))) for pk, made in sketches.items()}
        self._begin()

    def _begin(self) -> None:
        """Compares the articles with those stored that share a band with them, and with each other."""
        # Read first. Whoever joins stories does so alone, so numbers rise as they are committed: what comes after this
        # one is found by `complete`, whether or not it is found here.
        self.since = StoryBand.objects.aggregate(last=Max("pk"))["last"] or 0
        self.sharing: dict[Place, list[int]] = defaultdict(list)
        for pk, places in self.places.items():
            for place in places:
                self.sharing[place].append(pk)
        stored = _earliest(self.sharing)
        # Cut where none is stored, too: else it depended on how articles are parted in batches who is compared.
        for place, mine in self.sharing.items():
            self.sharing[place] = sorted({*mine, *stored.get(place, ())})[:MOST_CANDIDATES]
        self.alike: set[tuple[int, int]] = set()
        self._compare(self._pairs(self.sharing), Stories())

    def complete(self, present: Collection[int]) -> Stories:
        """Returns which stories become one. Nobody else may join stories now, and places of these articles are gone.

        Of the articles only those `present` are to be placed. Two that stood in one story were not compared both: all
        begins anew where one that an article is alike to has left, since what holds a story together may have.
        """
        are_all = len(present) == len(self.sketches)
        self.sketches = {pk: self.sketches[pk] for pk in present}
        self.places = {pk: self.places[pk] for pk in present}
        later, now = self._later(), self._stories_now()
        if not are_all or None in now.values() or any(now.keys() & members for members in later.values()):
            self._begin()
            later, now = {}, self._stories_now()
        stories = Stories()
        for one, other in self.alike:
            stories.unite(one, now.get(other) or other)
        if later:
            self._compare(self._pairs(later), stories)
        return stories

    def _stories_now(self) -> dict[int, int | None]:
        """Returns the stories of those that articles are alike to; None for one that has none any more."""
        others = {other for _one, other in self.alike if other not in self.sketches}
        found = dict(StoryMember.objects.filter(pk__in=others).values_list("pk", "story"))
        return {pk: found.get(pk) for pk in others}

    def _later(self) -> dict[Place, set[int]]:
        """Returns who was stored at the articles' places since these were looked up."""
        later: dict[Place, set[int]] = defaultdict(set)
        rows = StoryBand.objects.filter(pk__gt=self.since).values_list("band", "value", "member")
        for band, value, member in rows:
            if (band, value) in self.sharing:
                later[band, value].add(member)
        for place, members in later.items():
            members.intersection_update(sorted({*self.sharing[place], *members})[:MOST_CANDIDATES])
        return later

    def _pairs(self, sharing: Mapping[Place, Collection[int]]) -> Pairs:
        return {
            pk: set().union(*(sharing[place] for place in places if place in sharing))
            for pk, places in self.places.items()
        }

    def _compare(self, pairs: Pairs, stories: Stories) -> None:
        """Notes which pairs are alike, and unites their stories; those that stand in one already need no comparing."""
        known = {pk: (pk, made) for pk, made in self.sketches.items()}
        for pk, story, made, cut in _members(set().union(*pairs.values()) - known.keys()):
            known[pk] = story, bytes(made) if cut == CUT else b""
        for pk, found in pairs.items():
            united = {pk}
            for other in found:
                # Of two that are placed now the later one is compared; one that is not placed yet will find these.
                if other not in known or (other > pk and other in self.sketches):
                    continue
                theirs, sketch = known[other]
                if theirs in united or stories.named(pk) == stories.named(theirs):
                    continue
                if likeness(self.sketches[pk], sketch) >= ALIKE:
                    stories.unite(pk, theirs)
                    united.add(theirs)
                    self.alike.add((pk, other))


def _earliest(places: Iterable[Place]) -> dict[Place, list[int]]:
    """Returns the earliest articles that are stored at each of these places, those where any are."""
    found: dict[Place, list[int]] = defaultdict(list)
    for some in batched(places, BANDS_AT_ONCE):
        listed = ", ".join([f"({band}, {value})" for band, value in some])
        for band, value, member in _rows(EARLIEST.format(places=listed, most=MOST_CANDIDATES)):
            found[band, value].append(member)
    return found


def _members(ids: Collection[int]) -> list[tuple[Any, ...]]:
    """Returns number, story, sketch and its version of these articles; a parameter for each took twice as long."""
    return _rows(MEMBERS.format(ids=", ".join(map(str, ids)))) if ids else []


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
