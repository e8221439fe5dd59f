"""What is read from an address of the web? It is fetched, recognised, and read as a file of its format is."""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from annotations.errors import gettext_noop
from annotations.importers.addresses import Refused
from annotations.importers.base import Item, Unreadable, head_of
from annotations.importers.fetch import Fetched, fetch
from annotations.importers.html import page_items
from annotations.importers.limits import MOST_PAGE
from annotations.records import Draft


def read_address(
    url: str, options: Mapping[str, str | bool], *, fetch: Callable[[str], Fetched] = fetch
) -> Iterator[Item]:
    """Yields the records of what lies at an address; an article that states no address of its own keeps this one.

    Who may have the server fetch is `policy.can_fetch`'s to say.
    """
    try:
        fetched = fetch(url)
    except Refused as error:
        yield 1, Unreadable(place=1, code=error.code, message=error.message, data=error.data)
        return
    with fetched.content:
        for place, item in _items(fetched, options):
            if isinstance(item, Draft) and not item.url:
                yield place, replace(item, url=fetched.final_url)
            else:
                yield place, item


def _items(fetched: Fetched, options: Mapping[str, str | bool]) -> Iterator[Item]:
    from annotations.importers import recognised

    importer = recognised(fetched.name, head_of(fetched.content))
    if importer is None:
        message = gettext_noop("«{member}» is of no known format.")
        yield 1, Unreadable(place=1, code="format_unknown", message=message, data={"member": fetched.name})
    elif importer.key == "html":
        content = fetched.content.read(MOST_PAGE + 1)
        asked = str(options.get("encoding") or "")
        yield from page_items(content, 1, asked=asked, stated=fetched.encoding, url=fetched.final_url)
    else:
        yield from importer.read(fetched.content, options)
