"""How do rows become records? The one read path that exports, measures and suggesters share.

A batch of articles is read at a time, in two queries, in plain tuples: a model instance for each of a million spans
would cost more than all the rest. Memory holds the rows of one batch and one record, whatever the corpus' size; where
texts are long, or much stands on them, a batch has fewer.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from msgspec.json import Decoder

from annotations.exporters.narrow import narrowed
from annotations.models import AnnotationSet, ProjectArticle
from annotations.queries.catalogue import Catalogue
from annotations.queries.gathered import as_text
from annotations.queries.selection import Selection
from annotations.queries.set_records import in_order, rfc3339, set_record, set_rows, size_of
from annotations.queries.snapshots import snapshot
from annotations.records import Record, Section, SourceRecord

# The first batch is small, for whoever waits for the first byte; later ones share the price of their queries.
# SQLite works in this process: with more at once whoever saves meanwhile waits longer, and nothing is read faster.
FIRST, BATCH, BATCH_ON_SQLITE = 25, 400, 200
# So many code points of texts and of what stands on them are read at once, if articles go on as in the batch before.
MOST_READ = 8_000_000
ARTICLE_COLUMNS = (
    "id", "article_id", "article__uid", "article__text_sha256", "article__text", "article__language",
    as_text("article__sections"), "article__source__name", "article__source__domain", "article__url",
    "article__author", "article__published_at", "article__supersedes__uid", as_text("article__meta"),
)  # fmt: skip
Row = tuple[Any, ...]
_sections_of = Decoder(tuple[Section, ...]).decode


def stream_records(selection: Selection, *, after: int = 0) -> Iterator[Record]:
    """Yields the records of a selection in the order its articles came in.

    `after` is the id of a ProjectArticle: a stream that broke off goes on behind it.
    """
    catalogue, is_stale = Catalogue.of(selection.project), False
    # Asked anew for each batch, but put together once: that takes as long as the database needs for a third of a batch.
    articles, sets = _articles(selection), set_rows(selection.sets())
    most = min(BATCH, BATCH_ON_SQLITE) if connection.vendor == "sqlite" else BATCH
    left, size = selection.limit, min(FIRST, most)
    only, without = frozenset(selection.only), frozenset(selection.without)
    while left != 0:
        size = size if left is None else min(size, left)
        # A batch is read as of one moment, and the moment ends before anybody waits for the reader of the stream.
        with snapshot():
            if is_stale:
                catalogue = Catalogue.of(selection.project)
            places = list(articles.filter(id__gt=after)[:size])
            works = _works(sets, places)
        if not places:
            return
        for place in places:
            try:
                record = _record(place, works[place[1]], catalogue)
            except KeyError:  # a label, entity or topic that was made since the stream began: from here on read anew
                if is_stale and place is places[0]:
                    raise
                is_stale = True
                break
            yield narrowed(record, only=only, without=without) if only or without else record
            after, is_stale = place[0], False
            left = None if left is None else left - 1
        size = max(1, min(most, MOST_READ * len(places) // _read(places, works)))


def records_on(selection: Selection, article_ids: Collection[int]) -> dict[int, Record]:
    """Returns the records of these articles of a selection by the articles' ids, in the order they came in.

    They are read within the caller's transaction, where there is one: what it has written is seen.
    """
    places = list(_articles(selection).filter(article__in=article_ids))
    if not places:
        return {}
    catalogue, works = Catalogue.of(selection.project), _works(set_rows(selection.sets()), places)
    return {place[1]: _record(place, works[place[1]], catalogue) for place in places}


def _articles(selection: Selection) -> QuerySet[ProjectArticle, Row]:
    return selection.articles().values_list(*ARTICLE_COLUMNS)


def _works(sets: QuerySet[AnnotationSet, Row], places: list[Row]) -> defaultdict[int, list[Row]]:
    """Returns the rows of the sets on these places' articles, by article."""
    works: defaultdict[int, list[Row]] = defaultdict(list)
    for row in sets.filter(article__in=[place[1] for place in places]):
        works[row[0]].append(row)
    for rows in works.values():
        rows.sort(key=in_order)
    return works


def _read(places: list[Row], works: dict[int, list[Row]]) -> int:
    """Returns of how many code points a batch is, of its texts and the sets on them."""
    return sum(len(place[4]) for place in places) + sum(size_of(row) for rows in works.values() for row in rows)


def _record(place: Row, rows: list[Row], catalogue: Catalogue) -> Record:
    """Builds a record. Raises KeyError for what the catalogue does not have."""
    (_id, _article, uid, sha256, text, language, sections, source, domain, url, author, published_at, supersedes,
     meta) = place  # fmt: skip
    sets = tuple([set_record(row, text, catalogue) for row in rows])
    return Record(
        id=uid,
        text_sha256=sha256,
        text=text,
        language=language,
        sections=_sections_of(sections),
        source=SourceRecord(source, domain) if source else None,
        url=url,
        author=author,
        published_at=published_at and rfc3339(published_at),
        supersedes=supersedes,
        labels=catalogue.titles(sets),
        entities=catalogue.entities_of(sets),
        topics=catalogue.topics_of(sets),
        annotation_sets=sets,
        meta=json.loads(meta),
    )
