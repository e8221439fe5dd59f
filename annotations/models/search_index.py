"""How do the databases index the searchable words? SQLite by FTS5, PostgreSQL by GIN; both cut at spaces only.

FTS5 reads the words from the table itself and is kept by triggers, so that it can't differ from it whoever deletes.
PostgreSQL indexes which words there are, without their positions: those are bounded there (256 for each word). Of two
words side by side it knows a short digest; a phrase is then looked up in the words of what holds all its digests.
"""

import hashlib
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# In `ascii` every character beyond ASCII belongs to a word and nothing is folded that the key has not folded.
SQLITE = """
CREATE VIRTUAL TABLE IF NOT EXISTS annotations_searchindex USING fts5(
    words, headline, content='annotations_searchtext', content_rowid='article_id', tokenize='ascii', prefix='2 3'
);
"""
# Put back after every migrate: SQLite drops a table's triggers whenever a migration rebuilds the table.
SQLITE_TRIGGERS = """
CREATE TRIGGER IF NOT EXISTS search_added AFTER INSERT ON annotations_searchtext BEGIN
INSERT INTO annotations_searchindex(rowid, words, headline) VALUES (new.article_id, new.words, new.headline); END;
CREATE TRIGGER IF NOT EXISTS search_gone AFTER DELETE ON annotations_searchtext BEGIN
INSERT INTO annotations_searchindex(annotations_searchindex, rowid, words, headline)
VALUES ('delete', old.article_id, old.words, old.headline); END;
CREATE TRIGGER IF NOT EXISTS search_changed AFTER UPDATE ON annotations_searchtext BEGIN
INSERT INTO annotations_searchindex(annotations_searchindex, rowid, words, headline)
VALUES ('delete', old.article_id, old.words, old.headline);
INSERT INTO annotations_searchindex(rowid, words, headline) VALUES (new.article_id, new.words, new.headline); END;
"""
# With the words out of the row a page of the table holds a hundred articles: hits are sorted without reading them.
POSTGRESQL = """
ALTER TABLE annotations_searchtext SET (toast_tuple_target = 128);
CREATE OR REPLACE FUNCTION newsroom_search_keys(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT array_to_tsvector(said || ARRAY(
    SELECT '#' || left(md5(one || ' ' || next), 5) FROM unnest(said, said[2:]) AS pair(one, next) WHERE next IS NOT NULL
)) FROM (SELECT string_to_array(words, ' ')) AS cut(said) $$;
CREATE INDEX IF NOT EXISTS search_words ON annotations_searchtext
USING gin (newsroom_search_keys(words)) WITH (fastupdate = off);
CREATE INDEX IF NOT EXISTS search_headline ON annotations_searchtext
USING gin (newsroom_search_keys(headline)) WITH (fastupdate = off);
"""


def pair_key(one: str, following: str) -> str:
    """Returns what PostgreSQL's index holds of two words side by side: a digest, so that few pairs share one.

    A million of them are short enough for a row's bounds there, and so many that one article in a thousand, at most a
    few, is looked through in vain.
    """
    digest = hashlib.md5(f"{one} {following}".encode(), usedforsecurity=False).hexdigest()
    return f"#{digest[:5]}"


def create(connection: BaseDatabaseWrapper) -> None:
    """Makes the index of the connection's database; for the migration."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
    keep(connection)


def renew(connection: BaseDatabaseWrapper) -> None:
    """Makes PostgreSQL's index anew where an older version made it; for the migration. SQLite's stays."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS search_words; DROP INDEX IF EXISTS search_headline")
            cursor.execute(POSTGRESQL)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Takes away what does not go with the table."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("DROP FUNCTION IF EXISTS newsroom_search_keys CASCADE")
            return
        for trigger in ("search_added", "search_gone", "search_changed"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        cursor.execute("DROP TABLE IF EXISTS annotations_searchindex")


def keep(connection: BaseDatabaseWrapper) -> None:
    """Makes the triggers that keep SQLite's index."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in SQLITE_TRIGGERS.strip().split("END;"):
                if statement.strip():
                    cursor.execute(statement + "END;")


def keep_after_migrate(*, using: str, **signal: Any) -> None:
    """Puts the triggers back on the database just migrated; receives Django's `post_migrate`."""
    if "annotations_searchtext" in connections[using].introspection.table_names():
        keep(connections[using])
