"""Which articles are alike, by the bands of their sketches? Compared before others have to wait, completed in one's turn.

Reading what shares a band with a batch, and comparing, takes longer than storing the batch. So it is done beforehand;
when nobody else joins stories any more, only what came in since then is compared too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import batched

from django.db import connection
from django.db.models import Max

from annotations.models import StoryBand, StoryMember
from annotations.queries.stories import CUT
from annotations.text.sketches import ALIKE, bands, likeness

# Of a band that very many share, that many are compared: the earliest, which are in the story already if they belong.
MOST_CANDIDATES = 20
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

# A band's number and its value.
Place = tuple[int, int]
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
    """What is known of articles that are to be placed: their bands, and which others they are alike to."""

    def __init__(self, sketches: Mapping[int, bytes]) -> None:
        self.sketches = dict(sketches)
        self.places = {pk: list(enumerate(bands(made))) for pk, made in sketches.items()}
        self.compare()

    def compare(self) -> None:
        """Compares the articles with those stored that share a band with them, and with each other."""
        # Read first: whoever joins stories does so alone, so that numbers rise as they are committed. What comes after
        # this one `complete` finds, whether or not it is among the earliest already.
        self.since = StoryBand.objects.aggregate(last=Max("pk"))["last"] or 0
        wanted: dict[Place, list[int]] = defaultdict(list)
        for pk, places in self.places.items():
            for place in places:
                wanted[place].append(pk)
        earliest = _earliest(wanted, MOST_CANDIDATES)
        self.sharing = {
            place: sorted({*mine, *earliest.get(place, ())})[:MOST_CANDIDATES] for place, mine in wanted.items()
        }
        self.before: dict[int, int] = {}
        self.alike: set[tuple[int, int]] = set()
        self._compare(self._pairs(), Stories())

    def complete(self, present: Collection[int]) -> Stories:
        """Returns which stories become one, where `present` are to be placed; nobody else may join stories now.

        The articles have their own number for a story. What was compared before is compared again only where a
        story was parted meanwhile: one of its articles has gone.
        """
        are_all = len(present) == len(self.sketches)
        self.sketches = {pk: made for pk, made in self.sketches.items() if pk in present}
        self.places = {pk: places for pk, places in self.places.items() if pk in present}
        now = _stories_of(self.before)
        if not (are_all and _still_together(self.before, now)):
            self.compare()
            now = self.before
        stories = Stories()
        for one, other in self.alike:
            if one in self.sketches and (other in now or other in self.sketches):
                stories.unite(one, now.get(other, other))
        self._compare(self._later_pairs(), stories)
        return stories

    def _pairs(self) -> Pairs:
        return {pk: set().union(*map(self.sharing.__getitem__, places)) for pk, places in self.places.items()}

    def _later_pairs(self) -> Pairs:
        """Returns the same of what others stored since then."""
        later: dict[Place, set[int]] = defaultdict(set)
        rows = StoryBand.objects.filter(pk__gt=self.since).exclude(member__in=self.sketches)
        for band, value, member in rows.values_list("band", "value", "member"):
            if (band, value) in self.sharing:
                later[band, value].add(member)
        for place, members in later.items():
            members.intersection_update(sorted({*self.sharing[place], *members})[:MOST_CANDIDATES])
        if not later:
            return {}
        return {pk: set().union(*(later.get(place, ()) for place in places)) for pk, places in self.places.items()}

    def _compare(self, pairs: Pairs, stories: Stories) -> None:
        """Notes which pairs are alike, and unites their stories; those that stand in one already need no comparing."""
        others = {other for found in pairs.values() for other in found if other not in self.sketches}
        rows = StoryMember.objects.filter(pk__in=others).values_list("pk", "story", "sketch", "cut")
        known = dict(self.sketches)
        for pk, story, made, cut in rows:
            known[pk] = bytes(made) if cut == CUT else b""
            self.before[pk] = story
        for pk, found in pairs.items():
            for other in sorted(found):
                # Of two that are placed now the later one is compared; one that is not placed yet will find these.
                if other not in known or (other >= pk and other in self.sketches):
                    continue
                theirs = self.before.get(other, other)
                if stories.named(pk) != stories.named(theirs) and likeness(known[pk], known[other]) >= ALIKE:
                    stories.unite(pk, theirs)
                    self.alike.add((pk, other))


def _stories_of(members: Iterable[int]) -> dict[int, int]:
    return dict(StoryMember.objects.filter(pk__in=list(members)).values_list("pk", "story"))


def _still_together(before: Mapping[int, int], now: Mapping[int, int]) -> bool:
    """Tells whether all are there, and no two that were in one story are in different ones."""
    return len(before) == len(now) and len(set(before.values())) == len({(before[pk], now[pk]) for pk in before})


def _earliest(wanted: Iterable[Place], most: int) -> dict[Place, list[int]]:
    """Returns the earliest articles, and no more than so many, that are stored at each of these places."""
    found: dict[Place, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        for some in batched(wanted, BANDS_AT_ONCE):
            values = ", ".join(["(CAST(%s AS bigint), CAST(%s AS bigint))"] * len(some))
            numbers = [number for place in some for number in place]
            cursor.execute(EARLIEST.format(values=values), [*numbers, most - 1])
            for band, value, member in cursor.fetchall():
                found[band, value].append(member)
    return found
