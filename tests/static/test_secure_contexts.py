"""Does the code do without what browsers lend to secure pages only? An office's own network may be without TLS."""

import re
from pathlib import Path

from newsroom.bundle import COMMENT

SCRIPTS = Path(__file__).parents[2] / "static/js"
LENT = re.compile(r"\b(?:crypto\.(?:randomUUID|subtle)|caches\.\w+|navigator\.(?:clipboard|locks|serviceWorker|storage))")
# Asked for before it is used, with what is done instead: docs/browsers.md.
ASKED_FOR = {"alone.js": {"navigator.locks"}, "copy.js": {"navigator.clipboard"}, "database.js": {"navigator.storage"}}


def test_nothing_takes_for_granted_what_only_secure_pages_have() -> None:
    code = {path.name: COMMENT.sub("", path.read_text(encoding="utf-8")) for path in SCRIPTS.rglob("*.js")}
    used = {name: set(LENT.findall(said)) for name, said in code.items()}
    assert {name: lent for name, lent in used.items() if lent} == ASKED_FOR
