"""How long until the text stands in its other reading, and until the signs of invisible characters are there?"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import FLAGS
from bench.server import served
from bench.table import table
from tools.browser import installed

ROUNDS = 7
# From the key to the frame that shows it, in milliseconds; `done` names a selector, `there` whether it is to match.
PRESS = """([code, done, there]) => new Promise((told) => {
  const began = performance.now();
  const look = () => (document.querySelector(done) !== null) === there;
  const tell = () => setTimeout(() => told(performance.now() - began));
  const wait = () => (look() ? requestAnimationFrame(tell) : setTimeout(wait));
  document.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true }));
  wait();
})"""
SPAN = """() => performance.getEntriesByName("reading-drawn").at(-1).startTime
  - performance.getEntriesByName("reading-asked").at(-1).startTime"""
EVEN, SIGNS = "html[data-reading=even]", ".signs .sign"


def run() -> None:
    """Prints the medians of switching there and back, scripts and layout alone, and of the signs."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.reading_child"],
            env=os.environ | {"NEWSROOM_HOME": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        made = json.loads(done.stdout.splitlines()[-1])
        with served(Path(folder)) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
            base = f"http://127.0.0.1:{port}"
            rows = [(name, *_measured(browser, base, path)) for name, path in made["workspaces"].items()]
            browser.close()
    heads = ("workspace", "first N ms", "N → seen ms", "of it script and layout", "back ms", "M → seen ms")
    table("Normalised reading and signs in Chromium", heads, rows)
    table("In the worker", ("analysing 50,000 characters, ms",), [(made["analysed_ms"],)])


def _measured(browser: Browser, base: str, path: str) -> tuple[float, ...]:
    page = browser.new_context(base_url=base, viewport={"width": 1400, "height": 900}).new_page()
    page.goto("/login/")
    page.fill("[name=username]", "annotator")
    page.fill("[name=password]", "newsroom")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{base}/")
    firsts, rounds = [], []
    for _ in range(ROUNDS):
        page.goto(path)
        page.wait_for_selector("html[data-ready]")
        firsts.append(_press(page, "KeyN", EVEN, True))  # with the request
        rounds.append(_round(page))
    page.context.close()
    return (statistics.median(firsts), *(statistics.median(column) for column in zip(*rounds, strict=True)))


def _round(page: Page) -> tuple[float, ...]:
    back = _press(page, "KeyN", EVEN, False)
    there = _press(page, "KeyN", EVEN, True)
    script = page.evaluate(SPAN)
    signs = _press(page, "KeyM", SIGNS, True)
    _press(page, "KeyM", SIGNS, False)
    _press(page, "KeyN", EVEN, False)
    return there, script, back, signs


def _press(page: Page, code: str, done: str, there: bool) -> float:
    return page.evaluate(PRESS, [code, done, there])
