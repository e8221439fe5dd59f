"""Selects: one arrow for all of them, to be seen on light and on dark paper (WCAG 2.2, 1.4.11: 3 to 1)."""

import re
from pathlib import Path

import pytest

from tests.static.test_contrast import THEMES, channels, contrast, tokens

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
OF_A_SELECT = re.compile(r"(?<![\w.#\"-])select\b")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_takes_a_selects_arrow_away(sheet: Path) -> None:
    rules = RULE.findall(re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL))
    shorthand = [name.strip() for name, body in rules if OF_A_SELECT.search(name) and re.search(r"background:", body)]
    assert shorthand == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "soft"])
def test_the_arrow_can_be_seen(theme: str, ground: str) -> None:
    drawn = re.search(r'stroke="(#\w{6})"', (ROOT / "static" / "chevron.svg").read_text(encoding="utf-8"))
    assert drawn is not None
    assert contrast(channels(drawn[1]), channels(tokens(theme)[ground])) >= 3


@pytest.mark.parametrize("frame", ["base.html", "admin/base_site.html"])
def test_every_page_draws_it(frame: str) -> None:
    assert "css/selects.css" in (ROOT / "templates" / frame).read_text(encoding="utf-8")
