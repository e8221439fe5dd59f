"""From which formats can drafts be read? One file a format; `IMPORTERS` finds them by key."""

from annotations.importers.base import Importer, Unreadable
from annotations.importers.jsonl import JSONL
from annotations.importers.text import TEXT

IMPORTERS: dict[str, Importer] = {importer.key: importer for importer in (JSONL, TEXT)}


def importer_for(name: str) -> Importer | None:
    """Returns the importer that a file's name asks for, or None."""
    return next((i for i in IMPORTERS.values() if name.lower().endswith(i.suffixes)), None)


__all__ = ["IMPORTERS", "Importer", "Unreadable", "importer_for"]
