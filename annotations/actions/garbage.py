"""When is garbage collected? Seldom or not at all in the midst of making many values that all live."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# After how many new values garbage is collected, usually and while drafts are read: a chunk of them is fewer.
USUALLY = gc.get_threshold()
SELDOM = 100_000


@contextmanager
def without_collecting() -> Iterator[None]:
    """Collects no garbage until the block ends: ten thousands of values that all live were gone through in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Lets more garbage gather until the block ends: drafts that all live were gone through again and again."""
    gc.set_threshold(SELDOM, *USUALLY[1:])
    try:
        yield
    finally:
        gc.set_threshold(*USUALLY)
