"""Runs the measurements named on the command line, or all."""

import sys

from bench import export, saves

ALL = {"saves": saves.run, "export": export.run}

for name in sys.argv[1:] or ALL:
    ALL[name]()
