"""Two runs at once: does either's failure fail both, and does an interruption reach both?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.side_by_side import side_by_side

ROOT = Path(__file__).parents[2]
# Says that it runs, and waits for its end, which the one on PostgreSQL brings about once both run.
WAITING = """
import os, pathlib, signal, sys, time
there = pathlib.Path(sys.argv[1], "there")
try:
    if os.environ.get("NEWSROOM_TEST_POSTGRES"):
        while not there.exists():
            time.sleep(0.02)
        {end}
    else:
        there.touch()
    while True:
        signal.pause()
except KeyboardInterrupt:
    print("put away")
    sys.exit(3)
"""
# By the terminal, whose Ctrl-C all of its group hear, and by what has begun the run.
ENDS = {"Ctrl-C": "os.kill(0, signal.SIGINT)", "SIGTERM": "os.kill(os.getppid(), signal.SIGTERM)"}


def ending(code: int) -> list[str]:
    return [sys.executable, "-c", f"import os, sys; print(os.environ.get('NEWSROOM_TEST_POSTGRES')); sys.exit({code})"]


@pytest.mark.parametrize(("here", "beside", "both"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (0, -11, -11)])
def test_one_that_fails_fails_both_and_both_are_heard(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, here: int, beside: int, both: int
) -> None:
    monkeypatch.delenv("NEWSROOM_TEST_POSTGRES", raising=False)
    dying = [sys.executable, "-c", "import os; print(1, flush=True); os.kill(os.getpid(), 11)"]
    assert side_by_side(ending(here), dying if beside < 0 else ending(beside)) == both
    assert capfd.readouterr().out.split() == ["None", "1"]


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_who_is_interrupted_lets_both_put_their_things_away(tmp_path: Path, end: str) -> None:
    ended = run(tmp_path, end=end)
    assert (ended.returncode, ended.stdout.split("\n")[:2]) == (3, ["put away", "put away"])


# Ends itself when the second command runs, but before whoever started it knows.
EARLY = """
import os, pathlib, signal, subprocess, time
class Popen(subprocess.Popen):
    def __init__(self, command, **options):
        super().__init__(command, **options)
        if "env" not in options:
            while not pathlib.Path(command[-1], "both").exists():
                time.sleep(0.02)
            os.kill(os.getpid(), signal.SIGTERM)
subprocess.Popen = Popen
"""


def test_an_end_while_they_are_started_reaches_both(tmp_path: Path) -> None:
    ended = run(tmp_path, end='there.with_name("both").touch()', before=EARLY)
    assert (ended.returncode, ended.stdout.split("\n")[:2]) == (3, ["put away", "put away"])


def run(folder: Path, *, end: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Runs two that wait, in a process of its own, until they are ended."""
    command = [sys.executable, "-c", WAITING.format(end=end), str(folder)]
    script = f"import sys; from tools.side_by_side import side_by_side; sys.exit(side_by_side({command}, {command}))"
    environment = {name: value for name, value in os.environ.items() if name != "NEWSROOM_TEST_POSTGRES"}
    return subprocess.run(
        [sys.executable, "-c", before + script], cwd=ROOT, env=environment, capture_output=True, text=True,
        start_new_session=True, check=False, timeout=60,
    )  # fmt: skip
