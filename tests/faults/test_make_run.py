"""Does `make run` start alone, answer, and leave nothing behind when it is stopped?"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
PAUSE_SECONDS = 0.1
STOP_SECONDS = 20


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the starts of this file share: the first one fills it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """What the service says; a file, since a pipe that nobody reads would stop it."""
    return tmp_path / "log"


@pytest.fixture
def service(home: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """What `make run` starts once everything is installed, in a session of its own, without an input."""
    environment = os.environ | {"NEWSROOM_HOME": str(home), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    with log.open("wb") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "newsroom.start"], cwd=ROOT, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    yield started
    for process in _family(started):
        process.kill()
    started.wait(STOP_SECONDS)


def _family(started: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        root = psutil.Process(started.pid)
    except psutil.NoSuchProcess:
        return []
    return [root, *root.children(recursive=True)]


def _status(port: int) -> int:
    """Returns the answer of /healthz, 0 while nothing listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def _wait_until_ready(started: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while _status(port) != 200:
        try:
            started.wait(PAUSE_SECONDS)
        except subprocess.TimeoutExpired:
            if time.monotonic() < deadline:
                continue
        pytest.fail(f"not ready, code {started.poll()}: {log.read_text()}")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda sent: sent.name)
def test_it_answers_and_ends_with_all_its_children(
    service: subprocess.Popen[bytes], port: int, log: Path, sent: signal.Signals
) -> None:
    _wait_until_ready(service, port, log)
    family = _family(service)
    commands = " ".join(" ".join(process.cmdline()) for process in family)
    assert "gunicorn" in commands
    assert "db_worker" in commands
    # As a terminal does: to the whole group of the foreground.
    os.killpg(service.pid, sent)
    assert service.wait(STOP_SECONDS) == 0
    _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)
    assert alive == []
    assert _status(port) == 0
    said = log.read_text()
    assert f"http://127.0.0.1:{port}" in said
    assert "annotator" in said
    assert "Traceback" not in said


def test_a_port_in_use_is_named_and_nothing_starts(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "-m", "newsroom.start"], cwd=ROOT, text=True, capture_output=True, check=False,
            env=os.environ | {"NEWSROOM_HOME": str(home), "PORT": str(port)},
        )  # fmt: skip
    assert answer.returncode == 1
    assert f"port {port} is in use" in answer.stderr
