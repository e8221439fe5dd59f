"""How long does a search of 100,000 articles take, on SQLite and PostgreSQL: ids, pages first to last, counts, API?"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from bench.kept import databases
from bench.search_corpus import ARTICLES, LENGTH
from bench.table import table

SURFACES = ("ids, 1st page", "2nd", "20th", "last", "library", "its last page", "count", "API")
# Every answer is to come within this, at the median.
MOST_MS = 100


def run() -> None:
    """Prints the medians of each case on both databases, by the clock and in processor time, and what is too slow."""
    with databases() as found:
        said = {name: _searched(environment) for name, environment in found.items()}
    for database, made in said.items():
        title = f"{database}: {ARTICLES:,} articles of {LENGTH:,} characters, ms by the clock (of processors)"
        rows = [(name, hits, *map(shown, times)) for name, hits, *times in made["rows"]]
        table(title, ("who · what · narrowed to", "hits", *SURFACES), rows)
        judge(database, SURFACES, [(name, *times) for name, _hits, *times in made["rows"]])
        if made["made_s"]:
            print(f"\n{database}: indexed in {made['made_s']:.0f} s, {ARTICLES / made['made_s']:,.0f} articles/s")


def judge(database: str, surfaces: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Says the median of all rows for each surface, and which are slower than they may be, by the clock."""
    columns = zip(*(row[1:] for row in rows), strict=True)
    seen_of = {surface: [seen[0] for seen in times if seen] for surface, times in zip(surfaces, columns, strict=True)}
    told = ", ".join(f"{surface} {statistics.median(seen):.1f}" for surface, seen in seen_of.items() if seen)
    print(f"\n{database}, median of all: {told}")
    for name, *times in rows:
        for surface, seen in zip(surfaces, times, strict=True):
            if seen and seen[0] > MOST_MS:
                print(f"  slow: {name}, {surface}: {shown(seen)}")


def shown(seen: tuple[float, float, float] | None) -> str:
    """Returns milliseconds by the clock, and in brackets those of processors; – for what there is not."""
    return "–" if seen is None else f"{seen[0]:.1f} ({seen[1] + seen[2]:.1f})"


def _searched(settings: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.search_child"]
    done = subprocess.run(command, env=os.environ | settings, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    run()
