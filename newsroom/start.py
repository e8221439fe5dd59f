"""What does `make run` do before it serves? It sees to port, database, static files, demonstration project."""

import hashlib
import os
import signal
import socket
import sys
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

HOST = "127.0.0.1"
WELCOME = """
  تحریریه · Newsroom    http://{host}:{port}
  annotator, annotator2, reviewer, manager, admin · password: newsroom
"""


def require_free_port(port: int) -> None:
    """Ends the start with a sentence where another program listens already."""
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            sys.exit(f"Newsroom: port {port} is in use. Stop what listens there, or choose another: make run PORT=8001")


def prepare_database() -> None:
    """Migrates and loads the demonstration project; both do nothing where it is done."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("demo", loopback=True, stdout=StringIO())


def collect_static_files() -> None:
    """Collects the static files under hashed names, unless none has changed since the last start."""
    seen = Path(settings.STATIC_ROOT) / ".collected"
    current = _fingerprint()
    if seen.exists() and seen.read_text(encoding="ascii") == current:
        return
    # The manifest is written here and read by the server that starts next.
    settings.STORAGES["staticfiles"]["BACKEND"] = "newsroom.storage.ModuleManifestStorage"
    # ReDoc comes with Swagger UI, is half of the work, and no page uses it.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["redoc"])
    seen.write_text(current, encoding="ascii")


def _fingerprint() -> str:
    """Returns a digest of the project's static files' times and of the versions that bring the others."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for path in sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*")):
        status = path.stat()
        digest.update(f"{path} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()


def main() -> None:
    """Prepares everything, says where to look and who may sign in, and becomes the process that serves."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # The Procfile's programs are those beside this Python, whether its environment is activated or not.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    port = int(os.environ.get("PORT", "8000"))
    require_free_port(port)
    django.setup()
    prepare_database()
    collect_static_files()
    print(WELCOME.format(host=HOST, port=port), flush=True)  # noqa: T201
    # A new program without Django in its memory.
    os.execv(sys.executable, [sys.executable, "-m", "newsroom.serve"])  # noqa: S606


if __name__ == "__main__":
    main()
