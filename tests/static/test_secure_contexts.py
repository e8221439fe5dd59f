"""Does the code do without what browsers lend to secure pages only? An office's own network may be without TLS."""

import re
from pathlib import Path

from newsroom.bundle import COMMENT

SCRIPTS = Path(__file__).parents[2] / "static/js"
LENT = re.compile(
    r"\bcrypto\.(?:randomUUID|subtle)|\bcaches\.\w+|\bnavigator\.(?:clipboard|locks|serviceWorker|storage)"
)
# Asked for before it is used, with what is done instead: docs/browsers.md.
ASKED_FOR = {
    "net/alone.js": {"navigator.locks"},
    "net/database.js": {"navigator.storage"},
    "ui/copy.js": {"navigator.clipboard"},
}


def test_nothing_takes_for_granted_what_only_secure_pages_have() -> None:
    used = {
        path.relative_to(SCRIPTS).as_posix(): set(LENT.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))))
        for path in SCRIPTS.rglob("*.js")
    }
    assert {name: lent for name, lent in used.items() if lent} == ASKED_FOR
