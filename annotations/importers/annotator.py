"""Whose work is in a file that does not say it? Of whom the person says: one file for each annotator."""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import IO

from msgspec.structs import replace

from annotations.errors import gettext_noop
from annotations.importers.base import Item
from annotations.records import Draft
from annotations.registry import Option

LONGEST_NAME = 40
ANNOTATOR = Option(
    key="annotator", title=gettext_noop("Annotator"),
    hint=gettext_noop("Whose work it is, where the file does not say it; a file for each annotator."),
)  # fmt: skip
Read = Callable[[IO[bytes], Mapping[str, str | bool]], Iterator[Item]]


def by_annotator(read: Read) -> Read:
    """Makes a reader give the sets without an annotator to the one that its option names."""

    @wraps(read)
    def named(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
        name = str(options.get(ANNOTATOR.key) or "").strip()[:LONGEST_NAME]
        items = read(file, options)
        yield from ((place, _of(item, name)) for place, item in items) if name else items

    return named


def _of[Kind](item: Kind, name: str) -> Kind | Draft:
    if not isinstance(item, Draft):
        return item
    sets = tuple(
        work if work.annotator or work.kind != "imported" else replace(work, annotator=name)
        for work in item.annotation_sets
    )
    return replace(item, annotation_sets=sets)
