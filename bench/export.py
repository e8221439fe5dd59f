"""How fast do a corpus' articles come in and go out, beside bare sqlite3 + orjson in the same run?"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from annotations.exporters import EXPORTERS
from bench.bare import bare_export, bare_import
from bench.corpus import write_corpus
from bench.table import table

SIZES = (1_000, 10_000)
# The other formats, most of which need tokens, are measured beside it at this size.
OTHERS = 1_000
HEADS = ("work", "articles", "articles/s", "spans/s", "of bare", "articles/processor s", "peak MB over idle")


def run() -> None:
    """Prints a table of imports and exports by size."""
    rows = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rows += _measure(Path(folder), size)
    table("Import and export", HEADS, rows)


def _measure(folder: Path, size: int) -> list[tuple[object, ...]]:
    source = folder / "corpus.jsonl"
    write_corpus(source, size)
    busy = time.process_time()
    bare_in = bare_import(source, folder / "bare.sqlite3")
    busy_in = time.process_time() - busy
    ours_in = _child(folder, "import", source)
    out = _child(folder, "export", folder / "ours.jsonl")
    busy = time.process_time()
    bare_out, count = bare_export(folder / "newsroom.sqlite3", folder / "bare.jsonl")
    again, _ = bare_export(folder / "newsroom.sqlite3", folder / "bare.jsonl")
    busy_out = (time.process_time() - busy) / 2
    assert count == size == sum(1 for _ in (folder / "ours.jsonl").open("rb"))
    bare_out = min(bare_out, again)
    others = []
    for key in EXPORTERS if size == OTHERS else ():
        if key != "jsonl":
            spent = _child(folder, f"export {key}", folder / f"ours.{key}")
            others.append(_row(f"export {key}", size, bare_out, spent))
    return [
        ("import, bare", size, size / bare_in, 45 * size / bare_in, 1.0, size / busy_in, ""),
        _row("import", size, bare_in, ours_in),
        ("export, bare", size, size / bare_out, 45 * size / bare_out, 1.0, size / busy_out, ""),
        _row("export", size, bare_out, out),
        *others,
    ]


def _row(work: str, size: int, bare: float, spent: tuple[float, float, float]) -> tuple[object, ...]:
    seconds, busy, grown = spent
    return work, size, size / seconds, 45 * size / seconds, bare / seconds, size / busy, grown


def _child(folder: Path, work: str, path: Path) -> tuple[float, float, float]:
    """Runs work in a process of its own; returns seconds, processor seconds and the growth of its peak memory in MB."""
    environment = os.environ | {"NEWSROOM_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.export_child", work, str(path)],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, busy, grown = map(float, done.stdout.split()[-3:])
    return seconds, busy, grown


if __name__ == "__main__":
    began = time.perf_counter()
    run()
