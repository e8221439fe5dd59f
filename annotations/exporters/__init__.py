"""Into which formats can records be written? One file a format; `EXPORTERS` finds them by key."""

from annotations.exporters.base import Exporter
from annotations.exporters.jsonl import JSONL

EXPORTERS: dict[str, Exporter] = {exporter.key: exporter for exporter in (JSONL,)}

__all__ = ["EXPORTERS", "Exporter"]
