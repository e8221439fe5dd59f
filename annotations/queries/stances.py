"""Who is for or against what, across a project? Holders by targets, and the stances behind one cell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Substr

from annotations.models import AnnotationSet, Entity, LabelKind, Relation, Span, Topic
from annotations.queries.dashboard import Scope

SHOWN = 8
MOST_EXAMPLES = 50
MOST_CELLS = 2000  # that leave in one answer
AT_ONCE = 500
LONGEST_NAME = 120
LARGEST = 2**63 - 1  # of a column; hashes of words have all 19 digits
FAVOR, AGAINST = "FAVOR", "AGAINST"
ARTICLE, IMPLICIT, CLAIM, UNNAMED = "article", "implicit", "claim", "unnamed"


End = tuple[str, int]  # key, and one of the spans it was met as


@dataclass(slots=True)
class Cell:
    """The stances of one holder towards one target: all of them, those in favour and those against."""

    count: int = 0
    favor: int = 0
    against: int = 0

    @property
    def polarity(self) -> float:
        """The mean, from -1 where all are against to 1 where all are in favour."""
        return (self.favor - self.against) / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A holder or target, all the stances it has part in, and its name; empty for the kinds that have none."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The stances of the counted sets by holder and target, the parties that have most first."""

    whose: str
    holders: list[Party]
    targets: list[Party]
    cells: dict[tuple[str, str], Cell]
    total: int


def load_network(scope: Scope, *, shown: int | None = SHOWN, most: int | None = None) -> Network:
    """Counts the stances by their ends: entities where spans are linked, else the same words however they are spelled.

    Pronouns and other spans without a name are together `unnamed`, claims `claim`. `shown` parties a side are kept; of
    their cells the `most` that hold most stances, if there is such a number, with the parties of these cells only.
    """
    whose, sets = scope.corpus()
    cells: defaultdict[tuple[str, str], Cell] = defaultdict(Cell)
    holders, targets, quotes = Counter[str](), Counter[str](), dict[str, int]()
    for head, tail, polarity, n in _counted(sets):
        for (key, span), counter in ((head, holders), (tail, targets)):
            counter[key] += n
            if key.startswith("w"):
                quotes[key] = max(quotes.get(key, 0), span)
        cell = cells[head[0], tail[0]]
        cell.count += n
        cell.favor += n * (polarity == FAVOR)
        cell.against += n * (polarity == AGAINST)
    rows, columns = _first(holders, shown), _first(targets, shown)
    drawn = _strongest(cells, set(rows), set(columns), most)
    if most is not None:
        rows, columns = _met(rows, (one for one, _other in drawn)), _met(columns, (other for _one, other in drawn))
    names = _names({*rows, *columns}, quotes)
    return Network(
        whose=whose,
        holders=[Party(key=key, name=names.get(key, ""), count=holders[key]) for key in rows],
        targets=[Party(key=key, name=names.get(key, ""), count=targets[key]) for key in columns],
        cells=drawn,
        total=sum(holders.values()),
    )


def _strongest(
    cells: dict[tuple[str, str], Cell], rows: set[str], columns: set[str], most: int | None
) -> dict[tuple[str, str], Cell]:
    """Returns the cells of these rows and columns, those that hold most stances first."""
    found = [(key, cell) for key, cell in cells.items() if key[0] in rows and key[1] in columns]
    return dict(sorted(found, key=lambda one: (-one[1].count, one[0]))[:most])


def _met(keys: list[str], met: Iterable[str]) -> list[str]:
    """Returns the keys that were met, in their order."""
    known = set(met)
    return [key for key in keys if key in known]


def _first(counts: Counter[str], shown: int | None) -> list[str]:
    """Returns the keys that occur most; what has no name comes after what has one."""
    return sorted(counts, key=lambda key: (key == UNNAMED, -counts[key], key))[:shown]


