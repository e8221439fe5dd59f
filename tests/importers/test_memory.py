"""A file of 200 MB: read in constant memory or refused at once, by every reader."""

import subprocess
import sys

import pytest

from annotations.importers import IMPORTERS
from tests.shape.files import ROOT

# A page of 8 MB and a feed of 32 are read as a whole before they are found too large; a cell of 8 MB takes four copies.
MOST_GROWTH = 130
STREAMS = {"json": ("array", "records", "open string"), "csv": ("rows", "open quote")}


@pytest.mark.parametrize("key", IMPORTERS)
def test_200_mb_take_no_more_memory_than_one_record(key: str) -> None:
    kinds = ("lines", "line", "zeros", *STREAMS.get(key, ()))
    done = subprocess.run(
        [sys.executable, "-m", "tests.importers.memory_child", key, *kinds],
        cwd=ROOT, check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    grown, *counts = done.stdout.split()
    assert float(grown) < MOST_GROWTH
    assert len(counts) == len(kinds)
    assert all(int(count) for count in counts)
