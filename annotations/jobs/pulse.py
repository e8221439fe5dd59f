"""How does a process say that it lives while its main thread is busy? By a thread that does so every few seconds."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType

from django.db import connection

logger = logging.getLogger(__name__)


class Pulse:
    """Calls something every `seconds` in a thread of its own until the block ends; not at once.

    A beat that fails is missed, no more: the next one is tried all the same.
    """

    def __init__(self, beat: Callable[[], None], *, seconds: float) -> None:
        self.beat, self.seconds = beat, seconds
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def __enter__(self) -> "Pulse":
        """Starts the thread."""
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the thread; a beat under way is waited for."""
        self.ended.set()
        self.thread.join()

    def _run(self) -> None:
        try:
            while not self.ended.wait(self.seconds):
                try:
                    self.beat()
                except Exception:  # whatever it was: a thread that ends in silence would say that the process is dead
                    logger.exception("A sign of life was not written")
                    connection.close()
        finally:
            connection.close()
