"""From which formats can drafts be read? One file a format, found by its `IMPORTER`; `IMPORTERS` has them by key.

A format's library is imported when it is used, not when this package is: most processes never need it.
"""

from annotations.importers.base import Importer, Remark, Unreadable
from annotations.registry import Option, declared

IMPORTERS: dict[str, Importer] = declared(__name__, __path__, "IMPORTER")


def recognised(name: str, head: bytes) -> Importer | None:
    """Returns the importer that knows a file best, by its name and its first bytes; None where none does."""
    surest = max(IMPORTERS.values(), key=lambda importer: importer.recognise(name, head))
    return surest if surest.recognise(name, head) else None


__all__ = ["IMPORTERS", "Importer", "Option", "Remark", "Unreadable", "recognised"]
