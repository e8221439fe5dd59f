"""Are everybody's tags beside each other, and are the shares those of the finished annotators alone?"""

import json
from typing import Any

import msgspec
import pytest

from annotations.records import AnnotationSetRecord, ArticleLabelRecord
from tests.exporters.corpus import FAMILY, GOLD, record, span, work, written


def by(name: str, *spans: Any, category: str = "economy", status: str = "submitted") -> AnnotationSetRecord:
    labels = [ArticleLabelRecord("category", None, category)]
    return msgspec.structs.replace(work(name, "annotator", name, spans, (), labels), status=status)


@pytest.fixture
def row() -> dict[str, Any]:
    """Three who have finished, one who has not, and the gold."""
    north = span(FAMILY, "x", "LOC", "کره شمالی")
    article = record(
        "a", FAMILY, GOLD, by("a-1", north), by("a-2", north),
        by("a-3", span(FAMILY, "x", "ORG", "کره"), category="sport"),
        by("a-4", span(FAMILY, "x", "PER", "کره"), status="in_progress"),
    )  # fmt: skip
    return json.loads(written("disagreement", [article]))


def test_soft_labels_are_shares_of_the_finished(row: dict[str, Any]) -> None:
    at = row["tokens"].index("کره")
    assert row["soft"][at] == {"B-LOC": pytest.approx(2 / 3), "B-ORG": pytest.approx(1 / 3)}
    assert row["soft"][at + 1] == {"I-LOC": pytest.approx(2 / 3), "O": pytest.approx(1 / 3)}
    assert all(sum(shares.values()) == pytest.approx(1) for shares in row["soft"])


def test_everybodys_tags_stand_beside_the_gold_under_pseudonyms(row: dict[str, Any]) -> None:
    at = row["tokens"].index("کره")
    assert {name: told[at] for name, told in row["annotators"].items()} == {
        "a-1": "B-LOC", "a-2": "B-LOC", "a-3": "B-ORG",
    }  # fmt: skip
    assert (row["gold"][at], row["others"]["a-4"][at]) == ("B-LOC", "B-PER")
    assert [FAMILY[start:end] for start, end in row["token_offsets"]] == row["tokens"]


def test_labels_of_the_article_are_shared_out_too(row: dict[str, Any]) -> None:
    category = row["labels"]["category"]
    assert category["views"]["gold"] == "economy"
    assert category["soft"] == {"economy": pytest.approx(2 / 3), "sport": pytest.approx(1 / 3)}
