"""Runs the measurements named on the command line, or all."""

import importlib
import sys

ALL = ("startup", "annotate", "pages", "reading", "saves", "export", "labels", "read", "knowledge", "search")
from bench import anchoring, annotate, export, labels, pages, read, reading, saves, startup

ALL = {
    "startup": startup.run, "annotate": annotate.run, "pages": pages.run, "reading": reading.run, "saves": saves.run,
    "export": export.run, "labels": labels.run, "read": read.run, "anchoring": anchoring.run,
}  # fmt: skip

for name in sys.argv[1:] or ALL:
    importlib.import_module(f"bench.{name}").run()
