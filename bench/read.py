"""How fast do the readers make articles of files, beside the bare parser of each format on the same bytes?"""

import os
import subprocess
import sys
import tempfile

from bench.table import table

FORMATS = ("json", "jsonl", "csv", "feed", "html", "zip")
ARTICLES = 2_000


def run() -> None:
    """Prints articles a second of CPU time, and the ratio to the bare parser, each in a process of its own."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for key in FORMATS:
            done = subprocess.run(
                [sys.executable, "-m", "bench.read_child", key, str(ARTICLES), folder],
                env=os.environ | {"NEWSROOM_HOME": folder}, check=True, capture_output=True, text=True,
            )  # fmt: skip
            bare, ours, size = map(float, done.stdout.split()[-3:])
            rows.append((key, size, ARTICLES / bare, ARTICLES / ours, bare / ours))
        heads = ("format", "MB", "bare articles/CPU s", "articles/CPU s", "of bare")
        table(f"Reading {ARTICLES:,} articles of 4,500 characters", heads, rows)
