"""A draft of a label scheme: what is told of it before anybody publishes it, and how it is carried on."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.kinds.draft import DraftLabel, SchemeUnreadable, changed_fields, plain, read_labels, rebased, settled
from annotations.kinds.keys import PAGE_KEYS, free_key, is_fit
from annotations.kinds.soundness import COLORS, MESSAGES, problems
from annotations.presets import PRESETS

ROOT = Path(__file__).resolve().parents[2]
ENDS = {"head": ["@entity"], "tail": ["@entity"]}


def label(key: str = "PER", **fields: Any) -> DraftLabel:
    said = {"key": key, "kind": "entity", "title_fa": "شخص", "title_en": "Person", **fields}
    return read_labels([said])[0]


def codes(*labels: DraftLabel) -> list[tuple[str, tuple[int, ...]]]:
    return [(problem.code, problem.at) for problem in problems(labels)]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_sound(preset: str) -> None:
    specs = [
        label(
            one.key, kind=one.kind, title_fa=one.title_fa, title_en=one.title_en, color=one.color,
            shortcut=one.shortcut, attributes=one.attributes, ends=one.ends,
        )
        for one in PRESETS[preset].labels
    ]  # fmt: skip
    assert problems(specs) == []


ONE = [
    ({"key": "۱شخص"}, "key_invalid", "key"),
    ({"title_en": "  "}, "title_missing", "title_en"),
    ({"color": "#f00"}, "color_unknown", "color"),
    ({"shortcut": "KeyR"}, "shortcut_of_page", "shortcut"),
    ({"shortcut": "F5"}, "shortcut_unfit", "shortcut"),
    ({"kind": "relation", "ends": ENDS, "shortcut": "KeyB"}, "shortcut_idle", "shortcut"),
    ({"attributes": {"type": 5}}, "attributes_invalid", "attributes"),
    ({"attributes": {"properties": {"a": {"$ref": "https://x.example"}}}}, "attributes_invalid", "attributes"),
    ({"attributes": {"properties": {"a": {"pattern": "(a+)+$"}}}}, "attributes_invalid", "attributes"),
    ({"attributes": {"patternProperties": {"(a+)+$": {}}}}, "attributes_invalid", "attributes"),
    ({"attributes": {"allOf": [{"propertyNames": {"pattern": "x"}}]}}, "attributes_invalid", "attributes"),
    ({"attributes": {"properties": {"a": {"enum": ["x", "x"]}}}}, "values_twice", "attributes"),
    ({"attributes": {"properties": {"a": {"enum": [""]}}}}, "values_invalid", "attributes"),
    ({"kind": "article", "attributes": {"values": "x"}}, "attributes_invalid", "attributes"),
    ({"kind": "article", "attributes": {"values": ["a", "a"]}}, "values_twice", "attributes"),
    ({"kind": "relation", "ends": {"head": ["@entity"]}}, "ends_empty", "ends.tail"),
    ({"kind": "relation", "ends": ENDS | {"via": ["NOPE"]}}, "ends_unknown", "ends.via"),
    ({"kind": "relation", "ends": ENDS | {"via": ["@relation"]}}, "ends_unknown", "ends.via"),
    ({"kind": "weather"}, "kind_unknown", "kind"),
    ({"into": "PER"}, "into_unknown", "into"),
    ({"into": "NOPE"}, "into_unknown", "into"),
]


@pytest.mark.parametrize(("fields", "code", "field"), ONE)
def test_each_flaw_of_a_label_is_told_with_its_field(fields: dict[str, Any], code: str, field: str) -> None:
    (found,) = problems([label(**fields)])
    assert (found.code, found.field, found.at) == (code, field, (0,))
    assert MESSAGES[code].format(**found.data)


def test_an_attribute_may_be_called_what_a_keyword_is_called() -> None:
    schema = {"properties": {"pattern": {"enum": ["x"]}, "properties": {"const": {"pattern": "x"}}}}
    assert codes(label(attributes=schema)) == []


def test_two_labels_with_one_key_are_both_named_and_the_later_hears_which_is_free() -> None:
    labels = [label("PER", shortcut="Digit1"), label("ORG", shortcut="Digit2"), label("LOC", shortcut="Digit1")]
    (found,) = problems(labels)
    assert (found.code, found.at) == ("shortcut_twice", (0, 2))
    assert found.data["free"] == "Digit3"
    assert codes(label("PER"), label("PER")) == [("key_twice", (0, 1))]


def test_three_labels_with_one_key_are_offered_different_ones() -> None:
    found = problems([label(key, shortcut="Digit1") for key in ("A", "B", "C")])
    assert [problem.data["free"] for problem in found] == ["Digit2", "Digit3"]


def test_an_archived_label_keeps_its_key_without_taking_it() -> None:
    assert codes(label("PER", shortcut="Digit1"), label("OLD", shortcut="Digit1", archived=True)) == []


def test_labels_are_merged_within_their_kind_and_into_one_that_stays() -> None:
    cue = label("CUE", kind="cue")
    assert codes(label("PER", into="CUE"), cue) == [("into_kind", (0,))]
    assert codes(label("PER", into="ORG"), label("ORG", into="LOC"), label("LOC")) == [("into_unknown", (0,))]


def test_the_keys_of_the_page_are_those_of_its_keymap() -> None:
    keymap = (ROOT / "static/js/core/keymap.js").read_text(encoding="utf-8")
    rows = re.findall(r"\{ action: .*?\}", keymap)
    plain_keys = {code for row in rows if "ctrl:" not in row and "shift:" not in row
                  for code in re.findall(r'code: "(\w+)"', row)}  # fmt: skip
    assert plain_keys == PAGE_KEYS


def test_the_fit_keys_and_the_palette_are_those_of_the_browser() -> None:
    label_keys = (ROOT / "static/js/workspace/label_keys.js").read_text(encoding="utf-8")
    fit = re.search(r"const FIT = /\^(.*)\$/", label_keys)
    assert fit is not None
    for code in (*PAGE_KEYS, "Digit1", "KeyB", "Comma", "Backquote", "F5", "Numpad1", "IntlBackslash"):
        assert is_fit(code) == bool(re.fullmatch(fit[1], code))
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    assert set(re.findall(r"^\.c-(\w+) ", tokens, re.MULTILINE)) == set(COLORS)


@given(st.sets(st.sampled_from([f"Digit{n}" for n in range(10)] + ["KeyB", "KeyC", "KeyQ", "KeyU"])))
def test_a_free_key_is_fit_and_nobodys(taken: set[str]) -> None:
    free = free_key(taken)
    assert is_fit(free)
    assert free not in taken | PAGE_KEYS


BAD = [{}, [{"key": "A"}], [{"key": "A", "kind": "entity", "more": 1}], [{"key": 1, "kind": "entity"}], "x", None,
       [{"key": "A", "kind": "entity", "title_fa": "\x00"}]]  # fmt: skip


@pytest.mark.parametrize("value", BAD)
def test_what_is_no_list_of_labels_is_refused_with_its_place(value: Any) -> None:
    with pytest.raises(SchemeUnreadable) as refusal:
        read_labels(value)
    assert refusal.value.data["place"]


def test_merging_and_renaming_carry_the_ends_along() -> None:
    labels = [
        label("ORG", was="ORG", into="GRP"), label("GRP", was=""), label("PERS", was="PER"),
        label("rel", kind="relation", ends={"head": ["ORG", "GRP", "PER"], "tail": ["@entity"]}),
    ]  # fmt: skip
    assert settled(labels)[3].ends == {"head": ["GRP", "PERS"], "tail": ["@entity"]}


CHANGES = st.fixed_dictionaries(
    {}, optional={"title_fa": st.sampled_from("ابپ"), "color": st.sampled_from(COLORS), "archived": st.booleans()}
)


@given(CHANGES, CHANGES)
def test_a_draft_carried_over_keeps_its_own_changes_and_takes_those_of_others(mine: dict, theirs: dict) -> None:
    base = label("PER", was="PER", title_fa="آ", color="slate")
    draft, now = msgspec.structs.replace(base, **mine), msgspec.structs.replace(base, **theirs)
    new = label("NEW")
    (carried, added, other) = rebased([draft, new], [base], [now, label("ORG", was="ORG")])
    for name in ("title_fa", "color", "archived"):
        own, before = getattr(draft, name), getattr(base, name)
        assert getattr(carried, name) == (own if own != before else getattr(now, name))
    assert (added, other.key) == (new, "ORG")


def test_labels_go_through_json_and_back() -> None:
    labels = [label("PER", attributes={"properties": {"a": {"type": "string"}}}, was="PER", shortcut="Digit1")]
    assert list(read_labels(msgspec.json.decode(msgspec.json.encode(plain(labels))))) == labels
    assert changed_fields(labels[0], label("PER", was="PER")) == ["shortcut", "attributes"]
