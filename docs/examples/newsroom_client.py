"""A small client of Newsroom's API: records as a stream, what changed, files of releases; retried, resumed, checked.

    pip install urllib3 msgspec tqdm

    newsroom = Newsroom("http://127.0.0.1:8000", token="…")
    for record in newsroom.records("demo", kind="gold"):
        for work in record.annotation_sets:
            print([(span.label, span.quote) for span in work.spans])

Offsets are Unicode code points, half-open: `record.text[start:end]` is the quote. One file, made to be copied.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
import urllib3
from tqdm import tqdm

CHUNK = 64 * 1024


class Span(msgspec.Struct, frozen=True):
    """A labelled piece of the text."""

    id: str
    label: str
    ranges: list[tuple[int, int]]
    quote: str
    attributes: dict[str, Any] = {}
    entity: str | None = None


class Relation(msgspec.Struct, frozen=True):
    """head – via – tail; an end is a span's id, `article`, `implicit` or `topic:<key>`."""

    id: str
    label: str
    head: str
    tail: str
    via: str | None = None
    attributes: dict[str, Any] = {}


class AnnotationSet(msgspec.Struct, frozen=True):
    """One annotator's work on an article, or the gold set."""

    id: str
    kind: str
    status: str
    annotator: str | None = None
    spans: list[Span] = []
    relations: list[Relation] = []
    labels: list[dict[str, Any]] = []


class Record(msgspec.Struct, frozen=True):
    """An article with its annotations."""

    id: str
    text: str
    text_sha256: str
    url: str = ""
    published_at: str | None = None
    annotation_sets: list[AnnotationSet] = []
    meta: dict[str, Any] = {}


class NewsroomError(Exception):
    """What the server said no to: `status`, and the problem's `code` and `detail`."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status, self.code, self.detail = status, problem.get("title", ""), problem.get("detail", "")
        super().__init__(f"{status} {self.code}: {self.detail}")


@dataclass
class Changes:
    """Records that changed; `cursor` says where the next pull goes on, once all have been read."""

    _records: Iterator[Record] = field(repr=False)
    cursor: str

    def __iter__(self) -> Iterator[Record]:
        return self._records


class Newsroom:
    """A server and a token for it. Requests that fail are tried again, later and later; `backoff` is in seconds."""

    def __init__(self, url: str, token: str, *, retries: int = 5, backoff: float = 0.5, progress: bool = False) -> None:
        self.url, self.retries, self.progress = f"{url.rstrip('/')}/api/v1", retries, progress
        policy = urllib3.Retry(retries, backoff_factor=backoff, status_forcelist=(429, 502, 503, 504))
        self.http = urllib3.PoolManager(headers={"Authorization": f"Token {token}"}, retries=policy, timeout=60)

    def records(self, project: str, **filters: str) -> Iterator[Record]:
        """Yields a project's records; a stream that breaks off is begun again behind what has been yielded."""
        yield from self._records(project, filters)

    def changes(self, project: str, cursor: str = "start", **filters: str) -> Changes:
        """Returns what changed since a cursor. Keep `cursor` of the result once you have stored all of it."""
        filters |= {"updated_after": cursor}
        first = self._open(f"/projects/{project}/export/", filters)
        return Changes(self._records(project, filters, first), first.headers["Newsroom-Cursor"])

    def count(self, project: str, **filters: str) -> dict[str, int]:
        """Returns how many articles and sets a filter leaves."""
        return self._json(f"/projects/{project}/export/count/", filters)

    def export(self, project: str, path: Path, *, format: str = "jsonl", **filters: str) -> Path:
        """Writes an export in any format into a file, which appears only when it is whole."""
        draft = path.with_name(path.name + ".part")
        answer = self._open(f"/projects/{project}/export/", filters | {"format": format})
        with draft.open("wb") as file, self._bar(None, path.name) as bar:
            for chunk in answer.stream(CHUNK):
                file.write(chunk)
                bar.update(len(chunk))
        return draft.replace(path)

    def releases(self, project: str) -> list[dict[str, Any]]:
        """Returns the releases of a project, the newest first."""
        return self._json(f"/projects/{project}/releases/")["results"]

    def download(self, project: str, release: str, folder: Path) -> list[Path]:
        """Downloads a release, goes on where an earlier call broke off, and checks every sum."""
        found = self._json(f"/projects/{project}/releases/{release}/")
        return [self._file(project, release, file, folder / file["path"]) for file in found["files"]]

    def _file(self, project: str, release: str, file: dict[str, Any], path: Path) -> Path:
        if path.exists() and _sum(path) == file["sha256"]:
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".part")
        address = f"/projects/{project}/releases/{release}/files/{quote(file['path'])}"
        for _attempt in range(self.retries + 1):
            have = draft.stat().st_size if draft.exists() else 0
            if have < file["size"]:
                self._append(address, file, draft, have)
            if draft.exists() and draft.stat().st_size == file["size"]:
                break
        if not draft.exists():  # a file of no bytes
            draft.touch()
        if _sum(draft) != file["sha256"]:
            draft.unlink()
            raise OSError(f"{file['path']} is not what the release says: its SHA-256 differs")
        return draft.replace(path)

    def _append(self, address: str, file: dict[str, Any], draft: Path, have: int) -> None:
        ranges = {"Range": f"bytes={have}-", "If-Range": f'"{file["sha256"]}"'}
        answer = self._open(address, headers=ranges)
        with draft.open("ab" if answer.status == 206 else "wb") as out, self._bar(file["size"], file["path"]) as bar:
            bar.update(have)
            try:
                for chunk in answer.stream(CHUNK):
                    out.write(chunk)
                    bar.update(len(chunk))
            except urllib3.exceptions.HTTPError:
                pass  # what came is kept; the caller asks for the rest

    def _records(self, project: str, filters: dict[str, str], first: Any = None) -> Iterator[Record]:
        seen: set[str] = set()
        for attempt in range(self.retries + 1):
            answer, first = first or self._open(f"/projects/{project}/export/", filters), None
            try:
                for line in _lines(answer):
                    record = msgspec.json.decode(line, type=Record)
                    if record.id not in seen:
                        seen.add(record.id)
                        yield record
                return
            except urllib3.exceptions.HTTPError:
                if attempt == self.retries:
                    raise

    def _json(self, path: str, fields: dict[str, str] | None = None) -> Any:
        for attempt in range(self.retries + 1):
            try:
                return msgspec.json.decode(self._open(path, fields).read())
            except urllib3.exceptions.ProtocolError:  # it broke off within the answer
                if attempt == self.retries:
                    raise
        return None

    def _open(self, path: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> Any:
        address = f"{self.url}{path}" + (f"?{urlencode(fields)}" if fields else "")
        merged = {**self.http.headers, **(headers or {})}
        answer = self.http.request("GET", address, headers=merged, preload_content=False)
        if answer.status >= 400:
            said = answer.read()
            raise NewsroomError(answer.status, msgspec.json.decode(said) if said.startswith(b"{") else {})
        return answer

    def _bar(self, total: int | None, name: str) -> tqdm:
        return tqdm(total=total, unit="B", unit_scale=True, desc=name, disable=not self.progress)


def _lines(answer: Any) -> Iterator[bytes]:
    """Yields whole lines; one that was cut off raises instead of being taken for a record."""
    rest = b""
    for chunk in answer.stream(CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    if rest:
        raise urllib3.exceptions.ProtocolError("the stream broke off")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
