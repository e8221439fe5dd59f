"""How does gunicorn serve Newsroom? Two processes of four threads; on SQLite writers queue (actions/turns.py)."""

import os
import sys

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
# Loaded once and shared between the processes: a third of the memory each would need.
preload_app = True
keepalive = 30
graceful_timeout = 5
timeout = 120
accesslog = None
loglevel = "warning"
# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108


def on_starting(server: object) -> None:
    """Ends the start with a sentence where a setting would fail only once a request comes (annotations/checks.py)."""
    from django.core.management import CommandError, call_command

    try:
        call_command("check", tags=["newsroom"])  # the application is loaded by now: preload_app
    except CommandError as error:
        sys.exit(str(error))


def post_worker_init(worker: object) -> None:
    """Lets threads change places more often than every 5 ms.

    A save makes a dozen short SQLite calls, and after each waits for the interpreter behind the other threads:
    eight clients at once were slower than one after the other.
    """
    sys.setswitchinterval(0.0001)
