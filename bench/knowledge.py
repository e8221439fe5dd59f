"""How long does it take to find an entity among 100,000, by one letter and by a name, on both databases?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import table

ENTITIES, MENTIONS = 100_000, 20_000


def run() -> None:
    """Prints a table of medians and 95th percentiles by query."""
    rows = []
    for database in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder:
            rows += [(database, *row) for row in _measured(Path(folder), postgres=database == "PostgreSQL")]
    table(f"Finding one of {ENTITIES:,} entities", ("database", "query", "found", "p50 ms", "p95 ms"), rows)


def _measured(home: Path, *, postgres: bool) -> list[list[object]]:
    environment = os.environ | {"NEWSROOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [
        sys.executable,
        "-m",
        "bench.knowledge_child",
        str(ENTITIES),
        str(MENTIONS),
        str(home) if postgres else "",
    ]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])
