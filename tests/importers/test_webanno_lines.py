"""Is WebAnno TSV of any hand read or refused with its line, whatever stands in it?"""

import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.errors import NewsroomError
from annotations.importers import IMPORTERS
from annotations.importers.webanno import parse
from annotations.importers.webanno_lines import split
from annotations.records import Draft
from tests.importers.linear import seconds

START = "#FORMAT=WebAnno TSV 3.3\n"
LAYERS = [
    "#T_SP=de.Name|identifier|value", "#T_SP=my.Empty", "#T_SP=", "#T_RL=my.Near|value|BT_de.Name", "#T_RL=x|BT_y",
    "#T_SP=my.Claim|ROLE_my.Claim:by_my.Link|my.Name|level", "#T_CH=my.Chain|ReferenceRelation|ReferenceType",
]  # fmt: skip
BROKEN = ["#T_RL=my.Near", "#T_CH=x|c", "#T_CH=x"]
PIECES = [
    "_", "*", "|", ";", "\\", "\\|", "[1]", "[2]", "[1_2]", "[0_0]", "[", "]", "->1-1", "->1-2", "*->1-1",
    "1-1", "1-2", "1-1.1", "PER", "تهران", "👩‍👩‍👧‍👦", " ", "9" * 5000, f"x[{'9' * 5000}]", f"*->{'9' * 5000}-1",
    "\x00", "\x1f", "#",
]  # fmt: skip
CELLS = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)


TOKENS = ["1-1\t0-4\tمریم", "1-2\t5-8\tرفت", "1-1.1\t0-2\tمر", "1-1.2\t4-4\t", "1-2\t5-5\t", "2-1\t9-2\tرفت"]
OTHERS = st.sampled_from(["#Text=مریم رفت", "#Text=", "#", "", "\r", "\t", "1-1\t0-4", *LAYERS, *BROKEN])


