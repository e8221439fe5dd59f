"""What do the libraries that read JSON and XML mean by what they say, in the language of the reader?"""

import re

from django.utils import translation
from django.utils.translation import gettext as _

from annotations.errors import gettext_noop
from annotations.text.numerals import persian_digits

WHATS = {
    # msgspec's of JSON
    "trailing characters": gettext_noop("something stands behind its end"),
    "expected ':'": gettext_noop("a colon is missing"),
    "expected ',' or ']'": gettext_noop("a comma or the list's end is missing"),
    "expected ',' or '}'": gettext_noop("a comma or the object's end is missing"),
    "object keys must be strings": gettext_noop("a field's name stands without quotation marks"),
    "trailing comma in object": gettext_noop("a comma stands behind the last field"),
    "trailing comma in array": gettext_noop("a comma stands behind the last item"),
    "invalid character": gettext_noop("a character that can't stand here"),
    "invalid escape character in string": gettext_noop("an escape sequence that JSON does not have"),
    "invalid number": gettext_noop("a number that is none"),
    # expat's and libxml2's of XML
    "mismatched tag": gettext_noop("an element ends that did not begin last"),
    "Opening and ending tag mismatch": gettext_noop("an element ends that did not begin last"),
    "no element found": gettext_noop("it breaks off before its end"),
    "Premature end of data in tag": gettext_noop("it breaks off before its end"),
    "unclosed token": gettext_noop("it breaks off within a tag"),
    "Couldn't find end of Start Tag": gettext_noop("it breaks off within a tag"),
    "not well-formed (invalid token)": gettext_noop("a character that can't stand here"),
    "undefined entity": gettext_noop("an entity that is not defined"),
    "Entity": gettext_noop("an entity that is not defined"),
    "junk after document element": gettext_noop("something stands behind its end"),
    "Extra content at the end of the document": gettext_noop("something stands behind its end"),
    "duplicate attribute": gettext_noop("an attribute stands twice"),
    "Attribute": gettext_noop("an attribute stands twice"),
    "syntax error": gettext_noop("it does not begin as XML"),
    "Start tag expected": gettext_noop("it does not begin as XML"),
    "Document is empty": gettext_noop("it is empty"),
}
KINDS = {
    "object": gettext_noop("an object"), "array": gettext_noop("a list"), "str": gettext_noop("a text"),
    "int": gettext_noop("a whole number"), "float": gettext_noop("a number"), "bool": gettext_noop("yes or no"),
    "null": gettext_noop("nothing"),
}  # fmt: skip
TRUNCATED = "Input data was truncated"
JSON = re.compile(r"JSON is malformed: (?P<what>.+) \(byte (?P<byte>\d+)\)")
EXPAT = re.compile(r"<unknown>:(?P<line>\d+):(?P<column>\d+): (?P<what>.+)")
LIBXML = re.compile(r"(?P<what>.+?), line (?P<line>\d+), column (?P<column>\d+)(?: \(.*)?")
EXPECTED = re.compile(r"Expected `(?P<wanted>[\w |]+)`, got `(?P<found>\w+)`(?: - at `(?P<path>.+)`)?")
LACKING = re.compile(r"Object missing required field `(?P<field>[^`]+)`(?: - at `(?P<path>.+)`)?")


def in_words(problem: str) -> str | None:
    """Returns in the active language what a parser found wrong and where, None where its words are not known."""
    if problem == TRUNCATED:
        return _("it breaks off before its end")
    if found := JSON.fullmatch(problem):
        return _at(found, _("{what} (byte {byte})"))
    if found := EXPAT.fullmatch(problem) or LIBXML.fullmatch(problem):
        return _at(found, _("{what} (line {line}, column {column})"))
    if found := EXPECTED.fullmatch(problem):
        return _expected(found)
    if found := LACKING.fullmatch(problem):
        return _("the field {field} is missing").format(field=_isolated(found["field"]))
    return None


def _at(found: re.Match[str], said: str) -> str | None:
    """Fills a place in; libxml2 goes on behind the words that are known with names of its own."""
    begins = (known for known in WHATS if re.match(rf"{re.escape(known)}(?!\w)", found["what"]))
    what = WHATS.get(next(begins, ""))
    places = {name: digits_here(place) for name, place in found.groupdict().items()}
    return said.format(**places | {"what": _(what)}) if what else None


def _expected(found: re.Match[str]) -> str | None:
    wanted = [KINDS.get(kind.strip()) for kind in found["wanted"].split("|")]
    got = KINDS.get(found["found"])
    if got is None or None in wanted:
        return None
    said = _("{wanted} belongs at {path}, {found} stands there") if found["path"] else _("it is {found}, not {wanted}")
    either = _(" or ").join(_(kind) for kind in wanted if kind)
    return said.format(wanted=either, found=_(got), path=_isolated(found["path"] or ""))


def _isolated(name: str) -> str:
    """Returns a name as it stands in the file, from left to right in a line of any direction."""
    return f"\u2066{name}\u2069"


def digits_here(said: str) -> str:
    """Returns what is said with the digits of the language; in Persian letters 9 would be a foreign body."""
    return persian_digits(said) if translation.get_language() == "fa" else said
