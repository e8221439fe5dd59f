"""What if any value of a record is another than its format says? A record, a message, and never a crash."""

import copy
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.importers import IMPORTERS
from tests.importers.test_contract import checked

TEXT = "🔴 مریم رضایی در تهران گفت صادرات نفت رشد می‌کند."
TOKENS = [{"text": "مریم", "start": 2, "end": 6, "id": 0}, {"text": "رضایی", "start": 7, "end": 12, "id": 1}]
RESULT = {"id": "a", "type": "labels", "from_name": "label", "value": {"start": 3, "end": 13, "labels": ["PER"]}}
SELECTORS = [
    {"type": "TextQuoteSelector", "exact": "مریم", "prefix": "🔴 ", "suffix": " رضایی"},
    {"type": "RangeSelector", "startSelector": {"type": "TextPositionSelector", "start": 2, "end": 6},
     "endSelector": {"exact": "تهران"}, "refinedBy": {"type": "FragmentSelector", "value": "char=0,2"}},
]  # fmt: skip
RECORDS: dict[str, Any] = {
    "doccano": {
        "id": 7, "text": TEXT, "label": [[2, 12, "PER"]], "Comments": ["x"], "cats": ["a"],
        "entities": [{"id": 1, "label": "PER", "start_offset": 2, "end_offset": 12}],
        "relations": [{"id": 9, "from_id": 1, "to_id": 1, "type": "claimant"}],
    },
    "label-studio": {
        "id": 7, "data": {"text": TEXT}, "predictions": [{"result": [RESULT], "model_version": "x", "score": 0.5}],
        "annotations": [{"id": 1, "completed_by": {"id": 3}, "created_at": "2023-09-17T10:00:00Z", "result": [
            RESULT, {"type": "relation", "from_id": "a", "to_id": "a", "direction": "left", "labels": ["x"]},
            {"id": "a", "type": "choices", "from_name": "kind", "value": {"start": 3, "choices": ["x"]}},
            {"id": "b", "type": "choices", "from_name": "topic", "value": {"choices": ["x"]}}]}],
    },
    "prodigy": {
        "text": TEXT, "tokens": TOKENS, "answer": "accept", "_session_id": "x", "accept": ["a"], "meta": {"a": 1},
        "spans": [{"start": 2, "end": 12, "token_start": 0, "token_end": 1, "label": "PER"}],
        "relations": [{"head": 0, "child": 1, "label": "x"}],
    },
    "w3c": {
        "text": TEXT, "annotations": [
            {"id": "a", "creator": {"name": "x"}, "motivation": ["tagging"],
             "target": {"source": "x", "selector": SELECTORS},
             "body": [{"purpose": "tagging", "value": "PER"}, {"purpose": "linking", "source": "http://x/Q1"}]},
            {"id": "b", "body": "LOC", "creator": "x",
             "target": {"source": {"id": "x", "value": TEXT}, "selector": SELECTORS[0]}},
            {"id": "c", "creator": "x", "body": {"value": "near"}, "target": ["a", "b"]}],
    },
    "stance": {
        "news_id": 7, "text": TEXT, "headline": "تیتر", "claim_id": 3, "claim": "ادعا", "stance": "agree", "row": 1,
        "evidence": ["مریم رضایی در تهران گفت"],
    },
}  # fmt: skip
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**40, -1, 1e308, 2**63, 2**64, "", "\x00", "\ud800", "x" * 400])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Returns the way to each value within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


@pytest.mark.parametrize("format", RECORDS)
def test_the_record_as_it_should_be_has_annotations(format: str) -> None:
    found = checked(IMPORTERS[format].read(io.BytesIO(json.dumps(RECORDS[format]).encode()), {}))
    work = found[0][1].annotation_sets[0]  # type: ignore[union-attr]
    assert work.spans
    assert work.relations


@pytest.mark.parametrize("format", RECORDS)
@settings(max_examples=150)
@given(data=st.data())
def test_another_value_anywhere_is_survived(format: str, data: st.DataObject) -> None:
    record = copy.deepcopy(RECORDS[format])
    for *path, last in data.draw(st.lists(st.sampled_from(places(record)[1:]), min_size=1, max_size=2)):
        into = record
        for key in path:
            try:
                into = into[key]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(into, dict) or (isinstance(into, list) and isinstance(last, int) and last < len(into)):
            into[last] = data.draw(values)
    content = json.dumps([record, record]).encode()
    assert checked(IMPORTERS[format].read(io.BytesIO(content), {}))
