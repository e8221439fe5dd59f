"""A web page: trafilatura says which of its lines are the article; the words are the page's own.

trafilatura drops half-spaces and turns no-break spaces into plain ones, so that its text is no published one: it is
laid beside the page's lines, and those that it found are taken as they stand there.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Remark, Unreadable
from annotations.importers.encodings import ENCODING, EncodingUnclear, decoded
from annotations.importers.found import Found, items_of
from annotations.importers.html_blocks import Block, blocks, page_tree, paragraphs_of
from annotations.importers.html_facts import Facts, facts_of
from annotations.importers.limits import MOST_PAGE
from annotations.importers.outlets import known_outlet
from annotations.registry import Option

_KICKER = re.compile(r"\b(?:r[ou]{1,2}|up|sup|over|pre)[-_]?ti(?:tr|tle)\b|\bkicker\b|\boverline\b")
_LEAD = re.compile(r"\b(?:news[-_]?)?(?:lead|lede|intro[-_]?text|summary|standfirst)\b|\bsub[-_]?ti(?:tr|tle)\b")
_LEAD_PROPERTY = re.compile(r"\bdescription\b")
_SUFFIXES = (".html", ".htm", ".xhtml")
_WINDOW = 300  # so many lines of the page are looked through for one of the article's
_SHORTEST_LEAD = 15

URL = Option(key="url", title=gettext_noop("Address"), hint=gettext_noop("Where the page was published."))


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the article of the page, or why there is none."""
    content = file.read(MOST_PAGE + 1)
    yield from page_items(content, 1, asked=str(options.get("encoding") or ""), url=str(options.get("url") or ""))


def page_items(
    content: bytes,
    place: int,
    *,
    asked: str = "",
    stated: str = "",
    url: str = "",
    meta: Mapping[str, Any] | None = None,
) -> Iterator[Item]:
    """Yields the article of a page's bytes, with what is to be said of them; `stated` is the server's encoding."""
    if len(content) > MOST_PAGE:
        message = gettext_noop("A page may have {most} bytes at most.")
        yield place, Unreadable(place=place, code="too_large", message=message, data={"most": MOST_PAGE})
        return
    if not content.strip(b"\x00 \t\r\n\f"):
        yield place, Unreadable(place=place, code="empty", message=gettext_noop("The file holds no text."))
        return
    try:
        text, encoding = decoded(content, asked=asked, stated=stated)
    except EncodingUnclear as error:
        yield place, Unreadable(place=place, code=error.code, message=error.message, data=error.data)
        return
    if remark := encoding.remark(place):
        yield place, remark
    yield from _article(text, place, url=url, meta=meta or {})


def _article(text: str, place: int, *, url: str, meta: Mapping[str, Any]) -> Iterator[Item]:
    root = page_tree(text)
    lines = blocks(root) if root is not None else []
    if not lines:
        yield place, Unreadable(place=place, code="no_article", message=gettext_noop("The page shows no text."))
        return
    facts = facts_of(root)
    main, lost = _main_lines(root, lines)
    headline_at, headline = _headline(lines, facts)
    first = main[0] if main else len(lines)
    kicker_at = _marked(lines, _KICKER, range(max((headline_at or 0) - 8, 0), (headline_at or 0) + 8))
    lead_at = _lead(lines, facts, headline_at, first)
    apart = {headline_at, kicker_at, lead_at}
    body = [lines[at].text for at in main if at not in apart and _key(lines[at].text) != _key(headline)]
    if not body and lead_at is None and facts.body:
        body = paragraphs_of(facts.body)
    if not body and lead_at is None:
        message = gettext_noop("No article was found in the page: perhaps it is a list, or a script writes it.")
        yield place, Unreadable(place=place, code="no_article", message=message)
        return
    if lost:
        message = gettext_noop(
            "{lines} lines of the article could not be told apart from what surrounds them: compare it."
        )
        yield place, Remark(place=place, code="lines_left_out", message=message, data={"lines": lost})
    address = url or facts.url
    yield from items_of(
        Found(
            kicker=lines[kicker_at].text if kicker_at is not None else "",
            headline=headline,
            lead=lines[lead_at].text if lead_at is not None else "",
            paragraphs=body, published=facts.published, author=facts.author,
            outlet=known_outlet(address) or facts.outlet, url=address, language=_language(facts.language, body),
            meta={**_meta(facts), **meta},
        ),
        place,
    )  # fmt: skip


def _meta(facts: Facts) -> dict[str, Any]:
    said = {"category": facts.category, "tags": facts.tags, "description": next(iter(facts.descriptions), "")}
    return {name: value for name, value in said.items() if value}


