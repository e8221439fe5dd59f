"""What does a page say about its article for machines? In JSON-LD, OpenGraph, meta elements, and marked ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from annotations.text.dates import DateUnclear, read_date

_ARTICLE = re.compile(r"(?:News|Reportage|Analysis|Opinion|Background|Review|Blog|Live)?\w*(?:Article|BlogPosting)$")
_DATES = (
    "article:published_time", "datepublished", "publishdate", "published_time", "pubdate", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "date",
)  # fmt: skip
_LONGEST_SCRIPT = 1024 * 1024
_MOST_DATES = 8
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,1}")


@dataclass(slots=True)
class Facts:
    """What a page states; titles in the order of how surely they are the headline, dates of how surely the day."""

    titles: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    author: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)
    body: str = ""

    @property
    def published(self) -> str:
        """The first date that can be read, else the first one, so that somebody learns that it can't."""
        for said in self.dates[:_MOST_DATES]:
            try:
                read_date(said)
            except DateUnclear:
                continue
            return said
        return self.dates[0] if self.dates else ""


def facts_of(root: Any) -> Facts:
    """Gathers what a page states, the surest first."""
    facts = Facts()
    for thing in _linked_data(root):
        _take_linked(facts, thing)
    _take_meta(facts, _meta(root))
    _take_elements(facts, root)
    return facts


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    """Yields the objects of JSON-LD that are articles."""
    for script in root.iter("script"):
        said = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(said) > _LONGEST_SCRIPT:
            continue
        try:
            found = msgspec.json.decode(said.strip().encode("utf-8", "replace"), strict=False)
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            continue
        things = found if isinstance(found, list) else [found]
        graphs = [item for thing in things if isinstance(thing, dict) for item in _list(thing.get("@graph"))]
        for thing in [*things, *graphs]:
            if isinstance(thing, dict) and any(_ARTICLE.match(str(kind)) for kind in _list(thing.get("@type"))):
                yield thing


def _take_linked(facts: Facts, thing: dict[str, Any]) -> None:
    facts.titles += _strings(thing.get("headline")) or _strings(thing.get("name"))
    facts.descriptions += _strings(thing.get("description"))
    facts.dates += _strings(thing.get("datePublished"))
    facts.author = facts.author or "، ".join(_strings(thing.get("author")))
    facts.outlet = facts.outlet or next(iter(_strings(thing.get("publisher"))), "")
    facts.category = facts.category or next(iter(_strings(thing.get("articleSection"))), "")
    facts.tags = facts.tags or _tags(_strings(thing.get("keywords")))
    facts.body = facts.body or next(iter(_strings(thing.get("articleBody"))), "")
    if not facts.url:
        facts.url = next((url for url in _strings(thing.get("url")) if url.startswith("http")), "")


def _take_meta(facts: Facts, meta: dict[str, list[str]]) -> None:
    def first(*names: str) -> str:
        return next((value for name in names for value in meta.get(name, ())), "")

    facts.titles += [*meta.get("og:title", ()), *meta.get("twitter:title", ()), *meta.get("dc.title", ())]
    facts.descriptions += [*meta.get("og:description", ()), *meta.get("description", ())]
    facts.dates += [value for name in _DATES for value in meta.get(name, ())]
    author = first("author", "article:author", "dc.creator")
    facts.author = facts.author or ("" if author.startswith("http") else author)
    facts.outlet = facts.outlet or first("og:site_name", "application-name", "dc.publisher")
    facts.category = facts.category or first("article:section")
    facts.tags = facts.tags or _tags(meta.get("article:tag", ())) or _tags(meta.get("keywords", ()))
    facts.url = facts.url or first("og:url")


def _take_elements(facts: Facts, root: Any) -> None:
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    facts.language = language if _LANGUAGE.fullmatch(language) else ""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (link.get("href") or "").startswith("http"):
            facts.url = link.get("href")
            break
    for element in root.xpath("//*[@itemprop='datePublished'] | //time"):
        facts.dates += [said for said in (element.get("datetime"), element.get("content"), _text(element)) if said]
    for element in root.xpath(
        "//*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')]"
    ):
        if len(facts.dates) >= _MOST_DATES:
            break
        said = _text(element)
        if 6 <= len(said) <= 80 and any(map(str.isdecimal, said)):
            facts.dates.append(said)
    if not facts.author:
        marked = root.xpath("//*[@itemprop='author' or @rel='author' or contains(@class, 'author-name')]")
        facts.author = next((said for element in marked[:5] if 2 <= len(said := _text(element)) <= 100), "")
    facts.titles += [said for element in root.xpath("//head/title")[:1] if (said := _text(element))]


def _meta(root: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split(None))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _strings(value: Any) -> list[str]:
    """Returns the strings that a value of JSON-LD is or holds by name."""
    found = [item.get("name") or item.get("@id") if isinstance(item, dict) else item for item in _list(value)]
    return [item.strip() for item in found if isinstance(item, str) and item.strip()]


def _tags(said: Any) -> list[str]:
    parts = [part.strip() for item in said for part in item.replace("،", ",").split(",")]
    return list(dict.fromkeys(filter(None, parts)))[:100]
