"""What must whoever trains on a release know of it? The data set card, in Markdown with the fields that hubs read.

The fields are those of Hugging Face's card (https://huggingface.co/docs/hub/datasets-cards).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from annotations.releases.citation import line_of

_WAYS = {
    "none": "The articles are not divided.",
    "story": "Divided by the SHA-256 of seed and story: copies and versions of one report stand in one part.",
    "source": "Divided by the SHA-256 of seed and outlet: an outlet stands in one part.",
    "date": "Divided by the first day of each story: dev from {dev_from}, test from {test_from}.",
    "stratified": "Stories are divided within strata of their rarest label, by the SHA-256 of seed and story.",
}
_ORIGIN = (
    "Persian news, annotated with the label scheme of version {scheme_version} (`scheme.json`) under the guideline of "
    "version {guideline_version} (`guideline.md`). Released on {dated}, built from the project `{project}`.\n"
)
_READING = (
    "Offsets are Unicode code points of `text`, half-open, in logical order. `sha256sum --check SHA256SUMS` verifies "
    "the files.\n"
)
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def card_of(about: dict[str, Any], files: Iterable[tuple[str, int]]) -> bytes:
    """Returns the card of a release; `about` is what the manifest says of it, `files` are (path, bytes)."""
    counts = about["counts"]
    sections = [
        f"---\n{yaml.safe_dump(_fields(about), allow_unicode=True, sort_keys=False)}---\n",
        f"# {about['title']} – {about['name']}\n",
        about["note"].strip() + "\n" if about["note"].strip() else "",
        _ORIGIN.format(**about),
        "## What is in it\n",
        _table(("part", "articles", "sets", "spans", "relations", "article labels"), _part_rows(counts)),
        _table(("label", "kind", "Persian", "English", "count", *counts["parts"]), _label_rows(counts)),
        "## How it was chosen and divided\n",
        _chosen(about) + "\n",
        _WAYS[about["split"]["way"]].format(**about["split"]) + _shares(about["split"]) + "\n",
        "`splits.csv` has the part, story and outlet of each article.\n",
        "## Agreement of the annotators\n",
        _agreement(about["agreement"]),
        "## What formats could not hold\n",
        _losses(about["losses"]),
        "## Files\n",
        _table(("path", "bytes"), [(f"`{path}`", size) for path, size in sorted(files)]),
        _READING,
        "## To cite it\n",
        line_of(about) + "\n",
    ]
    return "\n".join(section for section in sections if section).encode()


def _fields(about: dict[str, Any]) -> dict[str, Any]:
    articles = about["counts"]["total"].get("articles", 0)
    fields: dict[str, Any] = {
        "language": ["fa"],
        "pretty_name": f"{about['title']} {about['name']}",
        "task_categories": ["token-classification", "text-classification"],
        "size_categories": [next((size for most, size in _SIZES if articles < most), "n>1M")],
    }
    return fields | ({"license": about["license"]} if about["license"] else {})


def _part_rows(counts: dict[str, Any]) -> list[tuple[object, ...]]:
    columns = ("articles", "sets", "spans", "relations", "labels")
    rows = [(part, *(counted.get(column, 0) for column in columns)) for part, counted in counts["parts"].items()]
    if len(rows) > 1:
        rows.append(("**all**", *(counts["total"].get(column, 0) for column in columns)))
    return rows


def _label_rows(counts: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (f"`{one['key']}`", one["kind"], one["title_fa"], one["title_en"], one["count"],
         *(one["parts"].get(part, 0) for part in counts["parts"]))
        for one in counts["labels"]
    ]  # fmt: skip


def _chosen(about: dict[str, Any]) -> str:
    said = ", ".join(f"`{field}={value}`" for field, value in sorted(about["filter"].items()))
    return f"Chosen by {said}." if said else "All articles of the project that anybody annotated."


def _shares(split: dict[str, Any]) -> str:
    if "shares" not in split:
        return ""
    train, dev, test = split["shares"]
    return f" Shares: train {train} %, dev {dev} %, test {test} %; seed {split['seed']}."


def _agreement(found: dict[str, Any]) -> str:
    if not found:
        return "Not measured when the release was made.\n"
    rows = [
        (name, *(_number(figure[end]) for end in ("value", "low", "high"))) for name, figure in found["figures"].items()
    ]
    told = f"Measured on {found['articles']} articles with at least two finished sets; 95 % intervals by bootstrap.\n"
    return told + "\n" + _table(("measure", "value", "from", "to"), rows)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _losses(losses: dict[str, dict[str, int]]) -> str:
    rows = [
        (f"`{name}`", code, count) for name, counts in sorted(losses.items()) for code, count in sorted(counts.items())
    ]
    if not rows:
        return "Nothing was lost.\n"
    return _table(("format", "what", "cases"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    rows = list(rows)
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
