"""What every format's reader keeps to, whatever it is given: any file ends in records, messages, and nothing else."""

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from annotations.importers import IMPORTERS, Importer, Option, Remark, Unreadable, recognised
from annotations.importers.base import HEAD
from annotations.records import Draft, holds_nul
from annotations.text.freeze import freeze
from tests.importers.hostile import hostile

FILES = hostile()
formats = pytest.mark.parametrize("importer", IMPORTERS.values(), ids=IMPORTERS.keys())
files = pytest.mark.parametrize("name", FILES)


def checked(items: Iterator[tuple[int, object]]) -> list[tuple[int, Draft | Unreadable | Remark]]:
    """Goes through what a reader yields and checks each item."""
    found: list[tuple[int, Draft | Unreadable | Remark]] = []
    for place, item in items:
        assert isinstance(place, int)
        assert place >= (found[-1][0] if found else 1)
        assert isinstance(item, Draft | Unreadable | Remark)
        if isinstance(item, Draft):
            check_draft(item)
        else:
            assert item.place == place
            assert item.code.replace("_", "").isalnum()
            said = item.message.format(**item.data)
            assert "{" not in item.message or said != item.message
            msgspec.json.encode(item.data)
        found.append((place, item))
    return found


def check_draft(draft: Draft) -> None:
    if draft.sections or draft.annotation_sets:
        assert freeze(draft.text) == draft.text
    for section in draft.sections:
        assert 0 <= section.start < section.end <= len(draft.text)
    # It can be written and read again: no half characters, nothing longer than the tables hold.
    again = msgspec.json.decode(msgspec.json.encode(draft), type=Draft)
    assert again.text == draft.text
    assert not holds_nul(msgspec.to_builtins(again.meta))


@formats
@files
def test_a_reader_survives_every_file_and_says_something_of_it(
    importer: Importer, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = checked(importer.read(io.BytesIO(FILES[name]), {}))
    assert found
    assert list(tmp_path.iterdir()) == []


@files
def test_recognition_survives_every_file(name: str) -> None:
    head = FILES[name][:HEAD]
    for importer in IMPORTERS.values():
        assert importer.recognise(name, head) in (0, 1, 2, 3)
    if importer := recognised(name, head):
        assert checked(importer.read(io.BytesIO(FILES[name]), {}))


@formats
def test_a_reader_says_nothing_good_of_an_empty_file(importer: Importer) -> None:
    found = checked(importer.read(io.BytesIO(b""), {}))
    assert [type(item) for _place, item in found] == [Unreadable]


@formats
def test_a_format_describes_itself(importer: Importer) -> None:
    assert importer.key.isascii()
    assert importer.title
    assert all(suffix.startswith(".") for suffix in importer.suffixes)
    assert len({option.key for option in importer.options}) == len(importer.options)
    for option in importer.options:
        assert isinstance(option, Option)
        assert option.title
        assert not option.choices or option.default in dict(option.choices)


@formats
def test_a_reader_takes_any_value_of_its_options(importer: Importer) -> None:
    content = FILES["formulas.csv"]
    for option in importer.options:
        for value in [choice for choice, _title in option.choices] or [True, False, "no such thing"]:
            if isinstance(option.default, bool) or isinstance(value, str):
                assert checked(importer.read(io.BytesIO(content), {option.key: value}))


@formats
def test_a_reader_stops_where_its_caller_does(importer: Importer) -> None:
    items = importer.read(io.BytesIO(FILES["scripts.html"]), {})
    next(items)
    items.close()
