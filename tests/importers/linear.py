"""Does something end in the time that its size allows? Of the processor's, so that a busy machine changes nothing."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def seconds(most: float) -> Iterator[None]:
    """Ends what takes more of the processor: what grows with the square of its lines would take minutes."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(most)

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
