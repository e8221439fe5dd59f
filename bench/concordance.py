"""How long does a page of a concordance of 100,000 articles take, the first one and later ones, on both databases?"""

import json
import os
import subprocess
import sys
from typing import Any

from bench.concordance_child import PAGES
from bench.kept import databases
from bench.search import judge, shown
from bench.search_corpus import ARTICLES, LENGTH
from bench.table import table

SURFACES = (*(f"page {number}" for number in PAGES), "over HTTP", "API")


def run() -> None:
    """Prints the medians of some pages of each choice by the clock and in processor time, and what is too slow."""
    with databases() as found:
        said = {name: _measured(environment) for name, environment in found.items()}
    for database, made in said.items():
        title = (
            f"{database}: 50 hits in {ARTICLES:,} articles of {LENGTH:,} characters, ms by the clock (of processors)"
        )
        table(title, ("choice", *SURFACES), [(name, *map(shown, times)) for name, *times in made["rows"]])
        judge(database, SURFACES, made["rows"])
    rows = [(database, *made["labelled"].values()) for database, made in said.items()]
    table("Labelling hits as one step, and taking it back", ("database", "hits", "sets", "label, s", "undo, s"), rows)


def _measured(settings: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.concordance_child"]
    done = subprocess.run(command, env=os.environ | settings, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])
