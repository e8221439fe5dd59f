"""How is a database emptied behind a test that has committed? Only what holds rows is deleted.

Django's own flush visits each of some sixty tables, makes all permissions and content types anew and, on PostgreSQL,
truncates, which makes new files: many times the work of a test of one article.
"""

from functools import cache

from django.db import connections, transaction
from django.test import TransactionTestCase

# What `migrate` writes and no test changes.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def empty_tables(case: TransactionTestCase) -> None:
    """Takes the place of `TransactionTestCase._fixture_teardown`."""
    for alias in case._databases_names(include_mirrors=False):
        _empty(alias)


def _empty(alias: str) -> None:
    from annotations.models import ChangeClock

    connection = connections[alias]
    quote = connection.ops.quote_name
    tables = _tables(alias)
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in tables)
        )
        filled = [name for (name,) in cursor.fetchall()]
    with connection.constraint_checks_disabled(), transaction.atomic(using=alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"DELETE FROM {quote(name)}")
        # As `migrate` leaves it.
        ChangeClock.objects.using(alias).create()


@cache
def _tables(alias: str) -> tuple[str, ...]:
    names = connections[alias].introspection.django_table_names(only_existing=True, include_views=False)
    return tuple(sorted({*names} - KEPT))