def _main_lines(root: Any, lines: Sequence[Block]) -> tuple[list[int], int]:
    """Returns which lines are the main text, and how many of those that were found are none of the page's."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(root, include_comments=False, max_tree_size=None)
    except (RecursionError, ValueError, TypeError, AttributeError, AssertionError):
        document = None
    text = getattr(document, "text", None)
    found = text.splitlines() if text else []
    keys = [_key(block.text) for block in lines]
    by_key: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        by_key.setdefault(key, []).append(at)
    taken: list[int] = []
    lost = at = 0
    for wanted in filter(None, map(_key, found)):
        if hit := _find(wanted, keys, by_key, at):
            taken += hit
            at = hit[-1] + 1
        else:
            lost += 1
    return list(dict.fromkeys(taken)), lost


def _find(wanted: str, keys: Sequence[str], by_key: Mapping[str, list[int]], at: int) -> list[int]:
    """Returns the lines that say what is wanted: one, several in a row, or one with little else in it."""
    same = by_key.get(wanted, [])
    after = bisect_left(same, at)
    if after < len(same):
        return [same[after]]
    for start in range(at, min(at + _WINDOW, len(keys))):
        key = keys[start]
        if key and wanted.startswith(key):
            joined, end = key, start + 1
            while end < len(keys) and len(joined) < len(wanted):
                joined, end = joined + keys[end], end + 1
            if joined == wanted:
                return list(range(start, end))
        if len(key) <= 2 * len(wanted) and wanted in key:
            return [start]
    return []


def _headline(lines: Sequence[Block], facts: Facts) -> tuple[int | None, str]:
    """Returns the headline as the page shows it and where; by what the page states, else by its only first heading."""
    stated = [_key(title) for title in facts.titles]
    headings = [at for at, block in enumerate(lines) if block.tag in ("h1", "h2", "h3")]
    for at in headings:
        key = _key(lines[at].text)
        if len(key) > 3 and any(key == title or (title.startswith(key) and len(key) > 12) for title in stated):
            return at, lines[at].text
    first = [at for at in headings if lines[at].tag == "h1"]
    if len(first) == 1:
        return first[0], lines[first[0]].text
    return None, facts.titles[0] if facts.titles else ""


def _lead(lines: Sequence[Block], facts: Facts, headline_at: int | None, first: int) -> int | None:
    """Returns the line of the lead: marked as one near the headline, or the one that the page describes itself with."""
    start = 0 if headline_at is None else headline_at + 1
    near = range(start, min(max(first + 3, start + 12), len(lines)))
    marked = _marked(lines, _LEAD, near)
    if marked is None:
        marked = _marked(lines, _LEAD_PROPERTY, near)
    if marked is not None:
        return marked
    described = {_key(said) for said in facts.descriptions}
    keys = [_key(lines[at].text) for at in near]
    return next(
        (at for at, key in zip(near, keys, strict=True) if len(key) >= _SHORTEST_LEAD and key in described), None
    )


def _marked(lines: Sequence[Block], pattern: re.Pattern[str], where: range) -> int | None:
    shortest = 2 if pattern is _KICKER else _SHORTEST_LEAD
    for at in where:
        if at < len(lines) and lines[at].tag != "h1" and pattern.search(lines[at].marks):
            return at if len(_key(lines[at].text)) >= shortest else None
    return None


def _key(text: str) -> str:
    """Returns the letters and digits of a text: all that extraction leaves as it was."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def _language(stated: str, body: Sequence[str]) -> str:
    """Returns the page's language; one of Latin letters is not believed of a text in Arabic ones."""
    letters = [character for text in body[:3] for character in text[:300] if character.isalpha()]
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters) * 2 > len(letters)
    believed = stated.split("-", maxsplit=1)[0] in ("fa", "ar", "ckb", "ku", "ps", "ur", "az", "ug", "sd") or not arabic
    return stated if stated and believed else "fa"


def recognise(name: str, head: bytes) -> int:
    """By its name, or by how it begins where the name says nothing else."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048].lower()
    begins = start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<") and b"<html" in start)
    said = name.lower().endswith(_SUFFIXES)
    silent = "." not in name.rsplit("/", 1)[-1]
    return (
        2 if begins and (said or silent) else int(said or (begins and name.lower().endswith((".php", ".aspx", ".asp"))))
    )


IMPORTER = Importer(
    key="html", title=gettext_noop("Web page"), suffixes=_SUFFIXES, read=read, recognise=recognise,
    options=(URL, ENCODING),
)  # fmt: skip
