"""Which tests take the processor's time? `pytest -n0 -p tests.processor_time tests/browser` lists files and tests.

All processes of a test count, Chromium and web servers among them, ended ones too; PostgreSQL's does not. On a busy
machine the figure stays much the same, unlike the time on the wall that `--durations` shows.
"""

from collections import Counter
from collections.abc import Generator
from contextlib import suppress

import psutil
import pytest

SHOWN = 25
_seconds: Counter[str] = Counter()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Notes what a test takes, with its fixtures; what is made once for all counts for the first that needs it."""
    before = _spent()
    try:
        return (yield)
    finally:
        # Behind the last test Chromium ends, and takes what it spent with it.
        _seconds[item.nodeid] += max(0.0, _spent() - before)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Lists the costliest files and tests."""
    files: Counter[str] = Counter()
    for test, seconds in _seconds.items():
        files[test.partition("::")[0]] += seconds
    terminalreporter.section(f"{_seconds.total():.0f} seconds of the processor")
    for counted in (files, _seconds):
        for name, seconds in counted.most_common(SHOWN):
            terminalreporter.line(f"{seconds:8.1f}  {name}")
        terminalreporter.line("")


def _spent() -> float:
    """Returns the processor seconds of this process and all below it so far."""
    here = psutil.Process()
    total = 0.0
    for process in [here, *here.children(recursive=True)]:
        with suppress(psutil.Error):
            total += sum(process.cpu_times()[:4])  # its own, and those of children that ended
    return total
