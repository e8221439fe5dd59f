"""How long does it take to see what a draft of a label scheme would do, and to merge a label, on both databases?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import table
from tests.postgres.server import start

ARTICLES = 2000


def run() -> None:
    """Prints seconds of wall and of the process for each kind of draft, and for publishing a merge."""
    rows = []
    for database in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as home:
            settings = {"DATABASE_URL": start(Path(home))} if database == "PostgreSQL" else {}
            environment = {"NEWSROOM_HOME": home, "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | settings
            command = [sys.executable, "-m", "bench.scheme_child", str(ARTICLES)]
            done = subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True)
            rows += [(database, *row) for row in json.loads(done.stdout.splitlines()[-1])]
    heads = ("database", "draft", "annotations", "wall, s", "of the process, s")
    table(f"A draft on {ARTICLES:,} articles with 45 spans each", heads, rows)
