"""Web pages, feeds and plain texts: the published words, apart by section, with what the source says of them."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.importers import IMPORTERS
from annotations.importers.compose import compose
from annotations.records import Draft
from annotations.text.freeze import freeze
from tests.importers.hostile import XML_BOMB, XML_OUTSIDE

PAGE = """<!doctype html><html lang="fa-IR"><head><meta charset="{charset}"><title>علاقهٔ کره به همکاری - تسنیم</title>
<meta property="og:title" content="علاقهٔ کره به همکاری"><meta name="keywords" content="روسیه، کره شمالی">
<meta property="og:site_name" content="خبرگزاری تسنیم | Tasnim">
<script type="application/ld+json">
{{"@graph": [{{"@type": "NewsArticle", "headline": "علاقهٔ کره به همکاری",
 "datePublished": "2023-09-17T10:30:00+03:30", "author": [{{"name": "مریم رضایی"}}],
 "articleSection": "بین‌الملل"}}]}}</script>
<link rel="canonical" href="https://www.tasnimnews.com/fa/news/1402/06/26/2958042/x"><style>p {{}}</style></head>
<body><nav><ul><li><a href="/">خانه</a></li><li><a href="/s">ورزش</a></li></ul></nav>
<article><div class="rutitr">در دیدار با وزیر دفاع</div><h1 class="title">علاقهٔ کره
 به   همکاری</h1><p class="lead">رسانه‌ها می‌گویند&nbsp;رهبر کره در دیدار چه گفته است و چه خواهد کرد.</p>
<div class="body"><p>این می‌شود که کتاب‌ها&nbsp;را به <b>رسانه‌های</b> <i>دیگر</i> می‌دهند. {long}</p>
<script>alert("نه")</script>
<p>سطر یک می‌رود {long}<br>سطر دو می‌آید {long}</p><ul><li>مورد یک می‌شود</li></ul><p>انتهای پیام/</p></div></article>
<aside><h2>پربیننده‌ها</h2><a href="/z">خبر دیگری که ربطی ندارد</a></aside>
<footer>همهٔ حقوق محفوظ است</footer></body></html>"""
LONG = "کیم جونگ اون و ولادیمیر پوتین دربارهٔ همکاری گفت‌وگو کردند. " * 5
FEED = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>خبرگزاری نو</title><item><title>تیتر &amp; خبر مي‌شود</title><link>https://www.irna.ir/news/1</link>
<description>لید خبر</description>
<content:encoded><![CDATA[<p>بند یک&nbsp;&amp; مي‌رود</p><p>بند دو</p><script>x()</script>]]></content:encoded>
<pubDate>Sun, 17 Sep 2023 10:30:00 +0330</pubDate><category>سیاسی</category><author>a@b (مریم)</author></item>
<item><title>دوم</title><description>&lt;p&gt;یک&lt;/p&gt;&lt;p&gt;دو&lt;/p&gt;</description>
<pubDate>۲۶ شهریور ۱۴۰۲</pubDate></item>
<item><title>سوم</title><pubDate>دیروز</pubDate></item></channel></rss>"""


def read(key: str, content: bytes, **options: str) -> list[Any]:
    return [item for _place, item in IMPORTERS[key].read(io.BytesIO(content), options)]


def slices(draft: Draft) -> dict[str, str]:
    return {section.kind: draft.text[section.start : section.end] for section in draft.sections}


def page(charset: str = "utf-8") -> str:
    return PAGE.format(charset=charset, long=LONG)


def test_a_page_gives_its_own_words_section_by_section() -> None:
    (draft,) = read("html", page().encode())
    long = LONG.strip()
    assert slices(draft) == {
        "kicker": "در دیدار با وزیر دفاع",
        "headline": "علاقهٔ کره به همکاری",
        "lead": "رسانه‌ها می‌گویند\xa0رهبر کره در دیدار چه گفته است و چه خواهد کرد.",
        "body": f"این می‌شود که کتاب‌ها\xa0را به رسانه‌های دیگر می‌دهند. {long}\nسطر یک می‌رود {long}\nسطر دو می‌آید {long}\n"
        "مورد یک می‌شود\nانتهای پیام/",
        "boilerplate": "انتهای پیام/",
    }
    assert "alert" not in draft.text
    assert "حقوق" not in draft.text
    assert "خانه" not in draft.text


def test_a_page_says_who_published_it_when_and_where() -> None:
    (draft,) = read("html", page().encode())
    assert draft.published_at == "2023-09-17T10:30:00+03:30"
    assert (draft.source.name, draft.source.domain) == ("تسنیم", "tasnimnews.com")
    assert draft.url == "https://www.tasnimnews.com/fa/news/1402/06/26/2958042/x"
    assert (draft.author, draft.language) == ("مریم رضایی", "fa-IR")
    assert draft.meta == {"category": "بین‌الملل", "tags": ["روسیه", "کره شمالی"]}


