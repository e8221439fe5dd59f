"""Is a text frozen as it was published, and never twice differently?"""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.freeze import LoneSurrogate, NotUtf8, decode_utf8, freeze, text_sha256
from tests.strategies import texts


@pytest.mark.parametrize(
    ("published", "frozen"),
    [
        ("\ufeffتهران", "تهران"),
        ("\ufeff\ufeffتهران", "تهران"),
        ("\x00\ufeffتهران", "تهران"),
        ("تهران\ufeff", "تهران\ufeff"),
        ("الف\r\nب", "الف\nب"),
        ("الف\r\r\nب", "الف\nب"),
        ("الف\r\x00\nب", "الف\nب"),
        ("الف\rب", "الف\rب"),
        ("الف\x00ب", "الفب"),
        ("ي ك\u00a0\u200c ", "ي ك\u00a0\u200c "),
        ("e\u0301", "e\u0301"),
        ("", ""),
    ],
)
def test_freezing_drops_bom_and_nul_and_turns_crlf_to_lf(published: str, frozen: str) -> None:
    assert freeze(published) == frozen


@given(st.one_of(texts(), st.text(st.sampled_from("\r\n\x00\ufeffا"))))
def test_freezing_twice_is_freezing_once(text: str) -> None:
    assert freeze(freeze(text)) == freeze(text)


@given(texts())
def test_nothing_else_is_changed(text: str) -> None:
    plain = text.replace("\x00", "").replace("\ufeff", "").replace("\r", "")
    assert freeze(plain) == plain


@pytest.mark.parametrize(
    ("content", "position"),
    [(b"abc\xff", 3), ("سلام".encode()[:-1], 6), (b"\xed\xa0\x80", 0), (b"\xc0\x80", 0), ("سلام".encode("cp1256"), 0)],
)
def test_bytes_that_are_not_utf8_are_refused_with_their_position(content: bytes, position: int) -> None:
    with pytest.raises(NotUtf8) as caught:
        decode_utf8(content)
    assert caught.value.data == {"position": position}
    assert str(position) in str(caught.value)


@pytest.mark.parametrize("text", ["ا\ud83d", "\ufeffا\udc00"])
def test_half_a_character_is_refused_with_its_position(text: str) -> None:
    with pytest.raises(LoneSurrogate) as caught:
        freeze(text)
    assert caught.value.data == {"position": 1}


@given(texts())
def test_the_checksum_is_that_of_the_bytes(text: str) -> None:
    assert text_sha256(text) == hashlib.sha256(text.encode()).hexdigest()
    assert decode_utf8(text.encode()) == text
