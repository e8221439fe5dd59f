"""How fast is made what is worked out behind an import, by one process and by two, beside hazm's bare loop?"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.table import table
from tests.postgres.server import start

ARTICLES = 200


def run() -> None:
    """Prints articles a second and their ratio to hazm's normalising and tokenising of the same texts."""
    with tempfile.TemporaryDirectory() as folder:
        databases = {"SQLite": {}, "PostgreSQL": {"DATABASE_URL": start(Path(folder))}}
        rows = [
            (name, processes, *_measured(settings, processes))
            for name, settings in databases.items()
            for processes in (1, 2)
        ]
    heads = (
        "database", "processes", "articles/s", "articles/CPU s", "hazm alone, articles/CPU s", "ratio",
        "peak MB over the first tenth",
    )  # fmt: skip
    table(f"Index, stories and analysis of {ARTICLES:,} articles of 4,500 characters", heads, rows)


def _measured(settings: dict[str, str], processes: int) -> tuple[float, ...]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"NEWSROOM_HOME": home, "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | settings
        alone = _said(_child("store", environment))["hazm_s"]
        made = [_said(child) for child in [_child("work", environment) for _ in range(processes)]]
        assert sum(one["made"] for one in made) == ARTICLES
    seconds = max(one["ended"] for one in made) - min(one["began"] for one in made)
    spent = sum(one["cpu_s"] for one in made)
    grown = max(one["grown_mb"] for one in made)
    return ARTICLES / seconds, ARTICLES / spent, ARTICLES / alone, alone / spent, grown


def _child(work: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.behind_child", work, str(ARTICLES)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _said(child: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = child.communicate()
    assert child.returncode == 0
    return json.loads(out.splitlines()[-1])
