"""Does what can be made again end without waiting for the disk, and nothing else?"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from annotations.actions.turns import BETWEEN, NORMAL, derived_turn, write_turn
from annotations.models import User

pytestmark = pytest.mark.django_db(transaction=True)
# FULL, and what PostgreSQL calls the same.
SAFE, HASTY = ({2}, {NORMAL}) if connection.vendor == "sqlite" else ({"on"}, {"off"})


@pytest.fixture(autouse=True)
def _safe() -> Iterator[None]:
    """Makes commits wait for the disk, as they do wherever people work."""
    asked = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SET synchronous_commit"
    before = level().pop()
    with connection.cursor() as cursor:
        cursor.execute(f"{asked} = {next(iter(SAFE))}")
        yield
        cursor.execute(f"{asked} = {before}")


def level() -> set[object]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit")
        return set(cursor.fetchone())


def test_a_turn_for_what_can_be_made_again_is_hasty_and_the_next_one_safe() -> None:
    with derived_turn():
        User.objects.create(username="a")
        assert level() == HASTY
    with write_turn():
        assert level() == SAFE
    assert User.objects.count() == 1


def fail_hastily() -> None:
    with derived_turn():
        User.objects.create(username="a")
        raise KeyError(*level())


def test_a_turn_that_fails_leaves_nothing_and_the_next_one_safe() -> None:
    with pytest.raises(KeyError) as failed:
        fail_hastily()
    assert (set(failed.value.args), level(), User.objects.count()) == (HASTY, SAFE, 0)


def test_within_another_transaction_it_ends_as_safely_as_that() -> None:
    with transaction.atomic():
        with pytest.raises(KeyError) as failed:
            fail_hastily()
        assert (set(failed.value.args), User.objects.count()) == (SAFE, 0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL writes its log back by itself")
def test_the_log_is_written_back_between_turns() -> None:
    seen: list[bool] = []

    def note(execute: Any, sql: str, *given: Any) -> Any:
        if "wal_checkpoint" in sql:
            seen.append(connection.in_atomic_block)
        return execute(sql, *given)

    with connection.execute_wrapper(note):
        for _ in range(2 * BETWEEN):
            with derived_turn():
                pass
    assert seen == [False, False]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL writes its log back by itself")
@pytest.mark.parametrize("turn", [write_turn, derived_turn])
def test_within_a_turn_the_log_is_written_back_only_where_it_has_grown_to_16_mb(turn: Any) -> None:
    """SQLite's own bound, 1,000 pages, would have whoever saves do it, and wait for the disk."""
    with turn(), connection.cursor() as cursor:
        assert cursor.execute("PRAGMA wal_autocheckpoint").fetchone() == (4000,)
