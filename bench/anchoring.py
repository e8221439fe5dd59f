"""How many of FarExStance's evidence sentences are found in its articles, how, and how fast?"""

import json
import re
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from annotations.text.anchor import Anchorer
from annotations.text.freeze import freeze
from bench.table import table

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "farexstance"


def _rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / name).read_bytes().splitlines()]


def run() -> None:
    """Prints counts by method and times; an article's key is worked out once and counted apart."""
    articles = {row["news_id"]: Anchorer(freeze(row["text"])) for row in _rows("articles_dev.jsonl")}
    begun = perf_counter()
    for anchorer in articles.values():
        anchorer.anchor("کلید")
    keys = (perf_counter() - begun) / len(articles)
    methods: Counter[str] = Counter()
    times: dict[str, list[float]] = {}
    for row in _rows("pairs_dev.jsonl"):
        for sentence in re.split(r"[.؟!]\s", row["evidence"]) if row["stance"] != "unrelated" else ():
            if len(sentence.strip()) > 10:
                begun = perf_counter()
                place = articles[row["news_id"]].anchor(sentence)
                method = place.method if place else "none"
                times.setdefault(method, []).append(perf_counter() - begun)
                methods[method] += 1
                methods["rivals"] += bool(place and place.rivals)
                methods["pieces"] += bool(place and len(place.ranges) > 1)
    table(
        f"Anchoring: {sum(map(len, times.values())):,} sentences; {methods['rivals']} stand at several places, "
        f"{methods['pieces']} in several pieces; {1000 * keys:.1f} ms for an article's key",
        ("method", "sentences", "median ms", "95 % below ms"),
        [
            (method, methods[method], 1000 * median(taken), 1000 * quantiles([*taken, *taken[-1:]], n=20)[-1])
            for method, taken in times.items()
        ],
    )
