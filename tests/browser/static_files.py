"""How do static files reach the browser in the tests? As in production: modules in one file, kept by the browser.

They come from memory: to look for each of a page's files in each app's folder, again for each test, takes longer than
most tests do.
"""

from collections.abc import Iterable
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import get_path_info

from newsroom.bundle import ENTRIES, bundle

type Answer = tuple[HTTPStatus, str, bytes]


class StaticFiles(StaticFilesHandler):
    """Answers what lies below STATIC_URL, and hands everything else to the application."""

    # Whether entries take their imports in, as once they are collected; else modules are served as they lie.
    bundled = True
    _kept: dict[tuple[str, bool], Answer] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        path = get_path_info(environ)
        if not self._should_handle(path):
            return self.application(environ, start_response)
        key = (self.file_path(path), StaticFiles.bundled)
        if key not in self._kept:
            self._kept[key] = _read(*key)
        status, media_type, body = self._kept[key]
        headers = [
            ("Content-Type", media_type), ("Content-Length", str(len(body))), ("Cache-Control", "max-age=3600, public"),
        ]  # fmt: skip
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]


def _read(name: str, bundled: bool) -> Answer:
    found: Any = finders.find(name)
    if found is None:
        return HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", name.encode()
    file = Path(found)
    media_type = guess_type(file.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    body = bundle(file).encode() if bundled and name in ENTRIES else file.read_bytes()
    return HTTPStatus.OK, media_type, body
