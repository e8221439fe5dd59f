"""How long until the first page, how much memory when idle, how much is installed?"""

import http.client
import importlib.metadata
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from bench.server import free_port, wait_until_ready
from bench.table import table

ROOT = Path(__file__).resolve().parent.parent


def run() -> None:
    """Prints set-up and start times, idle memory, and the run-time packages."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = os.environ | {
            "NEWSROOM_HOME": folder, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }  # fmt: skip
        first, _rows = _started(environment, port)
        again, rows = _started(environment, port)
    rows.append(("all processes", sum(size for _name, size in rows)))
    steps = [("first: database, demonstration, static files, first 200", first), ("again: start → first 200", again)]
    table("Start", ("step", "seconds"), steps)
    table("Idle memory", ("process", "PSS MB"), rows)
    table("Installed at run time", ("packages", "MB"), [_installed()])


def _started(environment: dict[str, str], port: int) -> tuple[float, list[tuple[str, float]]]:
    """Starts everything as `make run` does; returns the seconds to the first answer, and each idle process' memory."""
    began = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "newsroom.start"], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(port, server)
        ready = time.perf_counter() - began
        _visit(port)
        time.sleep(3)  # idle is what is measured
        tree = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        return ready, [(_name(process), process.memory_full_info().pss / 2**20) for process in tree]
    finally:
        server.terminate()
        server.wait()


def _visit(port: int) -> None:
    """Opens a page, so that what is loaded lazily is loaded."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/login/")
    connection.getresponse().read()


def _name(process: psutil.Process) -> str:
    return " ".join(part.rsplit("/", 1)[-1] for part in process.cmdline()[:4])


def _installed() -> tuple[int, float]:
    """Counts the packages of requirements.txt and the size of their files."""
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    size = 0
    for name in names:
        for file in importlib.metadata.distribution(name).files or ():
            path = Path(str(file.locate()))
            size += path.stat().st_size if path.is_file() else 0
    return len(names), size / 2**20
