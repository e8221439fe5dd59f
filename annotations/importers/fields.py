"""Which field of a table or an object is the headline, the lead, the date …? What is said, else what the names say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from annotations.errors import gettext_noop
from annotations.importers.base import Remark, Unreadable
from annotations.importers.found import Found
from annotations.registry import Option
from annotations.text.fold import search_key

# What fields are called, in English, in Persian, and in the corpora about; the earlier name is the likelier one.
_NAMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "text": (gettext_noop("Text"), (
        "text", "body", "content", "article", "articlebody", "fulltext", "newstext", "متن", "متن خبر",
        "متن کامل", "بدنه", "محتوا",
    )),
    "paragraphs": (gettext_noop("Paragraphs"), ("paragraphs", "پاراگراف‌ها", "بندها")),
    "kicker": (gettext_noop("Kicker"), ("kicker", "rotitr", "rutitr", "pretitle", "overline", "روتیتر")),
    "title": (gettext_noop("Headline"), (
        "title", "headline", "newstitle", "titr", "heading", "تیتر", "عنوان", "عنوان خبر", "تیتر خبر", "سرتیتر",
    )),
    "lead": (gettext_noop("Lead"), (
        "lead", "lede", "abstract", "summary", "description", "subtitle", "لید", "خلاصه", "خلاصه خبر",
        "چکیده", "زیرتیتر",
    )),
    "date": (gettext_noop("Published"), (
        "publishedat", "published", "datepublished", "publishdate", "pubdate", "datetime", "date", "time", "timestamp",
        "تاریخ انتشار", "زمان انتشار", "تاریخ", "زمان", "تاریخ خبر",
    )),
    "author": (gettext_noop("Author"), ("author", "authors", "byline", "reporter", "writer", "نویسنده", "خبرنگار")),
    "outlet": (gettext_noop("Outlet"), (
        "source", "outlet", "agency", "newsagency", "publisher", "newspaper", "site", "منبع", "خبرگزاری",
        "رسانه", "روزنامه",
    )),
    "url": (gettext_noop("URL"), ("url", "link", "href", "permalink", "newslink", "لینک", "پیوند", "نشانی", "آدرس")),
    "category": (gettext_noop("Category"), (
        "category", "cat", "section", "service", "دسته", "دسته‌بندی", "موضوع", "سرویس", "حوزه", "گروه",
    )),
    "subcategory": (gettext_noop("Subcategory"), (
        "subcategory", "subcat", "subsection", "زیردسته", "زیرگروه", "زیرموضوع",
    )),
    "tags": (gettext_noop("Tags"), (
        "tags", "keywords", "labels", "برچسب‌ها", "برچسب", "کلیدواژه‌ها", "کلمات کلیدی", "واژگان کلیدی",
    )),
}  # fmt: skip
FIELDS = tuple(_NAMES)
_TEXTS = ("text", "paragraphs", "title", "lead")
_LONGEST_LIST = 1000


def _key(name: str) -> str:
    return search_key(name, spaces=False).replace("_", "").replace("-", "")


_KEYS = {field: tuple(_key(name) for name in names) for field, (_title, names) in _NAMES.items()}
OPTIONS = tuple(
    Option(key=field, title=title, hint=gettext_noop("The name of its field or column; empty: guessed from the names."))
    for field, (title, _names) in _NAMES.items()
)


def mapping(names: Iterable[str], options: Mapping[str, str | bool]) -> dict[str, str]:
    """Returns the name for each field that has one: what the options say, else what is called so."""
    present = list(dict.fromkeys(names))
    said = {field: name for field in FIELDS if (name := str(options.get(field) or "")) and name in present}
    free = {_key(name): name for name in reversed(present) if name not in said.values()}
    guessed = {
        field: free[key]
        for field, keys in _KEYS.items()
        if not options.get(field) and (key := next((key for key in keys if key in free), None))
    }
    return {field: name for field in FIELDS if (name := said.get(field) or guessed.get(field, ""))}


def missing(names: Sequence[str], options: Mapping[str, str | bool], place: int) -> Unreadable | None:
    """Says which named field is not there, or that none can be the text."""
    for field in FIELDS:
        if (named := options.get(field)) and named not in names:
            message = gettext_noop("There is no field «{field}»; there are {names}.")
            data = {"field": str(named), "names": _shown(names)}
            return Unreadable(place=place, code="field_missing", message=message, data=data)
    if not any(field in mapping(names, options) for field in _TEXTS):
        message = gettext_noop("No field is known to hold a text; say which one of {names} does.")
        return Unreadable(place=place, code="text_field_unknown", message=message, data={"names": _shown(names)})
    return None


def guesses(found: Mapping[str, str], place: int) -> Remark:
    """Says which fields were taken for what."""
    pairs = ", ".join(f"{field} = {name[:40]}" for field, name in found.items())
    message = gettext_noop("The fields were read as: {fields}.")
    return Remark(place=place, code="fields", message=message, data={"fields": pairs})


def found_in(record: Mapping[str, Any], fields: Mapping[str, str], *, url: str = "") -> Found:
    """Returns what a record says of an article; what is no field of ours stays under its own name in the metadata."""

    def value(field: str) -> Any:
        return record.get(fields[field]) if field in fields else None

    def said(field: str) -> str:
        return _string(value(field))

    paragraphs = _paragraphs(value("text")) + _paragraphs(value("paragraphs"))
    published = value("date")
    meta: dict[str, Any] = {field: said(field) for field in ("category", "subcategory") if field in fields}
    if "tags" in fields:
        meta["tags"] = _tags(value("tags"))
    taken = set(fields.values())
    rest = {
        name: _plain(item)
        for name, item in record.items()
        if name not in taken and name not in meta and item not in (None, "")
    }
    author = value("author")
    return Found(
        kicker=said("kicker"), headline=said("title"), lead=said("lead"), paragraphs=paragraphs,
        published=published if isinstance(published, date) else _moment(published),
        author="، ".join(map(_string, author)) if isinstance(author, list) else _string(author),
        outlet=said("outlet"), url=said("url") or url, meta={**rest, **meta},
    )  # fmt: skip


def _string(value: Any) -> str:
    """Returns the string that a value is or holds; objects say their names as schema.org does."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _string(value.get("name") or value.get("title") or value.get("text") or "")
    return "" if value is None or isinstance(value, bool | list) else str(value)


def _paragraphs(value: Any) -> list[str]:
    return [_string(item) for item in value] if isinstance(value, list) else [_string(value)] if value else []


def _tags(value: Any) -> list[str]:
    """Returns tags; a string of them is divided at commas, a list is as it is."""
    if isinstance(value, list):
        return [_string(item) for item in value[:_LONGEST_LIST]]
    parts = _string(value).replace("،", ",").replace(";", ",").replace("؛", ",").split(",")
    return [part.strip() for part in parts if part.strip()][:_LONGEST_LIST]


def _moment(value: Any) -> str:
    """Returns a written date; a number of this century's seconds or milliseconds is one, too."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= 10**11 else value
        if 10**8 <= seconds < 10**10:
            from datetime import UTC, datetime

            return datetime.fromtimestamp(seconds, UTC).isoformat()
    return _string(value)


def _plain(value: Any) -> Any:
    """Returns a value as JSON has it; a sheet's dates and times become strings."""
    return value if isinstance(value, str | int | float | bool | list | dict) else str(value)


def _shown(names: Sequence[str]) -> str:
    """Returns names for a sentence of either direction, each kept together (U+2068, U+2069)."""
    return ", ".join(f"«\u2068{name[:40]}\u2069»" for name in names[:20]) + (" …" if len(names) > 20 else "")
