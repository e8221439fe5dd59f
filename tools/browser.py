"""Which Chromium do the browser tests drive? One that is installed, or one fetched the way that fits the machine.

The tests take one without windows where there is one (a «headless shell»): it is the same engine, and begins a profile
and a page in less than half of the processor's time.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL_NAMES = ("chromium-headless-shell", "chrome-headless-shell")
# Where Playwright unpacks its downloads on Linux and macOS; asking Playwright itself would start its driver.
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
UNPACKED = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
SHELLS_UNPACKED = ("chromium_headless_shell-*/*/chrome-headless-shell", "chromium_headless_shell-*/*/headless_shell")
DOWNLOAD_SECONDS = 600
SHELL_SECONDS = 120  # it is only a convenience where another Chromium is installed


def installed(*, shell: bool = False) -> str | None:
    """Returns the first Chromium that starts: NEWSROOM_CHROMIUM alone if set, else on PATH, else Playwright's own.

    With `shell` one without windows goes before all others.
    """
    named = os.environ.get("NEWSROOM_CHROMIUM")
    if named:
        return named if _starts(named) else None
    found = _found(SHELL_NAMES, SHELLS_UNPACKED) if shell else None
    return found or _found(NAMES, UNPACKED)


def _found(names: tuple[str, ...], unpacked: tuple[str, ...]) -> str | None:
    return next((path for path in _candidates(names, unpacked) if _starts(path)), None)


def _candidates(names: tuple[str, ...], unpacked: tuple[str, ...]) -> Iterator[str]:
    yield from filter(None, map(shutil.which, names))
    for cache in filter(None, (os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *CACHES)):
        for program in unpacked:
            yield from map(str, sorted(Path(cache).expanduser().glob(program), reverse=True))


def _starts(path: str) -> bool:
    """Tells whether the program runs here: Ubuntu's stub and a download without its libraries don't."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def fetch(package: str) -> Iterator[list[str]]:
    """Yields commands that may bring a Chromium, the least intrusive first; each is worth a look after it has run."""
    yield [sys.executable, "-m", "playwright", "install", package]
    if shutil.which("apt-get") and os.geteuid() == 0:
        os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
        yield ["apt-get", "update", "-q"]
        yield ["apt-get", "install", "-qy", "--no-install-recommends", package]


def ensure() -> str | None:
    """Returns the Chromium of the tests, after fetching one where there is none or only one with windows."""
    if "NEWSROOM_CHROMIUM" in os.environ:
        return installed()
    if found := _found(SHELL_NAMES, SHELLS_UNPACKED):
        return found
    print("Newsroom: fetching a Chromium without windows for the browser tests", flush=True)
    other = installed()
    for command in (*fetch("chromium-headless-shell"), *(() if other else fetch("chromium"))):
        try:
            seconds = SHELL_SECONDS if other else DOWNLOAD_SECONDS
            subprocess.run(command, stdin=subprocess.DEVNULL, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            print(f"Newsroom: gave up on {' '.join(command)}", flush=True)
        if (found := installed(shell=True)) != other:
            return found
    return other


if __name__ == "__main__":
    if ensure() is None:
        # Not the end: all other tests still run, and the browser's fail.
        print("Newsroom: no Chromium; browser tests will fail. Install one, or name it in NEWSROOM_CHROMIUM.")
