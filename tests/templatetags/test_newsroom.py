"""Dates and numbers in the reader's own calendar and digits."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from annotations.templatetags.newsroom import both_calendars, calendar_day, day, digits, number, ratio, typed_day

# Half an hour before midnight in London is the next morning in Tehran.
LATE = datetime(2023, 9, 16, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(("language", "text"), [("fa", "۲۶ شهریور ۱۴۰۲"), ("en", "17 September 2023")])
def test_a_day_is_said_in_the_readers_calendar_with_the_other_on_hover(language: str, text: str) -> None:
    with translation.override(language):
        html = day(LATE)
    assert f">{text}</time>" in html
    assert "17 September 2023" in html
    assert "۲۶ شهریور ۱۴۰۲" in html


def test_both_calendars_are_said_where_there_is_room() -> None:
    assert "<bdi>۲۶ شهریور ۱۴۰۲</bdi> · <bdi>17 September 2023</bdi>" in both_calendars(LATE)


@pytest.mark.parametrize(("far", "said"), [(date.min, "1 January 1"), (date.max, "31 December 9999")])
def test_a_day_that_the_jalali_calendar_has_not_is_said_in_the_gregorian(far: date, said: str) -> None:
    with translation.override("fa"):
        assert calendar_day(far) == said
        assert typed_day(far) == far.isoformat()


def test_no_day_is_no_text() -> None:
    assert day(None) == both_calendars(None) == ""


@pytest.mark.parametrize(("language", "few", "many"), [("fa", "۷", "۴٬۱۴۹"), ("en", "7", "4,149")])
def test_numbers_have_the_digits_of_the_interface(language: str, few: str, many: str) -> None:
    with translation.override(language):
        assert (digits(7), number(4149)) == (few, many)


@pytest.mark.parametrize(
    ("value", "persian", "english"),
    [(0.784, "۰٫۷۸", "0.78"), (1, "۱٫۰۰", "1.00"), (-0.125, "\u200e−۰٫۱۲", "\u200e−0.12"), (-0.001, "۰٫۰۰", "0.00"),
     (None, "–", "–")],
)  # fmt: skip
def test_a_measure_has_two_decimals_and_its_minus_before_the_digits(
    value: float | None, persian: str, english: str
) -> None:
    with translation.override("fa"):
        assert ratio(value) == persian
    with translation.override("en"):
        assert ratio(value) == english
