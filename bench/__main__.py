"""Runs the measurements named on the command line, or all."""

import importlib
import sys

ALL = (
    "startup", "annotate", "pages", "reading", "saves", "export", "savers", "labels", "read", "knowledge", "search",
    "anchoring", "concordance", "stories", "analyse", "agreement", "dashboard", "queue", "scheme",
)  # fmt: skip

for name in sys.argv[1:] or ALL:
    importlib.import_module(f"bench.{name}").run()
