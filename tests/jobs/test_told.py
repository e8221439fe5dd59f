"""What is said of a broken record: the parser's words in the reader's language, what is unknown set apart."""

from collections.abc import Callable

import feedparser
import msgspec
import pytest
from django.utils import translation
from lxml import etree

from annotations.jobs.parsers import in_words
from annotations.jobs.told import told, told_html
from annotations.kinds.reasons import NOT_TAKEN
from annotations.models import JobProblem
from annotations.records import Draft


def of_json(content: bytes) -> str:
    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(content, type=Draft)
    return str(caught.value)


def of_xml(content: bytes) -> str:
    with pytest.raises(etree.XMLSyntaxError) as caught:
        etree.fromstring(content)
    return str(caught.value)


def of_feed(content: bytes) -> str:
    return str(feedparser.parse(b'<?xml version="1.0"?>\n<rss version="2.0"><channel>' + content)["bozo_exception"])


@pytest.mark.parametrize(
    ("parse", "content", "english"),
    [
        (of_json, b'{"text": "a"}x', "something stands behind its end (byte 14)"),
        (of_json, b'{"text" "a"}', "a colon is missing (byte 8)"),
        (of_json, b'{"text": "a" "b"}', "a comma or the object's end is missing (byte 13)"),
        (of_json, b"{text: 1}", "a field's name stands without quotation marks (byte 1)"),
        (of_json, b'{"text": "a",}', "a comma stands behind the last field (byte 13)"),
        (of_json, b'{"text": "a"', "it breaks off before its end"),
        (of_json, b'{"text": 1}', "a text belongs at \u2066$.text\u2069, a whole number stands there"),
        (of_json, b"[]", "it is a list, not an object"),
        (of_json, b"{}", "the field \u2066text\u2069 is missing"),
        (of_xml, b"<a>\n<b></a>", "an element ends that did not begin last (line 2, column 8)"),
        (of_xml, b"<a>&x;</a>", "an entity that is not defined (line 1, column 7)"),
        (of_xml, b"<a/>x", "something stands behind its end (line 1, column 5)"),
        (of_feed, b"<item></channel></rss>", "an element ends that did not begin last (line 2, column 36)"),
    ],
)
def test_the_usual_errors_are_said_with_their_place(
    parse: Callable[[bytes], str], content: bytes, english: str
) -> None:
    problem = parse(content)
    with translation.override("en"):
        assert in_words(problem) == english
    with translation.override("fa"):
        said = in_words(problem)
    assert said is not None
    assert not set(said) & set("0123456789")
    assert said != english


def test_what_no_one_knows_stands_from_left_to_right_and_is_no_markup() -> None:
    with translation.override("fa"):
        said = told_html("The record is no JSON: {problem}", {"problem": "<b>odd</b>"})
    assert said.endswith('<bdi dir="ltr">&lt;b&gt;odd&lt;/b&gt;</bdi>')


def test_a_set_without_an_id_goes_by_its_kind_in_the_readers_language() -> None:
    filling = {"at": 3, "set": "imported", "label": "X"}
    with translation.override("fa"):
        said = told_html(NOT_TAKEN, filling, "label_unknown")
        plain = told(JobProblem(message=NOT_TAKEN, code="label_unknown", data=filling))
    assert said == plain == "برچسب ۳ از مجموعهٔ واردشده پذیرفته نشد: پروژه برچسبی به نام «X» ندارد."