@st.composite
def files(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draws the lines of a head and of a body whose rows mostly have as many cells as the head says."""
    layers = draw(st.lists(st.sampled_from(LAYERS), max_size=3))
    columns = sum(layer.count("|") for layer in layers)
    cells = st.lists(CELLS, min_size=columns, max_size=columns)
    rows = draw(st.lists(st.builds(lambda token, row: "\t".join([token, *row]), st.sampled_from(TOKENS), cells),
                         min_size=1, max_size=4))  # fmt: skip
    others = st.lists(OTHERS, max_size=1)
    return layers, [*draw(others), "#Text=مریم رفت", *rows, *draw(others)]


@given(files())
@example((["#T_CH=x|c"], ["#Text=مریم", "1-1\t0-4\tمریم\t*->1-1"]))
@example((["#T_RL=x"], ["#Text=مریم", "1-1\t0-4\tمریم\t_"]))
@example((["#T_SP=x|a"], ["#Text=مریم", "1-1\t0-0\t\t_"]))
@example((["#T_CH=x|c|d"], ["#Text=مریم", f"1-1\t0-4\tمریم\t*->{'1' * 5000}-1\tx"]))
def test_any_lines_of_the_format_are_read_or_refused(file: tuple[list[str], list[str]]) -> None:
    layers, lines = file
    try:
        parse((START + "\n".join([*layers, *lines])).encode())
    except NewsroomError as error:
        assert error.code in {"row_broken", "token_elsewhere", "end_unknown", "too_many"}  # noqa: PT017


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        (["#T_CH=x|c"], "row_broken", 2),
        (["#T_SP=x|a", "#T_RL=x"], "row_broken", 3),
        (["#T_SP=x|a", "#Text=مریم", "1-1\t0-0\t\t_"], "row_broken", 4),
        (["#T_CH=x|c|d", "#Text=مریم", f"1-1\t0-4\tمریم\t*->{'1' * 5000}-1\tx"], "end_unknown", 4),
    ],
)
def test_what_the_format_has_not_is_refused_with_its_line(lines: list[str], code: str, line: int) -> None:
    with pytest.raises(NewsroomError) as refused:
        parse((START + "\n".join(lines)).encode())
    assert (refused.value.code, refused.value.data["line"]) == (code, line)


def test_a_part_of_a_token_may_be_empty_and_a_layer_without_a_column() -> None:
    lines = ["#T_SP=my.Empty", "#T_SP=x|a", "#Text=مریم", "1-1\t0-4\tمریم\t_", "1-1.1\t4-4\t\tPER"]
    [view] = parse((START + "\n".join(lines)).encode())
    assert [(one.layer, one.features) for one in view.elements.values()] == [("Token", {}), ("x", {"a": "PER"})]


def test_a_sentence_of_many_lines_takes_linear_time() -> None:
    lines = ["#Text=" + "گزارش " * 10] * 100_000
    with seconds(10):
        [view] = parse((START + "\n".join(lines)).encode())
    assert view.text.count("\n") == len(lines) - 1


def test_a_long_cell_takes_linear_time() -> None:
    with seconds(10):
        pieces = split("\\|" + "ب" * 1_500_000 + "|" + "پ" * 1_500_000, "|")
    assert [len(piece) for piece in pieces] == [1_500_002, 1_500_000]


@given(st.lists(st.sampled_from(["\\", "|", ";", "ا", "\n", "_"]), min_size=1).map("".join), st.sampled_from("|;"))
def test_pieces_are_those_between_marks_that_no_backslash_precedes(cell: str, mark: str) -> None:
    pieces = split(cell, mark)
    if cell == "_":
        assert pieces == []
        return
    assert mark.join(pieces) == cell
    assert len(pieces) == 1 + re.sub(r"\\.", "", cell, flags=re.DOTALL).count(mark)


def test_slots_and_relations_on_one_unit_take_linear_time() -> None:
    many = 40_000
    layers = ["#T_SP=de.Name|value", "#T_RL=my.Near|value|BT_de.Name"]
    names, others = "|".join(["PER"] * many), "|".join(["by"] * many)
    row = f"1-1\t0-4\tمریم\t{names}\t{others}\t{'|'.join(['1-1'] * many)}"
    with seconds(15):
        [view] = parse((START + "\n".join([*layers, "#Text=مریم", row])).encode())
    assert len(view.elements) == 1 + 2 * many


@pytest.mark.parametrize(
    ("filler", "meant"),
    [("1-1", "Name"), ("1-1[0]", "Name"), ("1-1[1]", "Other"), ("1-1[2]", "Name"), ("1-1[3]", "Name"), ("1-2", "Token"),
     ("1-3", "Other"), ("1-3[4]", "Other")],
)  # fmt: skip
def test_a_slot_means_the_number_then_the_layer_then_any_but_the_token(filler: str, meant: str) -> None:
    layers = ["#T_SP=my.Other|value", "#T_SP=my.Claim|ROLE_my.Claim:by_my.Link|de.Name|level", "#T_SP=de.Name|value"]
    rows = [f"1-1\t0-4\tمریم\tx[1]\tby\t{filler}\thigh\ta[2]|b[3]", "1-2\t5-8\tرفت\t_\t_\t_\t_\t_",
            "1-3\t8-9\t.\ty[4]\t_\t_\t_\t_"]  # fmt: skip
    [view] = parse((START + "\n".join([*layers, "#Text=مریم رفت.", *rows])).encode())
    [link] = [one for one in view.elements.values() if one.layer == "Link"]
    target = view.elements["".join(link.features["target"])]
    assert target.layer == meant
    if filler.endswith("]") and filler != "1-1[0]":
        assert target.features["value"] == {"1": "x", "2": "a", "3": "b", "4": "y"}[filler[-2]]


@pytest.mark.parametrize("value", ["@1-1", "@0.1", " 1-1", "1-1", " 0.1"])
def test_a_value_that_looks_like_an_id_is_a_value(value: str) -> None:
    rows = ["1-1\t0-4\tمریم\ta[1]", f"1-2\t5-8\tرفت\t{value}"]
    content = (START + "\n".join(["#T_SP=de.Name|value", "#Text=مریم رفت", *rows])).encode()
    [(_place, draft), *_remarks] = IMPORTERS["webanno"].read(io.BytesIO(content), {})
    assert isinstance(draft, Draft)
    assert [(span.label, span.quote) for span in draft.annotation_sets[0].spans] == [("a", "مریم"), (value, "رفت")]


MOST = 200_000


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (["#T_SP=x|a"], "|".join(["PER"] * MOST)),
        (["#T_SP=x|ROLE_x:y_z|b"], "by\t" + ";".join(["1-1"] * MOST)),
        (["#T_RL=x|BT_y"], "|".join(["1-1"] * MOST)),
        (["#T_CH=x|a|b"], "|".join(["*->1-1"] * MOST) + "\t_"),
        (["#T_SP=x" + "|a" * 600], "|".join(["PER"] * 2_000) + "\t_" * 599),
    ],
)
def test_a_file_fuller_than_memory_is_refused_while_it_is_read(head: list[str], cells: str) -> None:
    with pytest.raises(NewsroomError) as refused:
        parse((START + "\n".join([*head, "#Text=مریم", f"1-1\t0-4\tمریم\t{cells}"])).encode())
    assert refused.value.code == "too_many"


def test_tokens_and_empty_lines_count_as_well() -> None:
    tokens = "".join(f"1-{at}\t{at}-{at + 1}\tx\n" for at in range(MOST + 1))
    for body in (f"#Text={'x' * (MOST + 1)}\n{tokens}", "\n" * (5 * MOST)):
        with pytest.raises(NewsroomError) as refused:
            parse((START + body).encode())
        assert refused.value.code == "too_many"


def test_a_long_article_with_many_layers_is_read() -> None:
    layers = [f"#T_SP=my.Layer{at}|{'|'.join('abcd')}" for at in range(5)]
    rows = [f"1-{at + 1}\t{at}-{at + 1}\tx" + "\tPER" * 20 for at in range(20_000)]
    [view] = parse((START + "\n".join([*layers, "#Text=" + "x" * 20_000, *rows])).encode())
    assert len(view.elements) == 120_000
