"""An RSS or Atom feed: an article an entry, with what the feed says of it; nothing is ever fetched."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.encodings import ENCODING, EncodingUnclear, decoded
from annotations.importers.found import Found, items_of
from annotations.importers.html_blocks import paragraphs_of
from annotations.importers.limits import MOST_FEED
from annotations.importers.outlets import known_outlet

_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the article of each entry; the place is the entry's number."""
    content = file.read(MOST_FEED + 1)
    if len(content) > MOST_FEED:
        message = gettext_noop("A feed may have {most} bytes at most.")
        yield 1, Unreadable(place=1, code="too_large", message=message, data={"most": MOST_FEED})
        return
    if not content.strip(b"\x00 \t\r\n"):
        yield 1, Unreadable(place=1, code="empty", message=gettext_noop("The file holds no text."))
        return
    try:
        text, encoding = decoded(content, asked=str(options.get("encoding") or ""))
    except EncodingUnclear as error:
        yield 1, Unreadable(place=1, code=error.code, message=error.message, data=error.data)
        return
    if remark := encoding.remark():
        yield 1, remark
    yield from _entries(text.replace("\x00", ""))


def _entries(text: str) -> Iterator[Item]:
    if _ENTITY.search(text):
        # A feed has no use for entities of its own; a bomb has no other.
        message = gettext_noop("The feed defines entities of its own and is not read: that can blow up a reader.")
        yield 1, Unreadable(place=1, code="xml_entities", message=message)
        return
    parsed = _parsed(text)
    if parsed is None or (not parsed.entries and not parsed.get("version")):
        yield 1, Unreadable(place=1, code="no_feed", message=gettext_noop("The file is no RSS or Atom feed."))
        return
    for place, entry in enumerate(parsed.entries, 1):
        yield from items_of(_found(entry, parsed.feed), place)
    if parsed.bozo:
        place = len(parsed.entries) + 1
        message = gettext_noop("The feed is damaged or cut off: {problem}. What could be read of it came in.")
        problem = str(parsed.get("bozo_exception"))[:200]
        yield place, Unreadable(place=place, code="feed_damaged", message=message, data={"problem": problem})
    elif not parsed.entries:
        yield 1, Unreadable(place=1, code="no_records", message=gettext_noop("The feed has no entries."))


def _parsed(text: str) -> Any:
    import feedparser

    # As a stream: of bytes or a string feedparser would try whether they name a file or an address.
    content = io.BytesIO(_PROLOG.sub("", text, count=1).encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(content, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (RecursionError, ValueError, AssertionError, LookupError):
        return None


def _found(entry: Any, feed: Any) -> Found:
    contents = [paragraphs_of(content.get("value") or "") for content in entry.get("content", ())]
    paragraphs = max(contents, key=lambda lines: sum(map(len, lines)), default=[])
    summary = paragraphs_of(entry.get("summary") or "")
    if not paragraphs and len(summary) > 1:
        summary, paragraphs = [], summary
    lead = "\n".join(summary)
    if len(summary) == 1 and paragraphs and paragraphs[0] == lead:
        paragraphs = paragraphs[1:]
    elif summary and paragraphs[: len(summary)] == summary:
        lead = ""
    tags = [tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")]
    url = entry.get("link") or ""
    said = {"tags": tags, "guid": entry.get("id") if entry.get("id") != url else None}
    return Found(
        headline="\n".join(paragraphs_of(entry.get("title") or "")), lead=lead, paragraphs=paragraphs,
        published=entry.get("published") or entry.get("updated") or "", author=entry.get("author") or "", url=url,
        outlet=known_outlet(url) or (entry.get("source") or {}).get("title") or feed.get("title") or "",
        meta={name: value for name, value in said.items() if value},
    )  # fmt: skip


def recognise(name: str, head: bytes) -> int:
    """By the root element of a feed, else by a name that only feeds have."""
    if _ROOT.search(head[:4096]):
        return 2
    return int(name.lower().endswith(IMPORTER.suffixes))


IMPORTER = Importer(
    key="feed", title=gettext_noop("RSS or Atom feed"), suffixes=(".rss", ".atom"), read=read, recognise=recognise,
    options=(ENCODING,),
)  # fmt: skip
