"""What does a reader find out about one article, and how does that become a draft with remarks?

All readers of whole articles end here, so that dates, outlets, boilerplate and limits are the same for each format.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.base import Item, Remark, Unreadable
from annotations.importers.compose import compose
from annotations.importers.limits import LONGEST_AUTHOR, LONGEST_OUTLET, LONGEST_URL, MOST_NESTED, MOST_TEXT
from annotations.importers.outlets import day_in, domain_of, source_of
from annotations.records import Draft, SourceRecord, nested_deeper
from annotations.text.dates import TEHRAN, DateUnclear, Moment, of_day, read_date

# An agency that names itself before its lead: «خبرگزاري فارس: …».
_AGENCY = re.compile(r"\s*(خبرگزار[یي]\s+[^\s:،,.\-–—]+(?:\s+[^\s:،,.\-–—]+){0,2})\s*[:\-–—]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article in its source's own strings; `published` as it was written, or a date where the format has them."""

    kicker: str = ""
    headline: str = ""
    lead: str = ""
    paragraphs: Sequence[str] = ()
    published: str | date = ""
    author: str = ""
    outlet: str = ""
    url: str = ""
    language: str = "fa"
    meta: Mapping[str, Any] = field(default_factory=dict)


def items_of(found: Found, place: int) -> Iterator[Item]:
    """Yields what is to be remarked of an article, then its draft; or why it can't be one."""
    if sum(map(len, (found.kicker, found.headline, found.lead, *found.paragraphs))) > MOST_TEXT:
        yield place, too_long(place)
        return
    try:
        text, sections = compose(
            kicker=found.kicker, headline=found.headline, lead=found.lead, paragraphs=found.paragraphs
        )
    except NewsroomError as error:
        yield place, Unreadable(place=place, code=error.code, message=error.message, data=error.data)
        return
    if not text.strip():
        yield place, Unreadable(place=place, code="empty", message=gettext_noop("The record holds no text."))
        return
    if nested_deeper(dict(found.meta), MOST_NESTED):
        message = gettext_noop("The metadata are nested deeper than {most}.")
        yield place, Unreadable(place=place, code="meta_too_deep", message=message, data={"most": MOST_NESTED})
        return
    moment, unclear = _published(found)
    if unclear:
        yield place, Remark(place=place, code=unclear.code, message=unclear.message, data=unclear.data)
    meta = clean(dict(found.meta))
    author = clean(" ".join(found.author.split()))
    if len(author) > LONGEST_AUTHOR:
        meta["author"], author = author, author[:LONGEST_AUTHOR]
        message = gettext_noop("The author's name is longer than {most} characters; all of it stands in the metadata.")
        yield place, Remark(place=place, code="author_cut", message=message, data={"most": LONGEST_AUTHOR})
    if agency := _AGENCY.match(found.lead):
        meta.setdefault("lead_agency", agency[1])
    if moment and not moment.to_the_minute:
        meta["published_precision"] = "day"
    yield (
        place,
        Draft(
            text=text, sections=sections, source=_source(found), url=clean(found.url.strip())[:LONGEST_URL],
            author=author, published_at=moment.at.isoformat() if moment else None, language=found.language, meta=meta,
        ),
    )  # fmt: skip


def too_long(place: int) -> Unreadable:
    """Says that an article is longer than one may be."""
    message = gettext_noop("An article may have {most} bytes at most.")
    return Unreadable(place=place, code="too_large", message=message, data={"most": MOST_TEXT})


def clean(value: Any) -> Any:
    """Returns a JSON value as databases can hold it: without NULs, halves of characters as U+FFFD."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value.replace("\x00", ""))
    if isinstance(value, dict):
        return {clean(str(name)): clean(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value


def _published(found: Found) -> tuple[Moment | None, DateUnclear | None]:
    """Returns when it was published, by its date or else by its address; and what is unclear about its date."""
    unclear = None
    try:
        if moment := _said(found.published):
            return moment, None
    except DateUnclear as error:
        unclear = error
    day = day_in(found.url)
    return (of_day(day) if day else None), unclear


def _said(said: str | date) -> Moment | None:
    if isinstance(said, datetime):
        return Moment(said if said.tzinfo else said.replace(tzinfo=TEHRAN), to_the_minute=True)
    if isinstance(said, date):
        return of_day(said)
    return read_date(said) if said.strip() else None


def _source(found: Found) -> SourceRecord | None:
    name = clean(" ".join(found.outlet.split()))[:LONGEST_OUTLET]
    return SourceRecord(name, domain_of(found.url)) if name else source_of(found.url)
