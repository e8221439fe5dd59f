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

PYTEST = (sys.executable, "-m", "pytest")


def side_by_side(here: Sequence[str], beside: Sequence[str]) -> int:
    """Runs two commands at once and returns 0 where both did; what the second says stands below the first.

    The second is told in its environment to test PostgreSQL. Ctrl-C reaches both from the terminal; when this process
    is ended, it interrupts both. Either way it waits until they have stopped what they started.
    """
    running: list[subprocess.Popen[bytes]] = []

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for process in running:
            process.send_signal(signal.SIGINT)

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, interrupt),
    }
    with tempfile.TemporaryFile() as said:
        postgres = {**os.environ, "NEWSROOM_TEST_POSTGRES": "1"}
        running.append(subprocess.Popen(beside, env=postgres, stdout=said, stderr=subprocess.STDOUT))
        running.insert(0, subprocess.Popen(here))
        codes = [process.wait() for process in running]
        for number, handler in before.items():
            signal.signal(number, handler)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout.buffer)
        sys.stdout.flush()
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(side_by_side([*PYTEST, *sys.argv[1:]], PYTEST))
