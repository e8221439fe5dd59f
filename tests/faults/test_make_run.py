"""Does `make run` start alone, answer, and leave nothing behind when it is stopped?"""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TRIES = 300
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
def service(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """What `make run` starts once everything is installed, in a session of its own, without an input."""
    environment = os.environ | {"NEWSROOM_HOME": str(home), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    started = subprocess.Popen(
        [sys.executable, "-m", "newsroom.start"], cwd=ROOT, env=environment, text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    yield started
    for process in _family(started):
        process.kill()
    started.communicate()


def _family(started: subprocess.Popen[str]) -> list[psutil.Process]:
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


def _wait_until_ready(started: subprocess.Popen[str], port: int) -> None:
    for _ in range(TRIES):
        if _status(port) == 200:
            return
        try:
            started.wait(PAUSE_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"ended with {started.returncode}: {started.communicate()[0]}")
    pytest.fail("not ready in time")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda sent: sent.name)
def test_it_answers_and_ends_with_all_its_children(
    service: subprocess.Popen[str], port: int, sent: signal.Signals
) -> None:
    _wait_until_ready(service, port)
    family = _family(service)
    commands = " ".join(" ".join(process.cmdline()) for process in family)
    assert "gunicorn" in commands
    assert "db_worker" in commands
    # As a terminal does: to the whole group of the foreground.
    os.killpg(service.pid, sent)
    said, _ = service.communicate(timeout=STOP_SECONDS)
    _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)
    assert alive == []
    assert _status(port) == 0
    assert service.returncode == 0
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
