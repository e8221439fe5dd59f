"""Into which formats can records be written? One file a format, found by its `EXPORTER`; `EXPORTERS` has them by key.

A format's library is imported when it is used, not when this package is: most processes never need it.
"""

from annotations.exporters.base import Exporter
from annotations.registry import declared

EXPORTERS: dict[str, Exporter] = declared(__name__, __path__, "EXPORTER")

__all__ = ["EXPORTERS", "Exporter"]
