"""Do all rows get into a table, however many stand in one statement?"""

import pytest
from django.db import IntegrityError, transaction

from annotations.actions import bulk
from annotations.actions.bulk import insert_rows
from annotations.models import Source

pytestmark = pytest.mark.django_db
COLUMNS = ("name", "domain")


@pytest.fixture(autouse=True)
def _three_rows_in_one_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "ROWS", 3)


def rows(count: int) -> list[tuple[str, str]]:
    return [(f"{number} «خبر» %s ؟", f"{number}.example") for number in range(count)]


def test_every_number_of_rows_is_stored_whole() -> None:
    for count in range(8):
        Source.objects.all().delete()
        insert_rows(Source, COLUMNS, iter(rows(count)))
        assert list(Source.objects.order_by("pk").values_list(*COLUMNS)) == rows(count)


def test_of_rows_that_are_there_only_the_others_are_stored() -> None:
    insert_rows(Source, COLUMNS, rows(5)[::2])
    insert_rows(Source, COLUMNS, rows(7), ignore_conflicts=True)
    assert sorted(Source.objects.values_list(*COLUMNS)) == rows(7)


def test_a_row_that_the_database_refuses_takes_all_with_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Source, COLUMNS, [*rows(4), rows(1)[0]])
    assert not Source.objects.exists()
