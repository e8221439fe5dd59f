"""Runs the measurements named on the command line, or all."""

import sys

from bench import annotate, concordance, export, labels, pages, reading, saves, startup

ALL = {
    "startup": startup.run, "annotate": annotate.run, "pages": pages.run, "reading": reading.run, "saves": saves.run,
    "export": export.run, "labels": labels.run, "concordance": concordance.run,
}  # fmt: skip

for name in sys.argv[1:] or ALL:
    ALL[name]()
