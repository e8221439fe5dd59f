"""Where do the databases of a measurement lie? In temporary folders, or where `BENCH_KEEP` says, to be used again."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.postgres.server import start

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@contextmanager
def databases() -> Iterator[dict[str, dict[str, str]]]:
    """Yields, for each database, the environment in which a program works on it.

    `BENCH_DATABASE` leaves one of them: `sqlite` or `postgresql`.
    """
    only = os.environ.get("BENCH_DATABASE", "")
    with ExitStack() as stack:
        found = {}
        for name in (SQLITE, POSTGRESQL):
            if only in ("", name.lower()):
                home = _folder(name.lower(), stack)
                url = {"DATABASE_URL": start(home)} if name == POSTGRESQL else {}
                found[name] = {"NEWSROOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | url
        yield found


def _folder(name: str, stack: ExitStack) -> Path:
    kept = os.environ.get("BENCH_KEEP", "")
    if not kept:
        return Path(stack.enter_context(tempfile.TemporaryDirectory()))
    folder = Path(kept).resolve() / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
