"""How does gunicorn serve Newsroom? One process of threads: with SQLite, writers then queue fairly inside it."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
keepalive = 30
graceful_timeout = 5
timeout = 120
accesslog = None
loglevel = "warning"
# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
