"""How fast is what is made of texts behind an import? Articles a second with one worker and two, beside hazm alone."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.stories import fars_texts
from bench.table import table

SIZE = max(map(int, os.environ.get("BENCH_ARTICLES", "1000").split()))
HEADS = (
    "texts", "work", "workers", "articles", "articles/s", "of bare", "processor ms/article", "of bare",
    "peak MB over idle", "hazm's process, MB grown",
)  # fmt: skip


class Spent(NamedTuple):
    """What a piece of work took: texts, seconds, processor seconds of the process and its child, growth of both."""

    texts: int
    seconds: float
    processor: float
    grown: float
    child_grown: float


def run() -> None:
    """Prints the rates of hazm's bare loop, and of the pass that indexes, groups, normalises and cuts, by workers.

    The bare loop runs before and after each pass: on a machine with other work minutes are unlike each other. Words
    come again in the recombined seed more than in any newspaper: the news are what counts, where they are at hand.
    """
    for which in ("recombined", "news") if fars_texts() else ("recombined",):
        table("Analysis behind", HEADS, [row for workers in (1, 2) for row in _rows(which, workers)])


def _rows(which: str, workers: int) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = _child(folder, "bare", which)
        _child(folder, "prepare", which)
        children = [_start(folder, "work", which) for _ in range(workers)]
        for child in children:
            assert child.stdout.readline() == "ready\n"
        for child in children:
            child.stdin.write("\n")
            child.stdin.flush()
        ended = [_ended(child) for child in children]
        _child(folder, "check", which)
        after = _child(folder, "bare", which)
    size = before.texts
    bare_seconds, bare_processor = (before.seconds + after.seconds) / 2, (before.processor + after.processor) / 2
    seconds, processor = max(spent.seconds for spent in ended), sum(spent.processor for spent in ended)
    return [
        (
            which, "hazm: normalise + tokenise", 1, size, size / bare_seconds, 1.0,
            1000 * bare_processor / size, 1.0, "", "",
        ),
        (
            which, "index, story, analysis", workers, size, size / seconds, bare_seconds / seconds,
            1000 * processor / size, bare_processor / processor,
            max(spent.grown for spent in ended), max(spent.child_grown for spent in ended),
        ),
    ]  # fmt: skip


def _start(folder: Path, work: str, which: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"NEWSROOM_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "bench.analyse_child", work, which, str(SIZE)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _ended(child: "subprocess.Popen[str]") -> Spent:
    """Waits for the end of a piece of work; returns what it took."""
    texts, *spent = child.communicate()[0].split()[-5:]
    assert child.returncode == 0
    return Spent(int(texts), *map(float, spent))


def _child(folder: Path, work: str, which: str) -> Spent:
    """Runs one piece of work in a process of its own."""
    return _ended(_start(folder, work, which))
