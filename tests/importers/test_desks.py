"""Do files come in as desks have them: sheets with titles and merged cells, archives of other systems, long records?"""

import io
import json
import zipfile
from typing import Any

import pytest

from annotations.importers import recognised
from annotations.importers.base import Unreadable, head_of
from annotations.records import Draft
from tests.importers.hostile import zipped
from tests.importers.reading import read

TEXT = "مریم رضایی در تهران گفت صادرات نفت رشد می‌کند."
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(rows: list[list[str | int]], *, merged: list[str]) -> bytes:
    """Returns a sheet as Excel stores one, with only what it needs."""
    lines = [
        "".join(
            f"<c><v>{cell}</v></c>" if isinstance(cell, int) else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
            for cell in row
        )
        for row in rows
    ]
    table = "".join(f"<row>{line}</row>" for line in lines)
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{table}</sheetData>'
        f"<mergeCells>{merges}</mergeCells></worksheet>",
    }
    return zipped({name: content.encode() for name, content in files.items()})


def drafts(key: str, content: bytes) -> list[Draft]:
    return [item for _place, item in read(key, content) if isinstance(item, Draft)]


def codes(key: str, content: bytes) -> list[str]:
    return [item.code for _place, item in read(key, content) if not isinstance(item, Draft)]


def test_a_sheet_with_a_title_and_merged_cells_is_read_from_the_names_of_its_columns() -> None:
    rows: list[list[str | int]] = [
        ["گزارش هفتگی", "", "", ""], ["هفتهٔ سوم شهریور", "", "", ""], ["تیتر", "متن خبر", "تاریخ", "منبع"],
        ["یک", "متن یک", 14020626, "ایسنا"], ["دو", "متن دو", "۱۴۰۲/۰۶/۲۷", ""], ["سه", "متن سه", "20230919", "ایرنا"],
        ["چهار", "متن چهار", "", ""],
    ]  # fmt: skip
    content = workbook(rows, merged=["A1:D1", "D4:D5"])
    found = drafts("sheet", content)
    assert [draft.text for draft in found] == ["یک\nمتن یک", "دو\nمتن دو", "سه\nمتن سه", "چهار\nمتن چهار"]
    assert [draft.source and draft.source.name for draft in found] == ["ایسنا", "ایسنا", "ایرنا", None]
    assert [(draft.published_at or "")[:10] for draft in found] == ["2023-09-17", "2023-09-18", "2023-09-19", ""]
    assert codes("sheet", content) == ["rows_above", "fields"]


@pytest.mark.parametrize("above", ["sep=;\r\n", "گزارش هفتگی\r\n\r\n", "گزارش هفتگی;;\r\n", ""])
def test_a_table_may_be_called_something_above_the_names_of_its_columns(above: str) -> None:
    content = f"{above}تیتر;متن;تاریخ\r\nیک;الف, ب;۱۴۰۲۰۶۲۶\r\nدو;پ, ت;1402/6/27\r\nسه;ث;\r\nچهار;ج;\r\n".encode()
    assert [draft.text for draft in drafts("csv", content)] == ["یک\nالف, ب", "دو\nپ, ت", "سه\nث", "چهار\nج"]


def test_a_table_without_names_of_columns_says_the_widest_of_its_rows() -> None:
    (item,) = [item for _place, item in read("csv", "گزارش,\nالف,ب\nپ,ت\n".encode())]
    assert isinstance(item, Unreadable)
    assert "الف" in item.data["names"]
    assert "ب" in item.data["names"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("خبر یک.txt".encode(), "خبر یک.txt"), ("خبر عربي.txt".encode("cp1256"), "خبر عربي.txt"),
        ("اخبار.txt".encode("cp720"), "اخبار.txt"), ("é.txt".encode("cp437"), "é.txt"),
    ],
)  # fmt: skip
def test_names_in_an_archive_are_those_that_its_writer_meant(written: bytes, shown: str) -> None:
    archive = zipped({"x" * len(written): TEXT.encode()}).replace(b"x" * len(written), written)
    assert [item.meta["file"] for item in drafts("zip", archive)] == [shown]


def test_what_lies_beside_the_articles_of_an_archive_is_no_article() -> None:
    report = b'{"counts":{"moved":1},"total":1}\n{"code":"moved","article":"x"}\n'
    content = zipped({"README.txt": b"What it is", "losses.jsonl": report, "a.txt": TEXT.encode()})
    assert [draft.text for draft in drafts("zip", content)] == [TEXT]
    assert codes("zip", content) == ["beside", "beside"]


LONG = f"{TEXT} " + "نفت گران شد. " * 9000
SPAN = {"start": 0, "end": 10, "label": "PER"}
LONG_RECORDS: dict[str, dict[str, Any]] = {
    "doccano": {"text": LONG, "label": [[0, 10, "PER"]]},
    "prodigy": {"text": LONG, "spans": [SPAN | {"token_start": 0, "token_end": 1}], "answer": "accept"},
    "spacy-jsonl": {"text": LONG, "entities": [[0, 10, "PER"]], "cats": {}},
    "label-studio": {
        "data": {"text": LONG},
        "annotations": [{"result": [{"id": "a", "type": "labels", "value": SPAN | {"labels": ["PER"]}}]}],
    },
}


@pytest.mark.parametrize("key", LONG_RECORDS)
def test_a_long_record_is_known_by_what_stands_behind_its_text(key: str) -> None:
    record = json.dumps(LONG_RECORDS[key])
    content = (f"[{record}]" if key == "label-studio" else record).encode()
    importer = recognised("export.jsonl", head_of(io.BytesIO(content)))
    assert importer is not None
    assert importer.key == key
    for found in (drafts(key, content), drafts("zip", zipped({"export.jsonl": content}, level=0))):
        assert [span.quote for draft in found for work in draft.annotation_sets for span in work.spans] == [TEXT[:10]]


def test_spacys_groups_and_scored_categories_are_read() -> None:
    record = {
        "text": TEXT, "entities": [[0, 10, "PER"]], "spans": {"sc": [[0, 10, "PER"], [24, 45, "CLAIM"]]},
        "cats": {"economy": 1.0, "politics": 0.0, "stance=agree": 0.7, "odd": "yes"}, "words": ["…"], "desk": "اقتصاد",
    }  # fmt: skip
    content = json.dumps(record).encode()
    (draft,) = drafts("spacy-jsonl", content)
    (work,) = draft.annotation_sets
    assert [(span.label, span.quote) for span in work.spans] == [("PER", TEXT[:10]), ("CLAIM", TEXT[24:45])]
    assert [(label.label, label.value) for label in work.labels] == [("category", "economy"), ("stance", "agree")]
    assert draft.meta == {"desk": "اقتصاد"}
    assert codes("spacy-jsonl", content) == ["score_unreadable"]


def test_stances_whose_articles_lie_in_another_file_say_so() -> None:
    rows = b'{"news_id": 7, "claim": "x y", "stance": "agree", "evidence": ""}\n'
    assert codes("stance", rows) == ["text_missing"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipper:
        zipper.writestr("pairs.jsonl", rows)
        zipper.writestr("articles.jsonl", json.dumps({"news_id": 7, "text": TEXT}))
    assert len(drafts("stance", archive.getvalue())) == 1
