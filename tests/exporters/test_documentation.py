"""Does docs/formats.md say of every format what the format says of itself?"""

import re
from pathlib import Path

import pytest

from annotations.exporters import EXPORTERS
from annotations.exporters.carries import IN_ORDER
from annotations.exporters.losses import HAPPENED
from annotations.queries.selection import FILTERS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text("utf-8")


@pytest.mark.parametrize("key", EXPORTERS)
def test_a_format_has_its_row_its_chapter_and_a_command(key: str) -> None:
    exporter = EXPORTERS[key]
    (row,) = re.findall(rf"^\| \[`{key}`\]\(#{key}\) \|(.*)\|$", PAGE, re.MULTILINE)
    marks = dict(zip(IN_ORDER, (cell.strip() for cell in row.split("|")), strict=True))
    assert {feature for feature, mark in marks.items() if mark == "✓"} == exporter.carries
    assert {feature for feature, mark in marks.items() if mark == "part"} == exporter.reports
    chapter = PAGE.split(f"\n### {key}\n")[1].split("\n### ")[0]
    assert f"export_corpus demo --format {key}" in chapter
    assert all(option.key in PAGE for option in exporter.options)


def test_every_loss_and_every_filter_is_described() -> None:
    assert [code for code in HAPPENED if f"`{code}`" not in PAGE] == []
    assert [name for name in FILTERS if not re.search(rf"`{name}\b", PAGE)] == []
