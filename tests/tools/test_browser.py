"""Is the right Chromium found, and is one fetched only where none starts?"""

import sys
from pathlib import Path

import pytest

from tools import browser


def make_program(folder: Path, name: str, *, code: int) -> str:
    """Writes a program that ends with the code at once and returns its path."""
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {code}\n")
    program.chmod(0o755)
    return str(program)


@pytest.fixture(autouse=True)
def _bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("NEWSROOM_CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)


def test_the_one_on_the_path_is_taken(tmp_path: Path) -> None:
    assert browser.installed() is None
    assert make_program(tmp_path, "google-chrome", code=0) == browser.installed()


def test_one_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    make_program(tmp_path, "chromium", code=1)
    assert make_program(tmp_path, "chromium-browser", code=0) == browser.installed()


def test_the_one_that_is_named_is_the_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_program(tmp_path, "chromium", code=0)
    monkeypatch.setenv("NEWSROOM_CHROMIUM", str(tmp_path / "missing"))
    assert browser.ensure() is None


def test_playwrights_download_is_found(tmp_path: Path) -> None:
    folder = tmp_path / ".cache/ms-playwright/chromium-1255/chrome-linux64"
    folder.mkdir(parents=True)
    assert make_program(folder, "chrome", code=0) == browser.installed()


def test_playwright_is_asked_before_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    make_program(tmp_path, "apt-get", code=0)
    asked = [command[0] for command in browser.fetch()]
    assert asked == [sys.executable, "apt-get", "apt-get"]


def test_without_root_the_system_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    make_program(tmp_path, "apt-get", code=0)
    assert len(list(browser.fetch())) == 1
