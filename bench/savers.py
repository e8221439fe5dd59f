"""How long do eight annotators wait for their saves while somebody exports the corpus, beside the same eight alone?

`BENCH_ARTICLES` says how large the corpus is (100,000 articles of 45 spans), `BENCH_DATABASES` on which databases.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.server import served
from bench.table import table
from tests.postgres.server import start

ARTICLES = max(map(int, os.environ.get("BENCH_ARTICLES", "100000").split()))
DATABASES = os.environ.get("BENCH_DATABASES", "sqlite postgresql").split()
SAVERS, ALONE_SECONDS = 8, 20.0
# A hand at the keyboard makes an entity in 1.15 s (bench annotate): these are four times as fast.
PAUSE = 0.25
HEADS = (
    "database", "saves", "alone p50 ms", "p99", "beside an export p50 ms", "p99", "of alone p50", "p99",
    "exported articles/s", "first bytes, ms",
)  # fmt: skip


@dataclass
class Office:
    """Eight annotators who save, each over a connection of their own, until told to stop."""

    port: int
    desks: list[dict[str, str]]
    stop: threading.Event = field(default_factory=threading.Event)
    times: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def work(self) -> list[threading.Thread]:
        """Begins."""
        threads = [threading.Thread(target=self._save, args=(number,)) for number in range(len(self.desks))]
        for thread in threads:
            thread.start()
        return threads

    def _save(self, number: int) -> None:
        desk, connection = self.desks[number], http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Authorization": f"Token {desk['token']}", "Content-Type": "application/json"}
        self.stop.wait(PAUSE * number / len(self.desks))
        while not self.stop.wait(PAUSE):
            made = {"op_id": str(uuid.uuid4()), "op": "span.create", "id": str(uuid.uuid4()), "label": "LOC"}
            operation = made | {"ranges": [[0, 5]], "quote": desk["quote"]}
            body = json.dumps({"text_sha256": desk["sha256"], "operations": [operation]})
            began = time.perf_counter()
            connection.request("POST", desk["path"], body, headers)
            response = connection.getresponse()
            response.read()
            self.times.append(time.perf_counter() - began)
            if response.status != 200:
                self.refused.append(response.status)


def run() -> None:
    """Prints the latencies on each database."""
    rows = []
    for name in DATABASES:
        with tempfile.TemporaryDirectory() as folder:
            settings = {"DATABASE_URL": start(Path(folder))} if name == "postgresql" else {}
            rows.append((name, *_measured(Path(folder), settings)))
    table(f"Saving while {ARTICLES:,} articles are exported", HEADS, rows)


def _measured(home: Path, settings: dict[str, str]) -> tuple[object, ...]:
    environment = os.environ | {"NEWSROOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | settings
    child = [sys.executable, "-m", "bench.savers_child"]
    made = subprocess.run([*child, str(ARTICLES), str(SAVERS)], env=environment, check=True, stdout=subprocess.PIPE)
    prepared = json.loads(made.stdout.splitlines()[-1])
    with served(home, settings=settings) as port:
        _saving(port, prepared["desks"], lambda: time.sleep(2))  # threads, connections and caches get warm
        alone, _ = _saving(port, prepared["desks"], lambda: time.sleep(ALONE_SECONDS))
        pull = [*child, "pull", str(port), prepared["manager"]]
        beside, said = _saving(
            port, prepared["desks"], lambda: subprocess.run(pull, env=environment, check=True, stdout=subprocess.PIPE)
        )
    exported, seconds, first = map(float, said.stdout.split())
    if exported != ARTICLES + SAVERS:
        raise RuntimeError(f"{exported:.0f} articles were exported")
    figures = [_ms(times, share) for times in (alone, beside) for share in (0.5, 0.99)]
    shares = figures[2] / figures[0], figures[3] / figures[1]
    return len(beside), *figures, *shares, exported / seconds, first * 1000


def _saving(port: int, desks: list[dict[str, str]], meanwhile: Callable[[], Any]) -> tuple[list[float], Any]:
    """Returns how long the saves took while something else was done, and what that returned."""
    office = Office(port, desks)
    threads = office.work()
    try:
        said = meanwhile()
    finally:
        office.stop.set()
        for thread in threads:
            thread.join()
    if office.refused:
        raise RuntimeError(f"saves were answered {set(office.refused)}")
    return office.times, said


def _ms(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)] * 1000
