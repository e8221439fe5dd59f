"""Files of labels that no parser should take: is it said what is wrong?"""

import pytest

from annotations.importers.scheme import read_scheme
from annotations.kinds.draft import SchemeUnreadable

LABEL = '[{{"key": "PER", "kind": "entity", "title_fa": "شخص", "title_en": "Person", "attributes": {}}}]'


def test_labels_are_read_bare_or_in_their_envelope() -> None:
    bare = LABEL.format('{"properties": {"a": {"maximum": 1.5}}}')
    assert read_scheme(bare) == read_scheme(f'\ufeff{{"schema": "newsroom-scheme/1", "labels": {bare}}}')


BAD = [
    *(LABEL.format(f'{{"maximum": {number}}}') for number in ("NaN", "Infinity", "-Infinity", "1e999", "1" * 5000)),
    *(LABEL.format(f'{{"title": "{half}"}}') for half in ("\\ud800", "\\udc00", "\ud800")),
    "[" * 5000 + "]" * 5000, "[", "", '<View><Labels name="\ud800"/></View>', "<View>",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_what_could_not_be_stored_is_refused_as_it_is_read(text: str) -> None:
    with pytest.raises(SchemeUnreadable):
        read_scheme(text)
