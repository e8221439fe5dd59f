"""How long does «next article» take among 100,000, at the front and far behind, on SQLite and PostgreSQL?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.queue_child import ARTICLES
from bench.table import table
from tests.postgres.server import start


def run() -> None:
    """Prints the medians by what lies before the next article, and what ranking takes."""
    with tempfile.TemporaryDirectory() as sqlite, tempfile.TemporaryDirectory() as postgresql:
        found = {
            "SQLite": _measured(sqlite, {}),
            "PostgreSQL": _measured(postgresql, {"DATABASE_URL": start(Path(postgresql))}),
        }
    rows = [
        (database, name, looked, handed, bare, handed / bare)
        for database, made in found.items()
        for name, looked, handed, bare in made["rows"]
    ]
    heads = ("database", "before the next article lie", "found, ms", "handed out, ms", "bare writes, ms", "ratio")
    table(f"The next of {ARTICLES:,} articles, three annotators each", heads, rows)
    rows = [(database, order, seconds) for database, made in found.items() for order, seconds in made["ranked"]]
    table("Ranking all of them anew", ("database", "order", "seconds"), rows)


def _measured(home: str, settings: dict[str, str]) -> dict:
    environment = {"NEWSROOM_HOME": home, "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | settings
    command = [sys.executable, "-m", "bench.queue_child"]
    done = subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])
