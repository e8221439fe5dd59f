"""A file of 200 MB: read in constant memory or refused at once, by every reader."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from annotations.importers import IMPORTERS
from tests.shape.files import ROOT

# A page of 8 MB and a feed of 32 are read as a whole before they are found too large; a cell of 8 MB takes four copies,
# and a string of JSON that does not end is 32 MB, twice that when its buffer grows.
MOST_GROWTH = 150
# Whoever reads for longer hangs.
MOST_SECONDS = 300
STREAMS = {"json": ("array", "records", "open string"), "csv": ("rows", "open quote")}


@contextmanager
def readers(seconds: float) -> Iterator[subprocess.Popen[str]]:
    """A process that reads in processes of its own, each for so many seconds at most."""
    command = [sys.executable, "-m", "tests.importers.memory_child", str(seconds)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        yield started


@pytest.fixture(scope="module")
def child() -> Iterator[subprocess.Popen[str]]:
    with readers(MOST_SECONDS) as started:
        yield started


def answer(child: subprocess.Popen[str], key: str, *kinds: str) -> str:
    """Has a reader read these files, and returns the line that tells how it went."""
    child.stdin.write(",".join((key, *kinds)) + "\n")
    child.stdin.flush()
    return child.stdout.readline()


@pytest.mark.parametrize(
    "key",
    # Only that of stances reads three million rows to the end before it says anything.
    [pytest.param(key, marks=pytest.mark.long) if key == "stance" else key for key in IMPORTERS],
)
def test_200_mb_take_no_more_memory_than_one_record(child: subprocess.Popen[str], key: str) -> None:
    kinds = ("lines", "line", "zeros", *STREAMS.get(key, ()))
    said = answer(child, key, *kinds)
    assert not said.startswith("ended")
    grown, *counts = said.split()
    assert float(grown) < MOST_GROWTH
    assert len(counts) == len(kinds)
    assert all(int(count) for count in counts)


def test_a_reader_that_hangs_is_ended() -> None:
    with readers(0.1) as child:
        assert answer(child, "stance", "lines") == f"ended with {signal.SIGALRM:d}\n"
