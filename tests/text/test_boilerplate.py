"""What agencies hang on their articles is marked at the ends of the text, and only there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.boilerplate import boilerplate
from tests.conftest import shared

MARKED = {
    "خبر.\nانتهای پیام/": ["انتهای پیام/"],
    "خبر.\nانتهای پیام": ["انتهای پیام"],
    "خبر.\nانتهاي پيام/۴۱۰۶/ش+ ": ["انتهاي پيام/۴۱۰۶/ش+"],
    "خبر رسید. انتهای پیام/": ["انتهای پیام/"],
    "خبر رسید.انتهای پیام": ["انتهای پیام"],
    "خبر رسیدانتهای پیام/": ["انتهای پیام/"],
    "خبر.\n/پایان پیام": ["/پایان پیام"],
    "خبر.\n\nانتهای پیام/\n\nواژه های کاربردی مرتبط\nواژه‌های کاربردی مرتبط": [
        "انتهای پیام/\n\nواژه های کاربردی مرتبط\nواژه‌های کاربردی مرتبط"
    ],
    "خبر.\nانتهای پیام/\nمنبع: تسنیم": ["انتهای پیام/\nمنبع: تسنیم"],
    "کد خبر: ۱۲۳۴\nتیتر\nخبر.\nكد خبر 99": ["کد خبر: ۱۲۳۴", "كد خبر 99"],
    "انتهای پیام/": ["انتهای پیام/"],
    "او در انتهای پیام": [],
    "در انتهای پیام آمده است.": [],
    "کد خبر را پرسید.": [],
    "تیتر\nانتهای پیام/\n" + "این خبر هنوز دنباله دارد. " * 20: [],
    "تیتر\nکد خبر: ۱۲\nخبر.": [],
    "": [],
    "\n \u200c\n": [],
}


@pytest.mark.parametrize(("text", "marked"), MARKED.items(), ids=range(len(MARKED)))
def test_the_agencys_own_words_are_marked(text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in boilerplate(text)] == marked


def test_the_seed_ends_in_its_agencys_words() -> None:
    text = shared("seed/000_bf67f3b841684d33.txt").read_text(encoding="utf-8")
    ((start, end),) = boilerplate(text)
    assert text[start:end] == "انتهای پیام/\n\nواژه های کاربردی مرتبط\nواژه های کاربردی مرتبط"


def test_of_crawled_articles_only_short_ends_are_marked() -> None:
    found = []
    for line in shared("farexstance/articles_dev.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        text = json.loads(line)["text"].replace("\r\n", "\n")
        found += [text[start:end] for start, end in boilerplate(text)]
    assert len(found) > 100
    assert max(map(len, found)) < 60
    assert all("پیام" in words or "مرتبط" in words or "لینک" in words for words in found)


@given(st.text(alphabet="انتهای پام/\n.۱ \u200cx", max_size=60))
def test_ranges_are_in_order_and_trimmed_wherever_they_fall(text: str) -> None:
    at = 0
    for start, end in boilerplate(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        at = end
