"""How well are wire copies told from other news? Precision and recall over thresholds, on real articles with edits."""

import json
import random
import time
from itertools import combinations
from pathlib import Path

from annotations.text.sketches import ALIKE, PERMUTATIONS, bands, likeness, shingles, sketch
from bench.table import table
from bench.wire import EDITS, copy

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "fars-news"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
SHORTEST = 5  # paragraphs: of fewer, dropping two leaves another text


def fars_texts(folder: Path = FOLDER) -> list[str]:
    """Returns the articles of Fars News of at least five paragraphs, one paragraph a line, none twice."""
    texts = {}
    for path in sorted(folder.glob("*.json")):
        for item in json.loads(path.read_bytes()):
            lines = [line.strip() for line in (item["title"], item["abstract"], *item["paragraphs"]) if line.strip()]
            if len(lines) >= SHORTEST:
                texts["\n\n".join(lines)] = None
    return list(texts)


def run() -> None:
    """Prints how often each kind of copy is found, and how many pairs of different articles are taken for copies."""
    texts = fars_texts()
    if not texts:
        print(f"No articles at {FOLDER}: nothing to measure")
        return
    rng = random.Random(1)
    began = time.perf_counter()
    sketches = [sketch(text) for text in texts]
    rate = len(texts) / (time.perf_counter() - began)
    rows = []
    for name, edits in EDITS.items():
        found = [_found(one, sketch(copy(rng, text, edits))) for text, one in zip(texts, sketches, strict=True)]
        rows.append([name, *(sum(value >= most for value in found) / len(found) for most in THRESHOLDS)])
    alike = [likeness(one, other) for one, other in combinations(sketches, 2)]
    rows.append(["pairs of different articles", *(sum(value >= most for value in alike) for most in THRESHOLDS)])
    table(f"Copies found among {len(texts)} articles", ("copy", *(f"≥ {most}" for most in THRESHOLDS)), rows)
    print(f"\nEach of the pairs ≥ {ALIKE}, with its true Jaccard index:")
    for (one, other), value in zip(combinations(range(len(texts)), 2), alike, strict=True):
        if value >= ALIKE:
            print(f"{value:.2f} {_jaccard(texts[one], texts[other]):.2f}  {texts[one][:50]!r} {texts[other][:50]!r}")
    print(f"\n{rate:,.0f} sketches of {PERMUTATIONS} numbers a second")


def _found(one: bytes, other: bytes) -> float:
    """Returns the likeness of two sketches, 0 where they share no band and are never compared."""
    return likeness(one, other) if set(enumerate(bands(one))) & set(enumerate(bands(other))) else 0.0


def _jaccard(one: str, other: str) -> float:
    ours, theirs = set(shingles(one)), set(shingles(other))
    return len(ours & theirs) / len(ours | theirs)
