"""Runs the measurements named on the command line, or all."""

import sys

from bench import analyse, annotate, export, labels, pages, reading, saves, search, startup, stories

ALL = {
    "startup": startup.run, "annotate": annotate.run, "pages": pages.run, "reading": reading.run, "saves": saves.run,
    "export": export.run, "labels": labels.run, "search": search.run, "analyse": analyse.run, "stories": stories.run,
}  # fmt: skip

for name in sys.argv[1:] or ALL:
    ALL[name]()
