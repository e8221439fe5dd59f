"""Which Chromium do the browser tests drive? One that is installed, or one fetched the way that fits the machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 600


def installed() -> str | None:
    """Returns the first Chromium that starts: NEWSROOM_CHROMIUM alone if set, else on PATH, else Playwright's own."""
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[str]:
    named = os.environ.get("NEWSROOM_CHROMIUM")
    if named:
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    # Where Playwright unpacks its downloads on Linux and macOS; asking Playwright itself would start its driver.
    caches = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), "~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    for cache in filter(None, caches):
        for program in ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*"):
            yield from map(str, sorted(Path(cache).expanduser().glob(f"chromium-*/{program}"), reverse=True))


def _starts(path: str) -> bool:
    """Tells whether the program runs here: Ubuntu's stub and a download without its libraries don't."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def fetch() -> Iterator[list[str]]:
    """Yields commands that may bring a Chromium, the least intrusive first; each is worth a look after it has run."""
    yield [sys.executable, "-m", "playwright", "install", "chromium"]
    if shutil.which("apt-get") and os.geteuid() == 0:
        os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
        yield ["apt-get", "update", "-q"]
        yield ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"]


def ensure() -> str | None:
    """Returns an installed Chromium, after fetching one where there is none."""
    path = installed()
    if path or "NEWSROOM_CHROMIUM" in os.environ:
        return path
    print("Newsroom: no Chromium found; fetching one for the browser tests", flush=True)
    for command in fetch():
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, timeout=DOWNLOAD_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            print(f"Newsroom: gave up on {' '.join(command)}", flush=True)
        if path := installed():
            return path
    return None


if __name__ == "__main__":
    if ensure() is None:
        # Not the end: all other tests still run, and the browser's fail.
        print("Newsroom: no Chromium; browser tests will fail. Install one, or name it in NEWSROOM_CHROMIUM.")
