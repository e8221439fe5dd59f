"""How are several queries answered as of one moment? In a transaction that only reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Holds the database still for the queries inside; nobody's writes wait for it.

    On SQLite `atomic` would begin a transaction that writes, so a reading one is begun by hand. Inside another
    transaction or snapshot, that one's view serves.
    """
    if connection.in_atomic_block or getattr(connection.connection, "in_transaction", False):
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            # Compiling what gathers a batch takes longer than gathering it, and would be done anew for each batch.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL jit = off")
            yield
