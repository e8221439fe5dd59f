"""How fast is what is made of texts behind an import? Articles a second with one worker and two, beside hazm alone."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.table import table

SIZE = 1_000


def run() -> None:
    """Prints the rates of hazm's bare loop, and of the pass that indexes, groups, normalises and cuts, by workers."""
    bare, _ = _child(Path(tempfile.gettempdir()), "bare", SIZE)
    rows = [("hazm: normalise + tokenise", 1, SIZE, SIZE / bare, 1.0, "")]
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            _child(Path(folder), "prepare", SIZE)
            began = time.perf_counter()
            children = [_start(Path(folder), "work", SIZE) for _ in range(workers)]
            grown = [float(child.communicate()[0].split()[-1]) for child in children]
            seconds = time.perf_counter() - began
            assert all(child.returncode == 0 for child in children)
            _child(Path(folder), "check", SIZE)
        rows.append(("index, story, analysis", workers, SIZE, SIZE / seconds, bare / seconds, max(grown)))
    table("Analysis behind", ("work", "workers", "articles", "articles/s", "of bare", "peak MB over idle"), rows)


def _start(folder: Path, work: str, size: int) -> "subprocess.Popen[str]":
    environment = os.environ | {"NEWSROOM_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "bench.analyse_child", work, str(size)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _child(folder: Path, work: str, size: int) -> tuple[float, float]:
    """Runs one piece of work in a process of its own; returns seconds and the growth of its peak memory in MB."""
    child = _start(folder, work, size)
    seconds, grown = child.communicate()[0].split()[-2:]
    assert child.returncode == 0
    return float(seconds), float(grown)
