"""How is the web server started for a measurement? As `make run` starts it, on a free port."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

# Faster than any rate of requests: what is measured is the server, not its patience.
UNHURRIED = {"API_RATE_TOKEN": "", "API_RATE_SESSION": ""}


def free_port() -> int:
    """Returns a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Returns once /healthz answers 200. Raises RuntimeError when it does not within half a minute."""
    for _ in range(1500):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
        if process is not None and process.poll() is not None:
            break
    raise RuntimeError("the server did not start")


class served:
    """The web server, for the length of a with block."""

    def __init__(
        self, home: Path, application: str = "newsroom.wsgi", *, settings: dict[str, str] | None = None
    ) -> None:
        self.home, self.application, self.port = home, application, free_port()
        self.settings = settings or {}

    def __enter__(self) -> int:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", f"{self.application}:application", "--config", "newsroom/gunicorn.py",
             "--bind", f"127.0.0.1:{self.port}"],
            env=os.environ | UNHURRIED | {"NEWSROOM_HOME": str(self.home)} | self.settings,
        )  # fmt: skip
        try:
            wait_until_ready(self.port, self.process)
        except RuntimeError:
            self.process.kill()
            raise
        return self.port

    def __exit__(self, *exception: object) -> None:
        self.process.terminate()
        self.process.wait()
