"""Dates as Persian and English pages write them: the one moment they mean, or why there is none."""

from contextlib import suppress
from datetime import UTC, date, datetime, time

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.calendars import MONTHS
from annotations.text.dates import DateUnclear, jalali_day, of_day, read_date

NOON = "2023-09-17T12:00:00+03:30"
MORNING = "2023-09-17T10:30:00+03:30"
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
READ = {
    "۲۶ شهریور ۱۴۰۲": NOON,
    "26 شهريور 1402": NOON,
    "٢٦ شهریور ١٤٠٢": NOON,
    "۲۶شهریور۱۴۰۲": NOON,
    "۱۴۰۲ شهریور ۲۶": NOON,
    "۱۴۰۲/۰۶/۲۶": NOON,
    "۱۴۰۲/۶/۲۶": NOON,
    "1402-06-26": NOON,
    "1402.06.26": NOON,
    "26/06/1402": NOON,
    "\u202b۱۴۰۲/۰۶/۲۶\u202c": NOON,
    "یکشنبه ۲۶ شهریور ۱۴۰۲ - ۱۰:۳۰": MORNING,
    "یک‌شنبه، ۲۶ شهریور ماه ۱۴۰۲ ساعت ۱۰:۳۰": MORNING,
    "يك شنبه ۲۶ شهریور ۱۴۰۲ | ۱۰:۳۰ ق.ظ": MORNING,
    "تاریخ انتشار: ۱۰:۳۰ - ۲۶ شهریور ۱۴۰۲": MORNING,
    "۲۶ شهریور ۱۴۰۲ ساعت ۱۰:۳۰ ب.ظ": "2023-09-17T22:30:00+03:30",
    "1402-06-26T10:30:00": MORNING,
    "۲۶ شهریور ۰۲": NOON,
    "۰۲/۰۶/۲۶": NOON,
    "۲۶/۶/۰۲": NOON,
    "۹۹/۳/۲۱": "2020-06-10T12:00:00+04:30",
    "۳۰ اسفند ۱۳۹۹": "2021-03-20T12:00:00+03:30",
    "2023-09-17": NOON,
    "2023-09-17 10:30": MORNING,
    "2023-09-17T10:30:00+03:30": MORNING,
    "2023-09-17T07:00:00Z": "2023-09-17T07:00:00+00:00",
    "2023-09-17T10:30:00.250+0330": "2023-09-17T10:30:00.250000+03:30",
    "2023/09/17 10:30 PM": "2023-09-17T22:30:00+03:30",
    "Sun, 17 Sep 2023 10:30:00 +0330": MORNING,
    "Sun, 17 Sep 2023 07:00:00 GMT": "2023-09-17T07:00:00+00:00",
    "Sun Sep 17 10:30:00 2023": MORNING,
    "17 September 2023": NOON,
    "September 17, 2023": NOON,
    "17 Sep 23": NOON,
    "۱۷ سپتامبر ۲۰۲۳": NOON,
    "۱۷ سپتامبر ۲۰۲۳ ساعت ۱۰:۳۰": MORNING,
    "17/09/2023": NOON,
    "09/17/2023": NOON,
    "05/05/2023": "2023-05-05T12:00:00+03:30",
}
REFUSED = {
    "05/06/2023": "date_ambiguous",
    "۰۲/۰۶/۱۵": "date_ambiguous",
    "02/06/26": "date_ambiguous",
    "31/02/2023": "date_impossible",
    "2023-09-31T10:00:00Z": "date_impossible",
    "۳۱ مهر ۱۴۰۲": "date_impossible",
    "۳۰ اسفند ۱۴۰۲": "date_impossible",
    "دوشنبه ۲۶ شهریور ۱۴۰۲": "date_impossible",
    "Mon, 17 Sep 2023 10:30:00 GMT": "date_impossible",
    "99/99/99": "date_impossible",
    "1445/02/05": "date_impossible",
    "۵ صفر ۱۴۴۵": "date_lunar",
    "دیروز": "date_unreadable",
    "۲ ساعت پیش": "date_unreadable",
    "": "date_unreadable",
    "2023": "date_unreadable",
    "25:61 1402/06/26": "date_unreadable",
    "۵ سپتامبر ۲۰۲۳ (۱۴ شهریور ۱۴۰۲)": "date_unreadable",
    "x" * 1_000_000: "date_unreadable",
    "9" * 100: "date_unreadable",
}


@pytest.mark.parametrize(("said", "meant"), READ.items(), ids=range(len(READ)))
def test_a_written_date_means_one_moment(said: str, meant: str) -> None:
    assert read_date(said).at.isoformat() == meant


@pytest.mark.parametrize(("said", "code"), REFUSED.items(), ids=range(len(REFUSED)))
def test_what_is_ambiguous_or_impossible_is_no_date(said: str, code: str) -> None:
    with pytest.raises(DateUnclear) as refusal:
        read_date(said)
    assert refusal.value.code == code
    assert len(str(refusal.value)) < 400


def test_an_ambiguous_date_is_told_with_its_readings() -> None:
    with pytest.raises(DateUnclear, match="2023-05-06, 2023-06-05"):
        read_date("05/06/2023")


def test_a_day_without_a_time_is_told_from_a_moment() -> None:
    assert not read_date("۱۴۰۲/۰۶/۲۶").to_the_minute
    assert read_date("۱۴۰۲/۰۶/۲۶ ۱۰:۳۰").to_the_minute
    assert of_day(date(2023, 9, 17)).at.isoformat() == NOON


days = st.dates(min_value=date(1940, 1, 1), max_value=date(2050, 1, 1))


@given(days, st.times(), st.sampled_from([None, PERSIAN_DIGITS, ARABIC_DIGITS]))
def test_every_jalali_day_is_read_in_all_digits(day: date, clock: time, digits: dict[int, int] | None) -> None:
    jalali = jdatetime.date.fromgregorian(date=day)
    names = [name for name, (calendar, number) in MONTHS.items() if calendar == "jalali" and number == jalali.month]
    at = f"{clock:%H:%M}"
    forms = [f"{jalali.year}/{jalali.month:02}/{jalali.day:02} {at}"]
    forms += [f"{jalali.day} {name} {jalali.year} - {at}" for name in names]
    for form in forms:
        read = read_date(form.translate(digits) if digits else form)
        assert (read.at.date(), f"{read.at:%H:%M}") == (day, at)
    assert jalali_day(jalali.year, jalali.month, jalali.day) == day


@given(st.integers(min_value=-(10**9), max_value=2_500_000_000))
def test_times_of_feeds_and_machines_keep_their_moment(second: int) -> None:
    moment = datetime.fromtimestamp(second, UTC)
    assert read_date(moment.isoformat()).at == moment
    assert read_date(f"{moment:%a, %d %b %Y %H:%M:%S} GMT").at == moment


@given(st.text(max_size=40))
def test_anything_else_is_refused_and_breaks_nothing(said: str) -> None:
    with suppress(DateUnclear):
        assert read_date(said).at.tzinfo is not None
