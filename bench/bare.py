"""What is the least it could cost? The same columns with sqlite3 and orjson and nothing else."""

import sqlite3
import time
from itertools import groupby
from pathlib import Path

import orjson

TABLES = """
CREATE TABLE article (id INTEGER PRIMARY KEY, uid TEXT, text TEXT, sha TEXT, length INT, headline TEXT, sections TEXT,
  source_id INT, url TEXT, author TEXT, published_at TEXT, language TEXT, meta TEXT, created_at TEXT);
CREATE UNIQUE INDEX article_uid ON article (uid);
CREATE INDEX article_sha ON article (sha);
CREATE TABLE place (id INTEGER PRIMARY KEY, project_id INT, article_id INT, added_at TEXT);
CREATE UNIQUE INDEX place_once ON place (project_id, article_id);
CREATE TABLE annotation_set (id INTEGER PRIMARY KEY, uid TEXT, project_id INT, article_id INT, kind TEXT,
  annotator_id INT, pseudonym TEXT, status TEXT, version INT, created_at TEXT, updated_at TEXT, submitted_at TEXT);
CREATE UNIQUE INDEX set_uid ON annotation_set (project_id, uid);
CREATE INDEX set_article ON annotation_set (article_id);
CREATE TABLE span (id INTEGER PRIMARY KEY, set_id INT, uid TEXT, label_id INT, start INT, "end" INT, fragments TEXT,
  attributes TEXT, entity_id INT);
CREATE UNIQUE INDEX span_uid ON span (set_id, uid);
CREATE INDEX span_label ON span (label_id);
CREATE INDEX span_entity ON span (entity_id);
CREATE TABLE revision (id INTEGER PRIMARY KEY, set_id INT, version INT, op_id TEXT, actor_id INT, created_at TEXT,
  operations TEXT);
CREATE UNIQUE INDEX revision_op ON revision (set_id, op_id);
"""


def bare_import(source: Path, database: Path) -> float:
    """Reads the JSON Lines into bare tables of the same columns and returns the seconds it took."""
    began = time.perf_counter()
    connection = sqlite3.connect(database)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)
    with source.open("rb") as file:
        for number, line in enumerate(file, 1):
            draft = orjson.loads(line)
            work = draft["annotation_sets"][0]
            connection.execute(
                "INSERT INTO article VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (number, draft["id"], draft["text"], "0" * 64, len(draft["text"]), draft["text"][:80],
                 orjson.dumps(draft["sections"]), 1, "", "", draft["published_at"], "fa", "{}", "2026-01-01"),
            )  # fmt: skip
            connection.execute("INSERT INTO place VALUES (?,?,?,?)", (number, 1, number, "2026-01-01"))
            connection.execute(
                "INSERT INTO annotation_set VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (number, work["id"], 1, number, "gold", None, "", "accepted", 1, "2026-01-01", "2026-01-01", None),
            )
            connection.execute(
                "INSERT INTO revision VALUES (?,?,?,?,?,?,?)",
                (number, number, 1, work["id"], 1, "2026-01-01", orjson.dumps(work["spans"])),
            )
            connection.executemany(
                'INSERT INTO span (set_id, uid, label_id, start, "end", fragments, attributes, entity_id)'
                " VALUES (?,?,?,?,?,?,?,?)",
                [
                    (number, span["id"], 1, span["ranges"][0][0], span["ranges"][-1][1], None,
                     orjson.dumps(span["attributes"]), None)
                    for span in work["spans"]
                ],
            )  # fmt: skip
            if number % 100 == 0:
                connection.commit()
    connection.commit()
    connection.close()
    return time.perf_counter() - began


def bare_export(database: Path, target: Path) -> tuple[float, int]:
    """Writes articles with their spans as JSON Lines from Newsroom's own tables; returns seconds and articles."""
    began = time.perf_counter()
    connection = sqlite3.connect(database)
    labels = dict(connection.execute("SELECT id, key FROM annotations_label"))
    articles = connection.execute(
        "SELECT s.id, a.uid, a.text_sha256, a.text, a.language, a.sections, a.url, a.author, a.published_at, a.meta,"
        " s.uid, s.kind, s.pseudonym, s.status, s.created_at, s.updated_at, s.submitted_at"
        " FROM annotations_annotationset s JOIN annotations_article a ON a.id = s.article_id ORDER BY s.id"
    )
    spans = connection.execute(
        'SELECT annotation_set_id, uid, label_id, start, "end", attributes FROM annotations_span'
        " ORDER BY annotation_set_id, start"
    )
    by_set = groupby(spans, key=lambda row: row[0])
    count = 0
    with target.open("wb") as file:
        for row in articles:
            text = row[3]
            _set, rows = next(by_set)
            work = dict(
                zip(
                    ("id", "kind", "annotator", "status", "created_at", "updated_at", "submitted_at"),
                    row[10:],
                    strict=True,
                )
            )
            work["spans"] = [
                {"id": uid, "label": labels[label], "ranges": [[start, end]], "quote": text[start:end],
                 "attributes": orjson.loads(attributes), "entity": None}
                for _s, uid, label, start, end, attributes in rows
            ]  # fmt: skip
            record = dict(zip(("id", "text_sha256", "text", "language"), row[1:5], strict=True))
            record["sections"], record["meta"] = orjson.loads(row[5]), orjson.loads(row[9])
            record["url"], record["author"], record["published_at"] = row[6:9]
            record["annotation_sets"] = [work]
            file.write(orjson.dumps(record))
            file.write(b"\n")
            count += 1
    return time.perf_counter() - began, count
