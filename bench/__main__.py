"""Runs the measurements named on the command line, or all."""

import sys

from bench import export, pages, reading, saves, startup

ALL = {"startup": startup.run, "pages": pages.run, "reading": reading.run, "saves": saves.run, "export": export.run}

for name in sys.argv[1:] or ALL:
    ALL[name]()
