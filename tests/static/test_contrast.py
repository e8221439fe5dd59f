"""Colours: every text in them can be read, in both themes (WCAG 2.2, 1.4.3: 4.5 to 1)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
PALETTE = re.findall(r"^\.c-(\w+) ", CSS, re.MULTILINE)
THEMES = {"light": r":root, \[data-theme=\"light\"\] \{(.*?)\}", "dark": r'^  \[data-theme="dark"\] \{(.*?)\}'}


def tokens(theme: str) -> dict[str, str]:
    """Returns a theme's custom properties."""
    block = re.search(THEMES[theme], CSS, re.DOTALL | re.MULTILINE)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block[1]))


def channels(color: str) -> list[float]:
    return [int(color.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4)]


def mixed(color: str, ground: str, share: str) -> list[float]:
    """Returns color-mix(in srgb, color share, ground)."""
    part = float(share.rstrip("%")) / 100
    return [part * a + (1 - part) * b for a, b in zip(channels(color), channels(ground), strict=True)]


def luminance(rgb: list[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (value / 255 for value in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("color", PALETTE)
def test_a_chip_can_be_read_on_its_tint(theme: str, color: str) -> None:
    known = tokens(theme)
    ink = known[f"c-{color}"]
    assert contrast(channels(ink), mixed(ink, known["paper"], known["tint"])) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "mute", "accent", "pro", "con", "neu", "warn", *[f"c-{c}" for c in PALETTE]])
@pytest.mark.parametrize("ground", ["paper", "bg"])
def test_text_can_be_read_on_paper_and_ground(theme: str, ink: str, ground: str) -> None:
    known = tokens(theme)
    assert contrast(channels(known[ink]), channels(known[ground])) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["claim-1", "claim-2", "claim-3", "draft"])
def test_the_article_can_be_read_on_every_mark(theme: str, ground: str) -> None:
    known = tokens(theme)
    assert contrast(channels(known["ink"]), channels(known[ground])) >= 7


def test_a_theme_left_to_the_system_is_the_dark_one() -> None:
    automatic = re.search(r'\[data-theme="auto"\] \{(.*?)\}', CSS, re.DOTALL)
    assert automatic is not None
    assert dict(re.findall(r"--([\w-]+): ([^;]+);", automatic[1])) == tokens("dark")


def test_paper_is_light_in_every_theme() -> None:
    screens = re.findall(r"^@media screen.*?^}", CSS, re.DOTALL | re.MULTILINE)
    assert [CSS.count(f'[data-theme="{theme}"] {{') for theme in ("dark", "auto")] == [1, 1]
    assert [theme in screen for theme, screen in zip(("dark", "auto"), screens, strict=True)] == [True, True]


def test_every_colour_of_a_preset_is_in_the_palette() -> None:
    from annotations.presets import PRESETS

    assert {label.color for preset in PRESETS.values() for label in preset.labels} <= set(PALETTE)
