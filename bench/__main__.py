"""Runs the measurements named on the command line, or all."""

import importlib
import sys

from bench import analyse, annotate, export, labels, pages, reading, saves, search, startup, stories

ALL = {
    "startup": startup.run, "annotate": annotate.run, "pages": pages.run, "reading": reading.run, "saves": saves.run,
    "export": export.run, "labels": labels.run, "search": search.run, "analyse": analyse.run, "stories": stories.run,
}  # fmt: skip
ALL = (
    "startup", "annotate", "pages", "reading", "saves", "export", "labels", "read", "knowledge", "search", "anchoring",
    "concordance", "stories", "agreement",
)  # fmt: skip

for name in sys.argv[1:] or ALL:
    importlib.import_module(f"bench.{name}").run()
