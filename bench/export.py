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


def run() -> None:
    """Prints a table of imports and exports by size."""
    rows = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rows += _measure(Path(folder), size)
    table("Import and export", ("work", "articles", "articles/s", "spans/s", "of bare", "peak MB over idle"), rows)


def _measure(folder: Path, size: int) -> list[tuple[object, ...]]:
    source = folder / "corpus.jsonl"
    write_corpus(source, size)
    bare_in = bare_import(source, folder / "bare.sqlite3")
    ours_in = _child(folder, "import", source)
    out = _child(folder, "export", folder / "ours.jsonl")
    bare_out, count = bare_export(folder / "newsroom.sqlite3", folder / "bare.jsonl")
    again, _ = bare_export(folder / "newsroom.sqlite3", folder / "bare.jsonl")
    assert count == size == sum(1 for _ in (folder / "ours.jsonl").open("rb"))
    bare_out = min(bare_out, again)
    others = []
    for key in EXPORTERS if size == OTHERS else ():
        if key != "jsonl":
            seconds, grown = _child(folder, f"export {key}", folder / f"ours.{key}")
            others.append((f"export {key}", size, size / seconds, 45 * size / seconds, bare_out / seconds, grown))
    return [
        ("import, bare", size, size / bare_in, 45 * size / bare_in, 1.0, ""),
        ("import", size, size / ours_in[0], 45 * size / ours_in[0], bare_in / ours_in[0], ours_in[1]),
        ("export, bare", size, size / bare_out, 45 * size / bare_out, 1.0, ""),
        ("export", size, size / out[0], 45 * size / out[0], bare_out / out[0], out[1]),
        *others,
    ]


def _child(folder: Path, work: str, path: Path) -> tuple[float, float]:
    """Runs one piece of work in a process of its own; returns seconds and the growth of its peak memory in MB."""
    environment = os.environ | {"NEWSROOM_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.export_child", work, str(path)],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, grown = done.stdout.split()[-2:]
    return float(seconds), float(grown)


if __name__ == "__main__":
    began = time.perf_counter()
    run()
