"""Do batches grow while they go quickly, and shrink when they don't or when one fails?"""

from collections.abc import Iterator

import pytest

from annotations.jobs import pace
from annotations.jobs.pace import QUICK_SECONDS, Pace


class Clock:
    """A clock that stands still until it is moved."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def ids() -> Iterator[int]:
    return iter(range(1000))


@pytest.mark.usefixtures("clock")
def test_quick_batches_grow_to_the_most_and_leave_nothing_out() -> None:
    source, batches = ids(), Pace(first=1, most=6)
    taken = [batches.take(source) for _ in range(3)]
    assert [len(batch) for batch in taken] == [1, 6, 6]
    assert [pk for batch in taken for pk in batch] == list(range(13))


def test_a_batch_is_as_large_as_what_the_one_before_took_lets_expect(clock: Clock) -> None:
    source, batches = ids(), Pace(first=8, most=200)
    sizes = []
    for seconds in (0.0, 2 * QUICK_SECONDS, 2 * QUICK_SECONDS, QUICK_SECONDS / 4, QUICK_SECONDS / 100):
        sizes.append(len(batches.take(source)))
        clock.now += seconds
    assert [*sizes, len(batches.take(source))] == [8, 64, 32, 16, 64, 200]


@pytest.mark.usefixtures("clock")
def test_after_a_failure_one_is_taken_alone() -> None:
    source, batches = ids(), Pace(first=4, most=64)
    assert batches.take(source) == (0, 1, 2, 3)
    batches.stumble()
    assert [batches.take(source) for _ in range(2)] == [(4,), (5, 6, 7, 8, 9, 10, 11, 12)]


def test_at_the_end_there_is_no_batch() -> None:
    batches = Pace(first=4, most=4)
    assert [batches.take(source) for source in [iter([1])] for _ in range(2)] == [(1,), ()]
