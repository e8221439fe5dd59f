"""JSON and tables: fields found by their names, the delimiter by its rows, broken records between good ones."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import IMPORTERS, Unreadable, recognised
from annotations.importers.base import Remark
from annotations.importers.json_values import values
from annotations.records import Draft
from tests.conftest import shared


def read(key: str, content: bytes | str, **options: str) -> list[Any]:
    """Returns the drafts and messages of a file, without the note of which fields were read."""
    content = content if isinstance(content, bytes) else content.encode()
    items = [item for _place, item in IMPORTERS[key].read(io.BytesIO(content), options)]
    return [item for item in items if not (isinstance(item, Remark) and item.code == "fields")]


def codes(items: list[Any]) -> list[str]:
    return ["draft" if isinstance(item, Draft) else item.code for item in items]


def slices(draft: Draft) -> dict[str, str]:
    return {section.kind: draft.text[section.start : section.end] for section in draft.sections}


RECORD = {"روتیتر": "در دیدار", "تیتر": "تیتر خبر", "لید": "لید", "متن": "بند یک\nبند دو", "تاریخ": "۲۶ شهریور ۱۴۰۲"}


def test_persian_names_of_fields_are_known() -> None:
    (draft,) = read(
        "json", json.dumps([RECORD | {"منبع": "تسنیم", "نویسنده": "رضا", "كلمات كليدي": "نفت، گاز", "کد": 7}])
    )
    assert slices(draft) == {"kicker": "در دیدار", "headline": "تیتر خبر", "lead": "لید", "body": "بند یک\nبند دو"}
    assert draft.published_at == "2023-09-17T12:00:00+03:30"
    assert (draft.source.name, draft.author) == ("تسنیم", "رضا")
    assert draft.meta == {"tags": ["نفت", "گاز"], "کد": 7, "published_precision": "day"}


def test_a_said_field_goes_before_a_guessed_one() -> None:
    (draft,) = read("json", '[{"text": "الف", "premise": "ب"}]', text="premise")
    assert draft.text == "ب"
    assert draft.meta == {"text": "الف"}
    assert codes(read("json", '[{"text": "الف"}]', text="premis")) == ["field_missing"]


def test_an_unclear_date_is_said_and_none_is_stored() -> None:
    unclear, draft = read("json", '[{"text": "الف", "date": "05/06/2023"}]')
    assert unclear.code == "date_ambiguous"
    assert draft.published_at is None


def test_a_date_as_a_number_is_one_of_the_machines_seconds() -> None:
    drafts = read(
        "json", '[{"text": "الف", "date": 1694934000}, {"text": "ب", "date": 1694934000000}, {"text": "پ", "date": 5}]'
    )
    assert [draft.published_at for draft in drafts[:2]] == ["2023-09-17T07:00:00+00:00"] * 2
    assert codes(drafts[2:]) == ["date_unreadable", "draft"]


@pytest.mark.parametrize(
    "layout",
    [
        lambda records: "\n".join(records),
        lambda records: "[" + ",".join(records) + "]",
        lambda records: "\n".join(json.dumps(json.loads(record), indent=2) for record in records),
        lambda records: '{"articles": [' + ",".join(records) + "]}",
        lambda records: "\ufeff[\n" + ",\n".join(records) + "\n]\n",
    ],
)
def test_records_come_in_whatever_way_they_are_laid_out(layout: Any) -> None:
    records = [json.dumps({"title": f"تیتر {number} }}]", "text": '"]}\\'}, ensure_ascii=False) for number in range(5)]
    drafts = [item for item in read("json", layout(records)) if isinstance(item, Draft)]
    assert [slices(draft)["headline"] for draft in drafts] == [f"تیتر {number} }}]" for number in range(5)]


def test_records_over_many_lines_under_the_name_of_lines_are_read_and_said() -> None:
    content = "\n".join(json.dumps({"text": f"متن {number}"}, indent=1) for number in range(3))
    importer = recognised("doccano.jsonl", content.encode())
    assert importer is not None
    found = [item for _place, item in importer.read(io.BytesIO(content.encode()), {})]
    assert "json_spread" in codes(found)
    assert codes(found).count("draft") == 3


def test_a_page_under_the_name_of_json_is_said_to_be_one() -> None:
    page = b"<!DOCTYPE html>\n<html><body>404</body></html>"
    importer = recognised("corpus.json", page)
    assert importer is not None
    ((_place, problem),) = importer.read(io.BytesIO(page), {})
    assert problem.code == "is_html"


def test_broken_records_leave_their_neighbours_whole() -> None:
    lines = [
        '{"text": "یک"}',
        '{"text": "دو"',
        '{"text": "سه", oops}',
        '{"x": 1}',
        "[]",
        '{"text": "\\ud83d"}',
        '{"text": "چهار"}',
    ]
    items = read("json", "\n".join(lines))
    assert [item.text for item in items if isinstance(item, Draft)] == ["یک", "چهار"]
    assert [item.place for item in items if isinstance(item, Unreadable)] == [2, 3, 4, 5, 6]
    array = read("json", '[{"text": "یک"}, {"text": oops}, 7, {"text": "دو"}]')
    assert codes(array) == ["draft", "not_a_record", "not_a_record", "draft"]


def test_odd_names_and_deep_values_break_nothing() -> None:
    deep = '{"text": "الف", "x": ' + '{"y":' * 800 + "1" + "}" * 800 + "}"
    items = read("json", '{"": "نه", "text": "الف"}\n' + deep + '\n{"text": "ب"}')
    assert codes(items) == ["draft", "meta_too_deep", "draft"]
    assert (items[0].text, items[0].meta) == ("الف", {"": "نه"})


def test_a_file_cut_off_gives_what_is_whole_and_says_so() -> None:
    assert codes(read("json", '[{"text": "یک"}, {"text": "د')) == ["draft", "record_cut_off"]
    assert codes(read("json", '[{"text": "یک"},')) == ["draft", "cut_off"]


def test_what_is_no_json_ends_soon() -> None:
    assert len(read("json", "نفت گران شد. " * 100_000)) < 1100


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=6), st.sampled_from([None, 2]), st.booleans())
def test_the_scanner_parts_what_the_parser_would(records: list[Any], indent: int | None, ascii_only: bool) -> None:
    content = json.dumps(records, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert [json.loads(value) for value in values(io.BytesIO(content), within_array=True)] == records


def test_farstail_has_its_tabs_in_quotation_marks_told_from_those_that_divide() -> None:
    content = shared("farstail/Val-word.csv").read_bytes()
    assert codes(read("csv", content)) == ["text_field_unknown"]
    drafts = read("csv", content, text="premise")
    assert codes(drafts) == ["draft"] * 1537
    assert {draft.meta["label"] for draft in drafts} == {"n", "e", "c"}
    assert sum("\t" in draft.text or "\t" in draft.meta["hypothesis"] for draft in drafts) == 4


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_the_one_that_makes_a_table(delimiter: str) -> None:
    rows = [["تیتر", "متن"], ["نفت, گاز; برق", "بند | یک\nبند دو"], ["ورزش", "یک, دو, سه"]]
    content = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    first, second = read("csv", content)
    assert slices(first) == {"headline": "نفت, گاز; برق", "body": "بند | یک\nبند دو"}
    assert slices(second)["body"] == "یک, دو, سه"


def test_a_column_alone_keeps_its_commas() -> None:
    assert [draft.text for draft in read("csv", "text\nیک, دو\nسه؛ چهار\n")] == ["یک, دو", "سه؛ چهار"]


def test_formulas_are_text() -> None:
    (draft,) = read("csv", 'title,text\n=1+1,"=HYPERLINK(""http://x"")"\n')
    assert slices(draft) == {"headline": "=1+1", "body": '=HYPERLINK("http://x")'}


def test_a_row_that_does_not_fit_is_named_and_the_next_one_comes_in() -> None:
    persian = "نفت گران شد و بازار به هم ریخت".encode()
    items = read("csv", b"title,text\na,b,c\n" + persian + b",\xff\nd," + persian + b"\n\n")
    assert codes(items) == ["row_width", "not_decodable", "draft"]
    assert [item.place for item in items[:2]] == [2, 3]


def test_a_table_of_windows_is_read_and_its_encoding_said() -> None:
    said, draft = read("csv", "تيتر;متن\nنفت;گران شد و بازار به هم ريخت\n".encode("cp1256"))
    assert (said.code, said.data["encoding"]) == ("encoding", "windows-1256")
    assert draft.text == "نفت\nگران شد و بازار به هم ريخت"


def test_the_authors_own_sheet_comes_in() -> None:
    path = shared("farexstance/headline2claim_dev.xlsx")
    importer = recognised(path.name, path.read_bytes()[:4096])
    assert importer is not None
    drafts = read(importer.key, path.read_bytes())
    assert codes(drafts) == ["draft"] * 1165
    headlines = [
        json.loads(line)["headline"]
        for line in shared("farexstance/headlines_dev.jsonl").read_text("utf-8").splitlines()
    ]
    assert sorted(draft.text for draft in drafts) == sorted(headlines)
    assert drafts[0].meta["claim_id"] == 4447
    assert codes(read("sheet", path.read_bytes(), sheet="no such")) == ["sheet_missing"]