def test_a_page_without_a_stated_date_has_that_of_its_address_or_none() -> None:
    bare = page().replace("datePublished", "dateFetched")
    (draft,) = read("html", bare.encode())
    assert draft.published_at == "2023-09-17T12:00:00+03:30"
    (draft,) = read("html", bare.encode(), url="https://news.example/1")
    assert (draft.published_at, draft.url) == (None, "https://news.example/1")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (page("windows-1256").replace("ی", "ي").replace("ٔ", "").encode("cp1256"), "windows-1256"),
        (page().encode("utf-16"), "UTF-16"),
        (page().encode("utf-8-sig"), "UTF-8"),
        (page("windows-1256").encode(), "UTF-8"),
    ],
)
def test_a_page_in_another_encoding_is_read_and_it_is_said(content: bytes, encoding: str) -> None:
    said, draft = read("html", content)
    assert (said.code, said.data["encoding"]) == ("encoding", encoding)
    assert "رسانه‌ها" in draft.text


def test_a_page_that_is_no_article_is_refused() -> None:
    listing = "<html><body><nav>" + "<a href='/x'>خبر</a>" * 30 + "</nav></body></html>"
    assert [item.code for item in read("html", listing.encode())] == ["no_article"]
    assert [item.code for item in read("html", b"<html><body><script>write()</script></body></html>")] == ["no_article"]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_a_feeds_entries_come_in_with_their_own_words(encoding: str) -> None:
    feed = FEED.format(encoding=encoding)
    if encoding == "windows-1256":
        feed = feed.replace("ی", "ي").replace("۲۶", "26").replace("۱۴۰۲", "1402")
    first, second, third = [item for item in read("feed", feed.encode(encoding)) if isinstance(item, Draft)]
    body = "بند یک\xa0& مي‌رود\nبند دو".replace("ی", "ي" if encoding == "windows-1256" else "ی")
    assert slices(first)["headline"] == "تیتر & خبر مي‌شود".replace("ی", "ي" if encoding == "windows-1256" else "ی")
    assert slices(first)["body"] == body
    assert (first.source.name, first.url) == ("ایرنا", "https://www.irna.ir/news/1")
    assert first.published_at == "2023-09-17T10:30:00+03:30"
    assert len(first.meta["tags"]) == 1
    assert "\n" in slices(second)["body"]
    assert second.published_at == "2023-09-17T12:00:00+03:30"
    assert third.published_at is None


def test_an_entrys_unclear_date_is_said() -> None:
    remarks = [item for item in read("feed", FEED.format(encoding="utf-8").encode()) if not isinstance(item, Draft)]
    assert [(remark.place, remark.code) for remark in remarks] == [(3, "date_unreadable")]


def test_a_feed_cut_off_gives_its_whole_entries_and_says_so() -> None:
    feed = FEED.format(encoding="utf-8")
    items = read("feed", feed[: feed.index("<title>دوم") + 15].encode())
    assert isinstance(items[0], Draft)
    assert items[-1].code == "feed_damaged"


@pytest.mark.parametrize("bomb", [XML_BOMB, XML_OUTSIDE])
def test_entities_of_its_own_are_refused_unread(bomb: str) -> None:
    assert [item.code for item in read("feed", bomb.encode())] == ["xml_entities"]


def test_a_text_says_its_encoding_and_marks_its_boilerplate() -> None:
    said, draft = read("text", "تيتر خبر\n\nمتن خبر است.\nانتهاي پيام/\n".encode("cp1256"))
    assert said.data["encoding"] == "windows-1256"
    assert slices(draft) == {
        "headline": "تيتر خبر", "body": "متن خبر است.\nانتهاي پيام/", "boilerplate": "انتهاي پيام/",
    }  # fmt: skip
    assert [item.code for item in read("text", "متن".encode(), encoding="klingon")] == ["encoding_unknown"]


texts = st.text(alphabet="اب \u200c\n\r\x00\ufeff\xa0👩x.", max_size=12)


@given(texts, texts, texts, st.lists(texts, max_size=3))
def test_a_composed_text_is_frozen_and_each_string_is_its_section(
    kicker: str, headline: str, lead: str, paragraphs: list[str]
) -> None:
    text, sections = compose(kicker=kicker, headline=headline, lead=lead, paragraphs=paragraphs)
    assert freeze(text) == text
    found = {section.kind: text[section.start : section.end] for section in sections}
    for kind, said in (("kicker", kicker), ("headline", headline), ("lead", lead)):
        assert (kind in found) == bool(said.strip("\ufeff\x00 \t\r\n\xa0"))
        if kind in found:
            assert found[kind].strip("\ufeff\r") == freeze(f"\n{said}")[1:].strip("\ufeff\r")
