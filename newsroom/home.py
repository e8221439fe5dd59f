"""Where does Newsroom keep what it makes, and how is its generated secret made?"""

import contextlib
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def prepare_home(path: Path) -> Path:
    """Makes the data folder (SQLite file, media, releases, secret) if it is missing and returns it resolved.

    Raises ImproperlyConfigured for the folder of the program: files are collected anew in `static/` at each start.
    """
    if (path / "manage.py").exists():
        raise ImproperlyConfigured(f"NEWSROOM_HOME is the folder of the program: {path.resolve()}. Name another one.")
    for folder in (path, path / "static", path / "media"):
        folder.mkdir(parents=True, exist_ok=True)
    return path.resolve()


def secret_key(home: Path) -> str:
    """Returns the secret of this installation, made at the first start and readable by its owner only."""
    path = home / "secret_key"
    if not path.exists():
        # Written aside and linked: several processes may start at once, and none may read half a key.
        draft = home / f"secret_key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(get_random_secret_key())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8")
