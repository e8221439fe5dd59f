"""Does a line of JSON say only what a record says? Keys of other meanings are nobody's."""

import io
import json
from typing import Any

import pytest

from annotations.importers import IMPORTERS, recognised
from annotations.records import Draft

TEXT = "مریم رضایی در تهران گفت."


@pytest.mark.parametrize("value", ["high", 0.5, 7, None, {"of": "claims"}])
def test_a_key_that_a_record_has_not_is_ignored_whatever_it_holds(value: Any) -> None:
    line = json.dumps({"text": TEXT, "uncertainty": value, "mood": value}, ensure_ascii=False).encode()
    [(_place, draft)] = IMPORTERS["jsonl"].read(io.BytesIO(line), {})
    assert isinstance(draft, Draft)
    assert (draft.text, draft.uncertainty) == (TEXT, None)


def test_a_file_with_such_a_key_is_offered_to_the_mapping_of_fields() -> None:
    own, other = b'{"text": "abc", "author": "x"}\n', b'{"text": "abc", "uncertainty": "high"}\n'
    assert [recognised("a.jsonl", head).key for head in (own, other)] == ["jsonl", "json"]  # type: ignore[union-attr]
