"""How long does a search of 100,000 articles take, on SQLite and PostgreSQL, beside a bare FTS5 query?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.search_corpus import ARTICLES, LENGTH
from bench.table import table
from tests.postgres.server import start


def run() -> None:
    """Prints the medians for each kind of query on both databases."""
    with tempfile.TemporaryDirectory() as sqlite, tempfile.TemporaryDirectory() as postgresql:
        found = {
            "SQLite": _searched(sqlite, {}),
            "PostgreSQL": _searched(postgresql, {"DATABASE_URL": start(Path(postgresql))}),
        }
    bare = {row[0]: row[-1] for row in found["SQLite"]["rows"]}
    rows = [
        (database, name, hits, first, last if last is not None else "–", page, bare[name], first / bare[name])
        for database, made in found.items()
        for name, hits, first, last, page, _bare in made["rows"]
    ]
    heads = ("database", "query", "hits", "first ids, ms", "last, ms", "page, ms", "bare FTS5, ms", "ids / bare")
    table(f"Searching {ARTICLES:,} articles of {LENGTH:,} characters as an annotator", heads, rows)
    rows = [(database, made["made_s"], ARTICLES / made["made_s"]) for database, made in found.items()]
    table("Indexing them", ("database", "seconds", "articles/s"), rows)


def _searched(home: str, settings: dict[str, str]) -> dict:
    environment = {"NEWSROOM_HOME": home, "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | settings
    command = [sys.executable, "-m", "bench.search_child"]
    done = subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])
