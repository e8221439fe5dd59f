"""Do the style sheets say things as Firefox and WebKit read them, too? What they drop they drop without a word."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parents[2] / "static/css").glob("*.css"))


@pytest.fixture(params=SHEETS, ids=lambda sheet: sheet.name)
def rules(request: pytest.FixtureRequest) -> str:
    return re.sub(r"/\*.*?\*/", "", request.param.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_a_line_s_style_colour_and_thickness_are_said_one_by_one(rules: str) -> None:
    # WebKit reads `text-decoration: underline` and drops `underline 2px` and `underline red`.
    assert not [said for said in re.findall(r"text-decoration:\s*([^;}]+)", rules) if len(said.split()) > 1]


def test_what_is_not_to_be_selected_is_not_selected_in_webkit_either(rules: str) -> None:
    assert len(re.findall(r"[;{\s]user-select:", rules)) == len(re.findall(r"-webkit-user-select:", rules))


def test_a_repeating_gradient_of_mixed_colours_names_its_colour_space(rules: str) -> None:
    # Firefox draws nothing at all where it would have to mix in another space than sRGB.
    gradients = re.findall(r"repeating-linear-gradient\(([^;}]+)", rules)
    assert not [said for said in gradients if "color-mix" in said and " in srgb" not in said.split(",")[0]]
