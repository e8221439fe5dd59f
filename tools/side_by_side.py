"""How does a test run keep all cores busy? The tests of PostgreSQL run beside those of SQLite, and are told after them.

`python -m tools.side_by_side -n 2` hands pytest's options to the run on SQLite. The other has one process: its tests
are a fifth of all.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from types import FrameType
from typing import Any

PYTEST = (sys.executable, "-m", "pytest")


def side_by_side(here: Sequence[str], beside: Sequence[str]) -> int:
    """Runs two commands at once and returns 0 where both did; what the second says stands below the first.

    The second is told in its environment to test PostgreSQL. Ctrl-C reaches both from the terminal; when this process
    is ended, it interrupts both. Either way it waits until they have stopped what they started.
    """
    untold: list[subprocess.Popen[bytes]] = []
    is_ended = False

    def interrupt() -> None:
        """Interrupts each once: a second time would keep it from putting its things away."""
        while untold:
            untold.pop().send_signal(signal.SIGINT)

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_ended
        is_ended = True
        interrupt()

    def start(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        """Starts a command; where the end has come already, or comes meanwhile, it is interrupted, too."""
        process = subprocess.Popen(command, **options)
        untold.append(process)
        if is_ended:
            interrupt()
        return process

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, end),
    }
    with tempfile.TemporaryFile() as said:
        postgres = {**os.environ, "NEWSROOM_TEST_POSTGRES": "1"}
        second = start(beside, env=postgres, stdout=said, stderr=subprocess.STDOUT)
        codes = [process.wait() for process in (start(here), second)]
        for number, handler in before.items():
            signal.signal(number, handler)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
        sys.stdout.flush()
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(side_by_side([*PYTEST, *sys.argv[1:]], PYTEST))
