"""Does Label Studio's own library take what it gets? Its checks of configuration and results, and its converter."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from tests.exporters.corpus import FIRST, GOLD, RECORDS, SECOND, record, span, unpacked, utf16, work, written

NAME = "😀 مریم"
MACHINE = work("m", "machine", "ner", [span(NAME, "m1", "PER", "مریم")])
CORPUS = (*RECORDS, record("eeeeeeee-0000-4000-8000-000000000005", NAME, MACHINE))


def exported(**options: str) -> tuple[str, bytes]:
    """Returns the configuration and the tasks."""
    files = unpacked(written("label-studio", CORPUS, **options))
    return files["config.xml"].decode(), files["tasks.json"]


def converted(kind: str, folder: Path, **options: str) -> str:
    """Returns what Label Studio's converter makes of an export."""
    config, tasks = exported(**options)
    (folder / "tasks.json").write_bytes(tasks)
    Converter(config, str(folder)).convert(str(folder / "tasks.json"), str(folder / kind), kind, is_dir=False)
    found = folder / kind
    [result] = found.iterdir() if found.is_dir() else [found]
    return result.read_text(encoding="utf-8")


def in_words(lines: list[str]) -> set[tuple[str, str]]:
    """Returns the spans that the columns of one annotation hold, their words joined."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        word, _, _, tag = line.split(" ")
        if tag.startswith("B-"):
            found.append((tag[2:], [word]))
        elif tag.startswith("I-"):
            found[-1][1].append(word)
    return {(label, " ".join(words)) for label, words in found}


@pytest.fixture(scope="module")
def studio() -> tuple[LabelInterface, list[dict[str, Any]]]:
    config, tasks = exported()
    return LabelInterface(config), json.loads(tasks)


def test_configuration_and_results_pass_label_studios_checks(studio: tuple[LabelInterface, list[Any]]) -> None:
    interface, tasks = studio
    interface.validate()
    assert [len(task["annotations"]) + len(task["predictions"]) for task in tasks] == [2, 1, 0, 1]
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        for result in (*task["annotations"], *task["predictions"]):
            assert interface.validate_prediction(result, return_errors=True) == []
    broken = tasks[0]["annotations"][0]["result"][0] | {"from_name": "labels-nothing"}
    assert not interface.validate_annotation({"result": [broken]})


def test_label_studios_flat_json_keeps_every_quote_at_its_place(tmp_path: Path) -> None:
    rows = json.loads(converted("JSON_MIN", tmp_path))
    assert [row["id"] for row in rows] == [1, 1, 2, 3, 4]
    assert len({row["annotation_id"] for row in rows if row["annotation_id"]}) == 3
    for row, given in zip(rows, (GOLD, FIRST, SECOND), strict=False):
        regions = [one for name, found in row.items() if name.startswith("labels-") for one in found]
        assert {utf16(row["text"], one["start"], one["end"]) == one["text"] for one in regions} == {True}
        quotes = [(span.label, row["text"][span.ranges[0][0] : span.ranges[-1][1]]) for span in given.spans]
        assert sorted((one["labels"][0], one["text"]) for one in regions) == sorted(quotes)


def test_label_studios_table_has_a_row_for_each_annotation(tmp_path: Path) -> None:
    rows = list(csv.DictReader(converted("CSV", tmp_path).splitlines()))
    assert [row["id"] for row in rows] == ["1", "1", "2", "3", "4"]
    assert {one["text"] for one in json.loads(rows[0]["labels-claim"])} == {"صادرات نفت رشد می‌کند"}
    assert rows[0]["category"] == "economy"


def test_label_studios_columns_tag_the_words_of_entities(tmp_path: Path) -> None:
    """Its converter counts code points where its editor counts UTF-16 units, so the export must, too."""
    columns = converted("CONLL2003", tmp_path, offsets="code_point").split("\n", 1)[1]
    gold = in_words(columns.split("\n\n")[0].splitlines())
    assert gold == {(span.label, span.quote) for span in GOLD.spans if span.label in {"PER", "LOC"}}
