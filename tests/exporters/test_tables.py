"""Do pandas and pyarrow read the tables, each quote at its offsets, and does no spreadsheet run what stands in them?"""

import csv
import io
import json

import msgspec
import pandas as pd
import pyarrow.parquet as parquet
import pytest

from tests.exporters.corpus import FAMILY, RECORDS, record, span, unpacked, work, written

EVERY = [
    (article.id, one.id, marked, article.text)
    for article in RECORDS
    for one in article.annotation_sets
    for marked in one.spans
]
TEXTS = {article.id: article.text for article in RECORDS}


def tables(key: str, **options: str) -> dict[str, pd.DataFrame]:
    found = {}
    for name, content in unpacked(written(key, **options)).items():
        if name.endswith(".parquet"):
            found[name.split(".")[0]] = parquet.read_table(io.BytesIO(content)).to_pandas().fillna("")
        elif name.endswith(("csv", "tsv")):
            table = pd.read_csv(
                io.BytesIO(content), sep="\t" if name.endswith("tsv") else ",", keep_default_na=False, na_values=[]
            )
            found[name.split(".")[0]] = table
    return found


@pytest.mark.parametrize(
    ("key", "options"),
    [("csv", {}), ("csv", {"separator": "tab"}), ("csv", {"cells": "exact"}), ("parquet", {})],
    ids=["csv", "tsv", "exact", "parquet"],
)
def test_every_span_is_a_row_with_its_quote_at_its_offsets(key: str, options: dict[str, str]) -> None:
    found = tables(key, **options)
    assert list(found["articles"]["text"]) == list(TEXTS.values())
    spans = found["spans"].to_dict("records")
    assert [(row["article"], row["annotation_set"], row["id"]) for row in spans] == [
        (article, one, marked.id) for article, one, marked, _text in EVERY
    ]
    for row, (_article, _set, marked, text) in zip(spans, EVERY, strict=True):
        ranges = [tuple(map(int, piece.split("-"))) for piece in row["ranges"].split(";")]
        assert " … ".join(text[start:end] for start, end in ranges) == row["quote"] == marked.quote
        assert (row["start"], row["end"]) == (ranges[0][0], ranges[-1][1])
        assert json.loads(row["attributes"]) == marked.attributes
    relations = found["relations"].to_dict("records")
    assert [(row["head"], row["via"] or None, row["tail"]) for row in relations][:3] == [
        ("s3", "s2", "s1"), ("s4", None, "s5"), ("article", "s6", "s5"),
    ]  # fmt: skip
    assert relations[0]["tail_quote"] == "کیم جونگ اون"
    assert list(found["labels"]["value"]) == ["agree", "economy"]


def test_a_quote_that_looks_like_a_formula_is_text_to_a_spreadsheet_unless_wanted_as_it_is() -> None:
    text = f"=HYPERLINK(1) {FAMILY}"
    formula = record("a", text, work("w", "gold", None, [span(text, "x", "ORG", "=HYPERLINK(1)")]))
    for cells, wanted in (("safe", "'=HYPERLINK(1)"), ("exact", "=HYPERLINK(1)")):
        content = unpacked(written("csv", [formula], cells=cells))["spans.csv"].decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(content))
        assert row["quote"] == wanted


def test_parquet_comes_in_row_groups() -> None:
    many = [msgspec.structs.replace(RECORDS[2], id=str(number)) for number in range(1100)]
    content = unpacked(written("parquet", many))["articles.parquet"]
    assert parquet.ParquetFile(io.BytesIO(content)).num_row_groups == 3
