"""A text runs as most of its letters do, whatever it begins with."""

import pytest

from annotations.text.direction import direction_of


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("ICT و GDP در ۲۰۲۴: گزارش بانک مرکزی", "rtl"),
        ("Tehran says talks will resume (در تهران)", "ltr"),
        ("👩‍👩‍👧‍👦 «بازگشت»", "rtl"),
        ("۱۲۳ – 456", "rtl"),
        ("", "rtl"),
    ],
)
def test_a_text_runs_as_most_of_its_letters_do(text: str, runs: str) -> None:
    assert direction_of(text) == runs
