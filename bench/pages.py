"""How fast do pages come, in the server and in Chromium? The workspace on two articles, and the lists of 10,000."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import OpenerDirector

from playwright.sync_api import Browser, sync_playwright

from bench.browser import FLAGS, signed_in, workspace
from bench.server import served
from bench.table import table
from tools.browser import installed

ROUNDS = 5
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# What the page's own script takes to draw an edit; until the frame that shows it, `labels` measures.
EDIT = """() => performance.getEntriesByName('edit-painted').at(-1).startTime
  - performance.getEntriesByName('label-chosen').at(-1).startTime"""
BYTES = """() => performance.getEntries().filter((e) => 'transferSize' in e && !e.name.includes('woff2'))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


def run() -> None:
    """Prints server times, bytes and paints."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        done = subprocess.run(
            [sys.executable, "-m", "bench.pages_child"],
            env=os.environ | {"NEWSROOM_HOME": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        made = json.loads(done.stdout.splitlines()[-1])
        with served(home) as port:
            base = f"http://127.0.0.1:{port}"
            opener = signed_in(base)
            rows = [(name, _median_ms(opener, base + path)) for name, path in made["lists"].items()]
            table("Lists of 10,000 articles (whole answer over HTTP)", ("page", "median ms"), rows)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
                rows = [
                    (name, _median_ms(opener, base + path), *_in_chromium(browser, opener, base, path))
                    for name, path in made["workspaces"].items()
                ]
                browser.close()
            heads = ("workspace", "server ms", "kB without font", "goto → painted ms", "ready ms", "label → drawn ms")
            table("The workspace", heads, rows)


def _median_ms(opener: OpenerDirector, address: str) -> float:
    times = []
    for _ in range(4 * ROUNDS):
        began = time.perf_counter()
        opener.open(address).read()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _in_chromium(browser: Browser, opener: OpenerDirector, base: str, path: str) -> tuple[float, float, float, float]:
    """Returns kilobytes, and the medians of first paint, readiness and a label's way to the screen."""
    measured = []
    for _ in range(ROUNDS):
        page = workspace(browser, opener, base, path)
        ready = page.evaluate("() => performance.getEntriesByName('ready')[0].startTime")
        size, painted = page.evaluate(BYTES) / 1000, page.evaluate(PAINTED)
        box = page.evaluate(
            """() => {
              const range = new Range();
              const walker = document.createTreeWalker(document.querySelector('#p2'), NodeFilter.SHOW_TEXT);
              let node = walker.nextNode();
              while (node.data.trim().length < 8) node = walker.nextNode();
              range.setStart(node, 1);
              range.setEnd(node, 5);
              const box = range.getBoundingClientRect();
              return [box.right, box.left, box.top + box.height / 2];
            }"""
        )
        page.mouse.move(box[0], box[2])
        page.mouse.down()
        page.mouse.move(box[1], box[2], steps=4)
        page.mouse.up()
        page.keyboard.press("Digit1")
        page.wait_for_function("() => performance.getEntriesByName('edit-painted').length > 0")
        measured.append((size, painted, ready, page.evaluate(EDIT)))
        page.context.close()
    return tuple(statistics.median(column) for column in zip(*measured, strict=True))
