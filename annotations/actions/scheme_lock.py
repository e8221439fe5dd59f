"""Who may rely on a project's labels, and who may change them? Many rely on them at once; who changes them is alone.

What an edit was judged by must hold until its rows and its history are committed: a label that is renamed in between
would stand in the history by a name that nobody knows. On SQLite the writers' turn sees to that.
"""

from django.db import connection

# The first half of the locks' names; the second is the project's id.
SCHEMES = 1_935_893_869


def hold_scheme(project_id: int) -> None:
    """Keeps a project's labels as they are until this transaction ends.

    To be asked for before any set is locked: whoever publishes holds the labels, then locks sets.
    """
    _lock("pg_advisory_xact_lock_shared(%s, %s)", [SCHEMES, project_id])


def hold_scheme_of(set_id: int) -> None:
    """Does the same for the project of a set, be there such a set or not."""
    _lock(
        "pg_advisory_xact_lock_shared(%s, project_id::int) FROM annotations_annotationset WHERE id = %s",
        [SCHEMES, set_id],
    )


def take_scheme(project_id: int) -> None:
    """Waits for all edits under way in a project and keeps the ones to come waiting until this transaction ends."""
    _lock("pg_advisory_xact_lock(%s, %s)", [SCHEMES, project_id])


def _lock(said: str, names: list[int]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {said}", names)
