"""How long does it take to save one span, by one client and by eight at once, over HTTP with a token?"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

from bench.server import served
from bench.table import table

SAVES, CLIENTS = 400, 8


def run() -> None:
    """Prints a table of latencies and rates."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        prepared = _prepare(home)
        rows = []
        with served(home) as port:
            for clients in (1, CLIENTS):
                times, seconds, statuses = _load(port, prepared, clients)
                assert statuses == {200}, statuses
                times.sort()
                rows.append(
                    (
                        clients, len(times), len(times) / seconds, times[len(times) // 2] * 1000,
                        times[int(len(times) * 0.99)] * 1000,
                    )
                )  # fmt: skip
    table("Saving one span (kept connections)", ("clients", "saves", "saves/s", "p50 ms", "p99 ms"), rows)


def _prepare(home: Path) -> list[dict[str, str]]:
    """Makes an article and a set with a token for each client."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.saves_child", str(CLIENTS)],
        env=os.environ | {"NEWSROOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _load(port: int, prepared: list[dict[str, str]], clients: int) -> tuple[list[float], float, set[int]]:
    times: list[float] = []
    statuses: set[int] = set()
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_client, args=(port, prepared[at], SAVES // clients, times, statuses))
        for at in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, time.perf_counter() - began, statuses


def _client(port: int, work: dict[str, str], saves: int, times: list[float], statuses: set[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Token {work['token']}", "Content-Type": "application/json"}
    for _ in range(saves):
        operation = {
            "op_id": str(uuid.uuid4()), "op": "span.create", "id": str(uuid.uuid4()), "label": "LOC",
            "ranges": [[0, 5]], "quote": work["quote"],
        }  # fmt: skip
        body = json.dumps({"text_sha256": work["sha256"], "operations": [operation]})
        began = time.perf_counter()
        connection.request("POST", work["path"], body, headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - began)
        statuses.add(response.status)
