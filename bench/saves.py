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
        newsroom = _prepare(home)
        subprocess.run([sys.executable, "-m", "bench.bare_django"], env=_environment(home), check=True)
        bare = [{"path": "/save/", "token": "bare", "sha256": "", "quote": newsroom[0]["quote"]}] * CLIENTS
        rows = []
        for name, application, works in (
            ("bare view", "bench.bare_django", bare),
            ("Newsroom", "newsroom.wsgi", newsroom),
        ):
            with served(home, application) as port:
                rows += [_row(name, port, works, clients) for clients in (1, CLIENTS)]
    table("Saving one span (kept connections)", ("server", "clients", "saves/s", "p50 ms", "p99 ms"), rows)


def _row(name: str, port: int, works: list[dict[str, str]], clients: int) -> tuple[object, ...]:
    times, seconds, statuses = _load(port, works, clients)
    if statuses != {200}:
        raise RuntimeError(f"{name} answered {statuses}")
    times.sort()
    return name, clients, len(times) / seconds, _ms(times, 0.5), _ms(times, 0.99)


def _ms(times: list[float], share: float) -> float:
    return times[int(len(times) * share)] * 1000


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"NEWSROOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}


def _prepare(home: Path) -> list[dict[str, str]]:
    """Makes an article and a set with a token for each client."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.saves_child", str(CLIENTS)],
        env=_environment(home),
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
