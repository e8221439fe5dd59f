"""Does an import leave the process as it found it, while it stores and when a chunk fails?"""

import gc
from collections.abc import Iterator

import pytest

from annotations.actions import imports
from annotations.actions.imports import ImportReport, import_chunks
from annotations.models import Article
from annotations.records import Draft
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(imports, "BATCH", 2)
    return make_cast()


def drafts(read: list[bool]) -> Iterator[tuple[int, Draft]]:
    """Yields four drafts and notes whether garbage is collected while they are read."""
    for number in range(4):
        read.append(gc.isenabled())
        yield number, Draft(text=f"خبر {number}")


def test_garbage_is_collected_between_the_chunks_and_while_they_are_read_but_not_while_they_are_stored(
    cast: Cast,
) -> None:
    read: list[bool] = []
    stored: list[bool] = []
    reports = import_chunks(
        cast.project, drafts(read), by=None, within=lambda report, count: stored.append(gc.isenabled())
    )
    between = [gc.isenabled() for _report in reports]
    assert (read, stored, between) == ([True] * 4, [False] * 2, [True] * 2)


def test_garbage_is_collected_again_after_a_chunk_that_failed(cast: Cast) -> None:
    def fail(report: ImportReport, count: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        list(import_chunks(cast.project, drafts([]), by=None, within=fail))
    assert gc.isenabled()
    assert Article.objects.count() == 0


def test_who_collects_no_garbage_goes_on_without(cast: Cast) -> None:
    gc.disable()
    try:
        list(import_chunks(cast.project, drafts([]), by=None))
        assert not gc.isenabled()
    finally:
        gc.enable()
