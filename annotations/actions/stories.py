"""How do articles come together in stories? Each is compared with those it shares a band with, and joins what is alike.

Whether two articles are alike depends on the two alone, and a story is named by its smallest article: so the stories
come out the same in whatever order, and by however many workers, they are made.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from annotations.actions.bulk import insert_rows
from annotations.actions.turns import write_turn
from annotations.models import Article, StoryBand, StoryMember
from annotations.queries.stories import CUT
from annotations.text.sketches import ALIKE, bands, likeness, sketch

# Of a band that very many share, that many are compared: the earliest, which are in the story already if they belong.
MOST_CANDIDATES = 50
_LOCK = 7_201_402


def place_articles(ids: Sequence[int]) -> int:
    """Puts articles into stories; returns how many there were. Sketches are made before others have to wait."""
    texts = dict(Article.objects.filter(pk__in=ids).values_list("pk", "text"))
    sketches = {pk: sketch(text) for pk, text in texts.items()}
    with write_turn():
        _one_at_a_time()
        locked = Article.objects.select_for_update(no_key=True).filter(pk__in=sketches).order_by("pk")
        earlier = dict(locked.values_list("pk", "supersedes_id"))
        StoryMember.objects.filter(pk__in=earlier).delete()
        _store({pk: sketches[pk] for pk in earlier})
        _join(earlier, sketches)
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


def _join(earlier: dict[int, int | None], sketches: dict[int, bytes]) -> None:
    """Joins each article with those it is alike to, and with the version it supersedes."""
    pairs = {(pk, before) for pk, before in earlier.items() if before is not None}
    pairs |= {(after, pk) for after, pk in _later_versions(earlier)}
    candidates = _candidates(earlier, sketches)
    known = dict(
        StoryMember.objects.filter(pk__in={pk for _one, pk in candidates}, cut=CUT).values_list("pk", "sketch")
    )
    pairs |= {
        (one, other) for one, other in candidates if likeness(sketches[one], bytes(known.get(other, b""))) >= ALIKE
    }
    for one, other in sorted(pairs):
        _unite([one, other])


def _later_versions(earlier: Iterable[int]) -> list[tuple[int, int]]:
    return list(Article.objects.filter(supersedes__in=earlier).values_list("pk", "supersedes_id"))


def _candidates(ids: Iterable[int], sketches: dict[int, bytes]) -> set[tuple[int, int]]:
    """Returns pairs of an article and one that shares a band with it."""
    wanted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk in ids:
        for place in enumerate(bands(sketches[pk])):
            wanted[place].append(pk)
    values = {value for _band, value in wanted}
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    rows = StoryBand.objects.filter(value__in=values).order_by("member_id").values_list("band", "value", "member_id")
    for band, value, member in rows.iterator():
        if (band, value) in wanted and len(found[band, value]) < MOST_CANDIDATES:
            found[band, value].append(member)
    return {(pk, other) for place, mine in wanted.items() for pk in mine for other in found[place] if other != pk}


def _unite(members: Sequence[int]) -> None:
    stories = set(StoryMember.objects.filter(pk__in=members).values_list("story", flat=True))
    if len(stories) > 1:
        StoryMember.objects.filter(story__in=stories).update(story=min(stories))
