"""How long do the panels of a dashboard take on 10,000 articles × 3 sets × 45 spans, beside the bare SQL of each?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.dashboard_child import ARTICLES, GOLD, PEOPLE, SPANS
from bench.table import table
from tests.postgres.server import start


def run() -> None:
    """Prints the median of each part on both databases; on SQLite also that of bare sqlite3."""
    with tempfile.TemporaryDirectory() as sqlite, tempfile.TemporaryDirectory() as postgresql:
        on_sqlite = _measured(sqlite, {})
        on_postgresql = _measured(postgresql, {"DATABASE_URL": start(Path(postgresql))})
    rows = [
        (part, own, "–" if bare is None else bare, "–" if bare is None else own / bare, on_postgresql[part][0])
        for part, (own, bare) in on_sqlite.items()
    ]
    heads = ("part", "SQLite, processor ms", "bare sqlite3, ms", "ratio", "PostgreSQL, ms")
    spans = ARTICLES * len(PEOPLE) * SPANS
    table(f"{ARTICLES:,} articles, {spans:,} spans of annotators, {GOLD:,} gold sets of {SPANS} spans", heads, rows)


def _measured(home: str, settings: dict[str, str]) -> dict[str, tuple[float, float | None]]:
    environment = {"NEWSROOM_HOME": home, "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | settings
    command = [sys.executable, "-m", "bench.dashboard_child"]
    done = subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])
