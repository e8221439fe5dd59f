"""Finds a Chromium for the browser tests, or fetches one the way that fits the machine."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Returns the path of a Chromium that is there: NEWSROOM_CHROMIUM, one on PATH, or Playwright's own."""
    named = os.environ.get("NEWSROOM_CHROMIUM")
    if named:
        return named
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def fetch() -> None:
    """Tries Playwright's download, then Debian's package where that is allowed."""
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(["apt-get", "install", "-qy", "--no-install-recommends", "chromium"], check=False)


if __name__ == "__main__":
    if installed() is None:
        print("No Chromium found; fetching one for the browser tests.")
        fetch()
    path = installed()
    if path is None:
        print("The browser tests will fail: install Chromium, or name one in NEWSROOM_CHROMIUM.", file=sys.stderr)
    else:
        print(f"Browser tests use {path}")
