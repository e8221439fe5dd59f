"""How fast is what is made of texts behind an import? Articles a second with one worker and two, beside hazm alone."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.table import table

SIZE = 1_000
HEADS = ("work", "workers", "articles", "articles/s", "of bare", "processor ms/article", "of bare", "peak MB over idle")


class Spent(NamedTuple):
    """What a piece of work took: seconds, processor seconds of the process and its children, growth of its peak."""

    seconds: float
    processor: float
    grown: float


def run() -> None:
    """Prints the rates of hazm's bare loop, and of the pass that indexes, groups, normalises and cuts, by workers.

    The bare loop runs before and after each pass: on a machine with other work minutes are unlike each other.
    """
    rows = []
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            before = _child(Path(folder), "bare")
            _child(Path(folder), "prepare")
            children = [_start(Path(folder), "work") for _ in range(workers)]
            for child in children:
                assert child.stdout.readline() == "ready\n"
            began = time.perf_counter()
            for child in children:
                child.stdin.write("\n")
                child.stdin.flush()
            ended = [_ended(child) for child in children]
            seconds = time.perf_counter() - began
            _child(Path(folder), "check")
            after = _child(Path(folder), "bare")
        bare = [(before[at] + after[at]) / 2 for at in range(2)]
        processor = sum(spent.processor for spent in ended)
        rows += [
            ("hazm: normalise + tokenise", 1, SIZE, SIZE / bare[0], 1.0, 1000 * bare[1] / SIZE, 1.0, ""),
            (
                "index, story, analysis", workers, SIZE, SIZE / seconds, bare[0] / seconds,
                1000 * processor / SIZE, bare[1] / processor, max(spent.grown for spent in ended),
            ),
        ]  # fmt: skip
    table("Analysis behind", HEADS, rows)


def _start(folder: Path, work: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"NEWSROOM_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "bench.analyse_child", work, str(SIZE)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _ended(child: "subprocess.Popen[str]") -> Spent:
    """Waits for the end of a piece of work; returns what it took."""
    spent = Spent(*map(float, child.communicate()[0].split()[-3:]))
    assert child.returncode == 0
    return spent


def _child(folder: Path, work: str) -> Spent:
    """Runs one piece of work in a process of its own."""
    return _ended(_start(folder, work))
