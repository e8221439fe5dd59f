"""The ready label schemes: whole, valid, and free of conflicts."""

import re

import pytest
from jsonschema import Draft202012Validator

from annotations.actions.projects import label_row
from annotations.kinds import KINDS
from annotations.kinds.base import SLOTS
from annotations.models import Project
from annotations.presets import PRESETS, Preset

EVERY = pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)


def test_the_default_scheme_has_the_ten_types_of_peyma_and_arman() -> None:
    keys = [label.key for label in PRESETS["news-fa"].labels if label.kind == "entity"]
    assert keys == ["PER", "ORG", "LOC", "DAT", "TIM", "MON", "PCT", "FAC", "PRO", "EVE"]
    assert {label.key for label in PRESETS["peyma"].labels} <= set(keys)
    shortcuts = [label.shortcut for label in PRESETS["news-fa"].labels if label.kind == "entity"]
    assert shortcuts == [f"Digit{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)]


@EVERY
def test_keys_and_shortcuts_stand_once(preset: Preset) -> None:
    keys = [label.key for label in preset.labels]
    shortcuts = [label.shortcut for label in preset.labels if label.shortcut]
    assert len(keys) == len(set(keys))
    assert len(shortcuts) == len(set(shortcuts))
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", key) for key in keys)


@EVERY
def test_every_label_has_a_kind_two_titles_and_a_schema(preset: Preset) -> None:
    for label in preset.labels:
        assert label.kind in KINDS
        assert label.title_fa
        assert label.title_en
        Draft202012Validator.check_schema(label.attributes)


@EVERY
def test_ends_name_what_there_is(preset: Preset) -> None:
    known = (
        {f"@{kind}" for kind in KINDS} | {"@topic", "@article", "@implicit"} | {label.key for label in preset.labels}
    )
    for label in preset.labels:
        assert set(label.ends) <= set(SLOTS)
        assert {end for allowed in label.ends.values() for end in allowed} <= known


@EVERY
def test_every_value_has_its_titles(preset: Preset) -> None:
    for label in preset.labels:
        choices = (
            [label.attributes] if "values" in label.attributes else label.attributes.get("properties", {}).values()
        )
        for choice in choices:
            values = choice.get("values") or choice.get("enum") or []
            assert set(values) == set(choice.get("titles", {}))


@EVERY
def test_a_project_can_change_every_label_it_began_with(preset: Preset) -> None:
    for order, label in enumerate(preset.labels):
        label_row(Project(), label, order=order).clean()
