"""How long from a label's key until it is painted and kept, and how smooth is scrolling? By the number of spans.

Beside each article stands the same text without a span: what the browser and the page cost by themselves.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.browser import FLAGS, signed_in, workspace
from bench.server import served
from bench.table import table
from tools.browser import installed

ROUNDS = 3
LABELS = 40
FRAMES = 120
# An edit is queued once IndexedDB has it: its transaction has ended.
WATCH = """() => {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...of) {
    const begun = transaction.apply(this, of);
    if (of[1] === "readwrite") begun.addEventListener("complete", () => performance.mark("kept"));
    return begun;
  };
}"""
# From the event to the end of the frame that shows it, and until it is kept; milliseconds.
PRESS = """(code) => new Promise((told) => {
  const began = performance.now();
  const seen = performance.getEntriesByName("kept").length;
  let painted;
  document.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true }));
  requestAnimationFrame(() => setTimeout(() => { painted = performance.now() - began; }));
  const tell = () => {
    const kept = performance.getEntriesByName("kept")[seen];
    if (painted === undefined || !kept) return setTimeout(tell, 1);
    told([painted, kept.startTime - began]);
  };
  tell();
})"""
SCROLL = """(frames) => new Promise((told) => {
  const times = [];
  scrollTo({ top: 0, behavior: "instant" });
  const step = (now) => {
    times.push(now);
    if (times.length > frames) return told(times.slice(1).map((time, at) => time - times[at]));
    scrollBy({ top: 60, behavior: "instant" });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
SLOW_MS = 1000 / 60 * 1.5


def run() -> None:
    """Prints first paints, the ways of a label's key, and the frames of scrolling."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.labels_child"],
            env=os.environ | {"NEWSROOM_HOME": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        made = json.loads(done.stdout.splitlines()[-1])
        with served(Path(folder)) as port, sync_playwright() as playwright:
            base = f"http://127.0.0.1:{port}"
            browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
            opener = signed_in(base)
            rows = [(name, *_measured(browser, opener, base, path)) for name, path in made.items()]
            browser.close()
    heads = (
        "workspace", "goto → painted ms", "label → painted p50", "p95", "→ kept p50", "p95",
        "frame p50", "p95", "slow frames of all, %", "processor of a frame, ms",
    )  # fmt: skip
    table(f"A label's key and scrolling; {ROUNDS * LABELS} labels, {ROUNDS * FRAMES} frames each", heads, rows)


def _measured(browser: Browser, opener: object, base: str, path: str) -> tuple[float, ...]:
    first, labels, frames, busy = [], [], [], []
    for _ in range(ROUNDS):
        page = workspace(browser, opener, base, path)
        first.append(page.evaluate(PAINTED))
        session = page.context.new_cdp_session(page)
        # The processor's time of the page's main thread: whoever else works on this machine is left out.
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        spent = _processor(session)
        frames += page.evaluate(SCROLL, FRAMES)
        busy.append((_processor(session) - spent) / FRAMES)
        session.detach()
        page.evaluate(WATCH)
        labels += [_label(page) for _ in range(LABELS)]
        page.wait_for_selector("html[data-queue='0']")
        page.context.close()
    painted, kept = (sorted(column) for column in zip(*labels, strict=True))
    slow = sum(one > SLOW_MS for one in frames) / len(frames) * 100
    ways = (*_middle_and_95(painted), *_middle_and_95(kept), *_middle_and_95(frames))
    return (statistics.median(first), *ways, slow, statistics.median(busy))


def _processor(session: CDPSession) -> float:
    """Returns the milliseconds that the page's tasks have taken since the session began."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"] * 1000


def _label(page: Page) -> tuple[float, float]:
    """Goes to the next word and labels it, as a hand at the keyboard does."""
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    return tuple(page.evaluate(PRESS, "Digit1"))


def _middle_and_95(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
