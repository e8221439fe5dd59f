"""Which real texts do the tests of the text engine read? Those of the shared data, where they are."""

import json
from collections.abc import Iterator

from tests.conftest import shared


def seed() -> str:
    """Returns the seed article."""
    return shared("seed/000_bf67f3b841684d33.txt").read_text("utf-8")


def naughty_strings() -> list[str]:
    """Returns the Big List of Naughty Strings."""
    return json.loads(shared("blns/blns.json").read_text("utf-8"))


def hazm_inputs() -> list[str]:
    """Returns what hazm's own tests put in."""
    lines = shared("normalisation/hazm-pairs.jsonl").read_text("utf-8").splitlines()
    inputs = (json.loads(line)["args"][0] for line in lines)
    return [text for text in inputs if isinstance(text, str)]


def articles(most: int) -> list[str]:
    """Returns so many articles of Fars News, of Varzesh3 and of Hamshahri each, title, lead and paragraphs as lines."""
    files = "fars-news/fars-news-1", "varzesh3/varzesh3-first150", "rss-hamshahri/hamshahri"
    items = [item for file in files for item in json.loads(shared(f"{file}.json").read_text("utf-8"))[:most]]
    return [
        "\n".join([item["title"], item.get("abstract") or item.get("summary", ""), *item.get("paragraphs", ())])
        for item in items
    ]


def treebank() -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yields each sentence of UD Persian Seraji with the ranges of its surface tokens (CoNLL-U, SpaceAfter)."""
    for part in ("dev", "test"):
        for block in shared(f"ud-seraji/fa_seraji-ud-{part}.conllu").read_text("utf-8").split("\n\n"):
            if block.strip():
                yield _sentence(block.split("\n"))


def _sentence(lines: list[str]) -> tuple[str, list[tuple[int, int]]]:
    text = next(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
    ranges: list[tuple[int, int]] = []
    at = inside = 0
    for line in lines:
        if not line or line.startswith("#"):
            continue
        number, form, *_, misc = line.split("\t")
        if "-" in number:
            inside = int(number.split("-")[1])
        elif int(number) <= inside:
            continue
        ranges.append((at, at + len(form)))
        at += len(form) + (0 if "SpaceAfter=No" in misc else 1)
    return text, ranges
