"""Do offsets that came with a text find the same words in the text that is stored?"""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import IMPORTERS
from annotations.importers.frame import UTF16, Frame
from annotations.records import Draft
from annotations.text.freeze import freeze

texts = st.lists(
    st.sampled_from(["🔴", "👩‍👩‍👧‍👦", "می‌کند", "a", " ", "\n", "\r\n", "\r", "\x00", "\ufeff", "ـ", "ي", "é"]),
    max_size=30,
).map("".join)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts, st.data())
def test_a_range_of_the_text_that_came_is_a_range_of_the_stored_one(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    frame = Frame(raw)
    assert frame.text == freeze(raw)
    found = frame.ranges([(start, end)])
    assert frame.ranges([(units(raw[:start]), units(raw[:end]))], unit=UTF16) == found
    dropped = raw[start:end].replace("\x00", "").replace("\r", "").replace("\ufeff", "")
    if found is None:
        assert not dropped
        return
    [(low, high)] = found
    assert 0 <= low < high <= len(frame.text)
    assert frame.text[low:high].replace("\r", "").replace("\ufeff", "") == dropped


@given(texts, st.integers(-5, 2**70), st.integers(-5, 2**70))
def test_offsets_that_mean_no_place_give_none(raw: str, start: int, end: int) -> None:
    found = Frame(raw).ranges([(start, end)])
    assert (found is None) or (0 <= start < end <= len(raw))


@pytest.mark.parametrize("piece", [("1", 2), (None, None), (True, 2), (0.0, 2.0), ([], {}), (2, 1), (1, 1)])
def test_what_is_no_offset_gives_none(piece: tuple[Any, Any]) -> None:
    assert Frame("مریم").ranges([piece]) is None


def test_half_a_character_gives_none() -> None:
    assert Frame("🔴").ranges([(0, 1)], unit=UTF16) is None


TEXT = "👩‍👩‍👧‍👦🔴 مریم رضایی در تهران گفت."


def record(format: str, start: int, end: int) -> Any:
    if format == "doccano":
        return {"id": 1, "text": TEXT, "label": [[start, end, "PER"]]}
    if format == "prodigy":
        span = {"start": start, "end": end, "label": "PER"}
        return {"text": TEXT, "spans": [span], "answer": "accept", "_input_hash": 1, "_task_hash": 2}
    value = {"start": start, "end": end, "labels": ["PER"]}
    result = {"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return [{"id": 1, "data": {"text": TEXT}, "annotations": [{"id": 1, "completed_by": 3, "result": [result]}]}]


@pytest.mark.parametrize(
    ("format", "unit"),
    [
        ("doccano", "code_point"), ("doccano", "utf16"), ("prodigy", "code_point"), ("prodigy", "utf16"),
        ("label-studio", "utf16"),
    ],
)  # fmt: skip
def test_both_units_find_a_name_behind_emoji(format: str, unit: str) -> None:
    start = TEXT.index("مریم")
    end = start + len("مریم رضایی")
    if unit == "utf16":
        start, end = units(TEXT[:start]), units(TEXT[:end])
    content = json.dumps(record(format, start, end)).encode()
    [(_place, draft)] = IMPORTERS[format].read(io.BytesIO(content), {"offsets": unit})
    assert isinstance(draft, Draft)
    assert [span.quote for span in draft.annotation_sets[0].spans] == ["مریم رضایی"]


def test_label_studios_predictions_are_sets_of_machines_and_annotators_have_their_own() -> None:
    result = {"id": "a", "from_name": "label", "to_name": "text", "type": "labels",
              "value": {"start": 8, "end": 12, "text": "مریم", "labels": ["PER"]}}  # fmt: skip
    task = {"id": 1, "data": {"text": "👩 آقای مریم است"}, "annotations": [
        {"id": 1, "completed_by": 3, "result": [result]}, {"id": 2, "completed_by": {"id": 4}, "result": []}],
        "predictions": [{"id": 9, "model_version": "m1", "result": [result | {"type": "choices", "from_name": "topic",
                        "value": {"choices": ["sport"]}}]}]}  # fmt: skip
    items = list(IMPORTERS["label-studio"].read(io.BytesIO(json.dumps([task]).encode()), {}))
    sets = items[0][1].annotation_sets  # type: ignore[union-attr]
    assert [(one.kind, one.annotator) for one in sets][:2] == [("imported", "user-3"), ("imported", "user-4")]
    assert sets[2].kind == "machine"
    assert [(label.label, label.value) for label in sets[2].labels] == [("topic", "sport")]
