"""How fast do a corpus' articles come in and go out, beside bare sqlite3 + orjson in the same run?

`BENCH_ARTICLES` says of how many articles (`1000 10000`), `BENCH_DATABASES` on which databases (`sqlite postgresql`).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from annotations.exporters import EXPORTERS
from bench.bare import bare_export, bare_import
from bench.corpus import write_corpus
from bench.table import table
from tests.postgres.server import start

SIZES = tuple(map(int, os.environ.get("BENCH_ARTICLES", "1000 10000").split()))
DATABASES = os.environ.get("BENCH_DATABASES", "sqlite postgresql").split()
# The other formats, most of which need tokens, are measured beside it at this size.
OTHERS = 1_000
FILTERED = "first kind=gold&status=accepted"
HEADS = (
    "work", "articles", "articles/s", "of bare", "articles/processor s", "of bare's", "and with the server's",
    "first bytes, ms", "peak MB over idle",
)  # fmt: skip


class Spent(NamedTuple):
    """What a child says of its work: seconds, those of a processor, its own and the server's, first bytes, MB."""

    seconds: float
    busy: float
    served: float = 0.0
    first: float = 0.0
    grown: float = 0.0


def run() -> None:
    """Prints a table of imports and exports by size."""
    rows = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rows += _measure(Path(folder), size)
    table("Import and export", HEADS, rows)


def _measure(folder: Path, size: int) -> list[tuple[object, ...]]:
    source, bare = folder / "corpus.jsonl", folder / "bare.sqlite3"
    write_corpus(source, size)
    busy = time.process_time()
    bare_in = Spent(bare_import(source, bare), time.process_time() - busy)
    bare.unlink()
    ours = _measure_on("", folder, size, source, bare_in)
    if "postgresql" in DATABASES:
        ours += _measure_on(start(folder), folder, size, source, bare_in)
    return ours


def _measure_on(url: str, folder: Path, size: int, source: Path, bare_in: Spent) -> list[tuple[object, ...]]:
    """Measures on one database. Bare reads Newsroom's own tables, so it has SQLite's to read for both."""
    name = "PostgreSQL" if url else "SQLite"
    came = _child(folder, url, "import", source)
    went = _child(folder, url, "export", folder / "ours.jsonl")
    bare_out = _bare_out(folder, size)
    assert size == sum(1 for _ in (folder / "ours.jsonl").open("rb"))
    first = _child(folder, url, FILTERED, folder / "first.jsonl")
    others = [
        _row(f"{name}, export {key}", size, _child(folder, url, f"export {key}", folder / f"ours.{key}"), bare_out)
        for key in EXPORTERS
        if size == OTHERS and not url and key != "jsonl"
    ]
    bare = [("bare, import", size, bare_in), ("bare, export", size, bare_out)]
    return [
        *([] if url else [_row(work, size, spent, spent) for work, size, spent in bare]),
        _row(f"{name}, import", size, came, bare_in),
        _row(f"{name}, export", size, went, bare_out),
        (f"{name}, export by kind and status", size, "", "", "", "", "", first.first * 1000, ""),
        *others,
    ]


def _bare_out(folder: Path, size: int) -> Spent:
    """Returns what the better of two bare exports took."""
    found = []
    for _ in range(2):
        busy = time.process_time()
        seconds, count = bare_export(folder / "newsroom.sqlite3", folder / "bare.jsonl")
        assert count == size
        found.append(Spent(seconds, time.process_time() - busy))
    return Spent(*map(min, *found))


def _row(work: str, size: int, spent: Spent, bare: Spent) -> tuple[object, ...]:
    return (
        work, size, size / spent.seconds, bare.seconds / spent.seconds, size / spent.busy, bare.busy / spent.busy,
        bare.busy / (spent.busy + spent.served), spent.first * 1000 or "", spent.grown or "",
    )  # fmt: skip


def _child(folder: Path, url: str, work: str, path: Path) -> Spent:
    """Runs work in a process of its own."""
    environment = os.environ | {"NEWSROOM_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.export_child", work, str(path)],
        env=environment | ({"DATABASE_URL": url} if url else {}), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return Spent(*map(float, done.stdout.split()[-5:]))
