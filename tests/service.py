"""How does a test start the real web server on its database? As it runs in production: gunicorn, two processes."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def database_url() -> str:
    """The address of the test database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@contextmanager
def serving(log: Path) -> Iterator[str]:
    """Gives the address of a server on the test database, and ends it behind the block.

    The listening socket is made here and handed over: it answers from the first moment on, whoever is slow to start.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener, log.open("wb") as output:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        command = [
            sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--config", "newsroom/gunicorn.py",
            "--bind", f"fd://{listener.fileno()}",
        ]  # fmt: skip
        environment = os.environ | {"DATABASE_URL": database_url(), "ALLOWED_HOSTS": "127.0.0.1", "WEB_THREADS": "6"}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, pass_fds=[listener.fileno()]
        )
        try:
            _wait(host)
            yield f"http://{host}"
        finally:
            process.terminate()
            process.wait(30)


def _wait(host: str) -> None:
    probe = http.client.HTTPConnection(host, timeout=60)
    probe.request("GET", "/healthz")
    assert probe.getresponse().status == 200
    probe.close()
