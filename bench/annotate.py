"""How long do a hand's movements take? The demonstration's gold set made again, by keys alone and by keys and mouse."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
from playwright.sync_api import Browser, sync_playwright

from annotations.records import AnnotationSetRecord, Draft
from bench.browser import FLAGS, signed_in, workspace
from bench.mixer import Mixer
from bench.server import served
from bench.table import table
from bench.tally import Tally
from bench.typist import Typist
from tools.browser import installed

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "annotations" / "demo" / "seed.jsonl"
PHASES = ("entity", "claim", "stance", "attribute")
HANDS = {"keyboard": Typist, "mixed": Mixer}


def run() -> None:
    """Prints keys, pointings, drags and seconds for one entity, claim, stance and attribute."""
    seed = msgspec.json.decode(SEED.read_bytes(), type=Draft)
    gold = next(work for work in seed.annotation_sets if work.kind == "gold")
    with tempfile.TemporaryDirectory() as folder:
        paths = json.loads(_python(folder, "-m", "bench.annotate_child").splitlines()[-1])
        with served(Path(folder)) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
            base = f"http://127.0.0.1:{port}"
            tallies = {name: _type(browser, base, name, path, seed, gold) for name, path in paths.items()}
            browser.close()
        made = msgspec.json.decode(_python(folder, "manage.py", "export_corpus", "bench"), type=Draft)
    heads = ("hand", "one", "made", "keys", "clicks", "drags", "pointings", "changes of hand", "KLM s")
    rows = [(name, phase, *_figures(tally, phase)) for name, tally in tallies.items() for phase in PHASES]
    table("The gold set of the seed article made by hand; figures for one of each", heads, rows)
    for work in made.annotation_sets:
        same = _said(work) == _said(gold)
        print(f"{work.annotator}: {'all spans and relations of the gold set' if same else 'NOT the gold set'}")


def _python(home: str, *arguments: str) -> str:
    settings = {"NEWSROOM_HOME": home, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=os.environ | settings, check=True, stdout=subprocess.PIPE, text=True).stdout


def _type(browser: Browser, base: str, name: str, path: str, seed: Draft, gold: AnnotationSetRecord) -> Tally:
    page = workspace(browser, signed_in(base, name), base, path)
    # The server has them in one bundle only; the typist asks the word cursor's own module where words begin.
    page.route(
        "**/js/core/*.js", lambda route: route.fulfill(path=ROOT / "static/js/core" / Path(route.request.url).name)
    )
    typist = HANDS[name](page, seed.text, [topic.key for topic in seed.topics])
    typist.type_set(gold)
    page.wait_for_selector("html[data-queue='0']")
    page.context.close()
    return typist.tally


def _figures(tally: Tally, phase: str) -> tuple[int, float, float, float, float, float, float]:
    spent = tally.spent[phase]
    each = [spent[name] / spent["things"] for name in ("K", "clicks", "drags", "P", "H")]
    return spent["things"], *each, tally.seconds(phase)


def _said(work: AnnotationSetRecord) -> tuple[list[str], list[str]]:
    """Returns spans and relations without their ids, in an order of their own."""
    spans = {span.id: f"{span.label} {span.ranges} {sorted(span.attributes.items())}" for span in work.spans}
    ends = [(one, [spans.get(end or "", end) for end in (one.head, one.via, one.tail)]) for one in work.relations]
    relations = [f"{one.label} {names} {sorted(one.attributes.items())}" for one, names in ends]
    return sorted(spans.values()), sorted(relations)
