"""Which words of the index are one slip away from a word that is not in it? The same ones on both databases."""

import json

from django.db import connection

from annotations.queries.search_sql import rows_of
from annotations.text.misspellings import one_slip_away

# So many articles of a word are counted: what stands in more is as common.
COUNTED = 100
# What each database is asked of each word; FTS5 and tsquery are given letters and digits only.
_SQLITE = """SELECT word.value, (SELECT count(*) FROM (SELECT 1 FROM annotations_searchindex
WHERE annotations_searchindex MATCH 'words : "' || word.value || '"' LIMIT %s))
FROM json_each(%s) word"""
_POSTGRESQL = """SELECT word, (SELECT count(*) FROM (SELECT 1 FROM annotations_searchtext
WHERE newsroom_search_keys(words) @@ ('''' || word || '''')::tsquery LIMIT %s) found)
FROM json_array_elements_text(%s::json) word"""


def near_words(word: str, *, most: int) -> list[str]:
    """Returns words that stand in an article, whoever may see it: the commonest first, of equals the nearest."""
    slips = one_slip_away(word)
    if not slips:
        return []
    sql = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    counts = {word: count for word, count in rows_of(sql, [COUNTED, json.dumps(slips)]) if count}
    return sorted(counts, key=lambda word: (-counts[word], slips.index(word)))[:most]