def _counted(sets: QuerySet[AnnotationSet]) -> Iterator[tuple[End, End, str | None, int]]:
    """Yields (holder, target, polarity, number) for each combination that occurs."""
    ends = [
        field for slot in ("head", "tail")
        for field in (f"{slot}_kind", f"{slot}_topic", f"{slot}_span__entity", f"{slot}_span__words",
                      f"{slot}_span__label__kind")
    ]  # fmt: skip
    rows = _stances(sets).values_list(*ends, KeyTextTransform("polarity", "attributes"))
    for row in rows.annotate(n=Count("pk"), one=Max("head_span"), other=Max("tail_span")).iterator(chunk_size=2000):
        yield (_key(*row[:5]), row[-2]), (_key(*row[5:10]), row[-1]), row[10], row[-3]


def _stances(sets: QuerySet[AnnotationSet]) -> QuerySet[Relation]:
    return Relation.objects.filter(annotation_set__in=sets.values("pk"), label__kind=LabelKind.STANCE).order_by()


def _key(kind: str, topic: int | None, entity: int | None, words: int | None, label_kind: str | None) -> str:
    if kind == "topic":
        return f"t{topic}"
    if kind in (ARTICLE, IMPLICIT):
        return kind
    if entity is not None:
        return f"e{entity}"
    if words is not None:
        return f"w{words}"
    return CLAIM if label_kind == LabelKind.CLAIM else UNNAMED


def _names(keys: set[str], quotes: dict[str, int]) -> dict[str, str]:
    """Returns what parties are called: entities and topics by their titles, words as one of the spans writes them."""
    entities = [int(key[1:]) for key in keys if key[0] == "e"]
    topics = [int(key[1:]) for key in keys if key[0] == "t"]
    spans = {quotes[key]: key for key in keys if key[0] == "w"}
    found = {f"e{pk}": name for pk, name in _of(Entity.objects.all(), entities, "name")}
    found |= {f"t{pk}": name for pk, name in _of(Topic.objects.all(), topics, "title_fa")}
    quote = Substr("annotation_set__article__text", F("start") + 1, F("end") - F("start"))
    for pk, said in _of(Span.objects.order_by(), spans, quote):
        found[spans[pk]] = " ".join(said.split())[:LONGEST_NAME]
    return found


def _of(rows: QuerySet[Any], keys: Iterable[int], value: Any) -> Iterator[tuple[int, str]]:
    """Yields the rows' keys with a value, so many at a time as every database takes in one query."""
    for some in batched(keys, AT_ONCE):
        yield from rows.filter(pk__in=some).values_list("pk", value)


def stances_of(scope: Scope, *, holder: str, target: str) -> list[Relation]:
    """Returns the newest stances of one cell, with their articles; none for a key that means nothing."""
    _whose, sets = scope.corpus()
    ends = _is("head", holder), _is("tail", target)
    if None in ends:
        return []
    rows = _stances(sets).filter(*ends).select_related(
        "head_span", "via_span", "tail_span", "annotation_set__article__source"
    )  # fmt: skip
    return list(rows.order_by("-pk")[:MOST_EXAMPLES])


def _is(slot: str, key: str) -> Q | None:
    """Returns the condition that a slot is held by what a key names; None for no key."""
    number = key[1:].removeprefix("-")
    if key in (ARTICLE, IMPLICIT):
        return Q(**{f"{slot}_kind": key})
    if key in (CLAIM, UNNAMED):
        nameless: dict[str, Any] = {
            f"{slot}_kind": "span", f"{slot}_span__entity": None, f"{slot}_span__words": None,
        }  # fmt: skip
        claim = Q(**{f"{slot}_span__label__kind": LabelKind.CLAIM})
        return Q(**nameless) & (claim if key == CLAIM else ~claim)
    if not number.isascii() or not number.isdigit() or len(number) > 19 or int(number) > LARGEST:
        return None
    if key[0] == "e":
        return Q(**{f"{slot}_span__entity": int(key[1:])})
    if key[0] == "t":
        return Q(**{f"{slot}_topic": int(key[1:])})
    if key[0] == "w":
        return Q(**{f"{slot}_span__words": int(key[1:]), f"{slot}_span__entity": None})
    return None
