"""How long does a page of a concordance of 100,000 articles take, the first one and later ones, on both databases?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.concordance_child import PAGES
from bench.search_corpus import ARTICLES, LENGTH
from bench.table import table
from tests.postgres.server import start


def run() -> None:
    """Prints the medians of some pages of each choice, beside a bare FTS5 query for the same words."""
    with tempfile.TemporaryDirectory() as sqlite, tempfile.TemporaryDirectory() as postgresql:
        found = {
            "SQLite": _measured(sqlite, {}),
            "PostgreSQL": _measured(postgresql, {"DATABASE_URL": start(Path(postgresql))}),
        }
    bare = {row[0]: row[-1] for row in found["SQLite"]["rows"]}
    rows = [
        (database, name, *("–" if ms is None else ms for ms in times), own, whole, bare[name], own / bare[name])
        for database, said in found.items()
        for name, times, own, whole, _bare in said["rows"]
    ]
    heads = (
        "database",
        "choice",
        *(f"page {number}, ms" for number in PAGES),
        "over HTTP",
        "bare FTS5",
        "page 1 / bare",
    )
    table(f"50 hits in {ARTICLES:,} articles of {LENGTH:,} characters, as an annotator", heads, rows)
    rows = [(database, *said["labelled"].values()) for database, said in found.items()]
    table("Labelling hits as one step, and taking it back", ("database", "hits", "sets", "label, s", "undo, s"), rows)


def _measured(home: str, settings: dict[str, str]) -> dict:
    environment = {"NEWSROOM_HOME": home, "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | settings
    command = [sys.executable, "-m", "bench.concordance_child"]
    done = subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])
