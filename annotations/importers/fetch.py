"""How is a page or file fetched from the web without harm? From the very address that was judged, and bounded in all.

One deadline holds for looking names up, connecting, TLS, headers, redirects and the body: when it passes, the
connection is cut from another thread, so that no server can keep this one waiting by sending a byte now and then.
"""

import ssl
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.parse import unquote, urljoin, urlsplit

from annotations.errors import gettext_noop
from annotations.importers.addresses import PORTS, Refused, chosen, is_public, target_of
from annotations.importers.limits import MIB
from annotations.importers.pinned import Pinned, Resolve, insecure, resolve_within, unreachable

# What is taken, and the ending that says so to the readers where the address does not.
CONTENT_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/rss+xml": ".rss",
    "application/atom+xml": ".atom", "application/xml": ".rss", "text/xml": ".rss", "application/json": ".json",
    "application/ld+json": ".json", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl", "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "application/zip": ".zip", "application/warc": ".warc",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx", "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods", "application/octet-stream": "",
}  # fmt: skip
_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 64 * 1024
_HEADERS = {
    "User-Agent": "Newsroom (imports single pages for annotation)", "Accept-Encoding": "gzip", "Connection": "close",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Language": "fa, en;q=0.5",
}  # fmt: skip

@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one fetch: bytes (as they come and unpacked), seconds in all, redirects, ports."""

    size: int = 32 * MIB
    seconds: float = 20
    redirects: int = 5
    ports: Sequence[int] = PORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came: the content as a file at its beginning, which is the caller's to close, and what was said of it.

    `name` is one to recognise the format by; `encoding` the server's word, '' where it said none.
    """

    content: IO[bytes]
    final_url: str
    content_type: str
    encoding: str
    name: str


LIMITS = Limits()


def fetch(
    url: str,
    *,
    limits: Limits = LIMITS,
    resolve: Resolve | None = None,
    allowed: Callable[[str], bool] = is_public,
    context: ssl.SSLContext | None = None,
) -> Fetched:
    """Fetches one address, over its redirects. Raises Refused with the reason.

    `resolve`, ``allowed` and `context` are for tests, which have servers on this machine only.
    """
    deadline = time.monotonic() + limits.seconds
    address = url.strip()
    for _ in range(limits.redirects + 1):
        target = target_of(address, ports=limits.ports)
        known = (resolve or resolve_within(deadline))(target.host, target.port)
        connection = Pinned(target, chosen(known, target.host, allowed=allowed), deadline, context)
        try:
            response = connection.ask("GET", headers=_HEADERS)
            if response.status in _REDIRECTS and (location := response.getheader("Location")):
                address = urljoin(address, location.strip())
                continue
            return _taken(response, connection, address, limits)
        except ssl.SSLError as error:
            raise connection.too_slow_or(insecure(target, error)) from error
        except (OSError, HTTPException, zlib.error, ValueError, AttributeError) as error:  # the last where TLS was cut
            raise connection.too_slow_or(unreachable(target, error)) from error
        finally:
            connection.close()
    message = gettext_noop("The address leads on to another one more than {most} times.")
    raise Refused(code="too_many_redirects", message=message, data={"most": limits.redirects})


def _taken(response: HTTPResponse, connection: Pinned, address: str, limits: Limits) -> Fetched:
    """Returns what a response brings. Raises Refused."""
    if response.status != 200:
        message = gettext_noop("«{host}» answered with status {status}.")
        raise Refused(
            code="http_status", message=message, data={"host": connection.host, "status": response.status}
        )  # fmt: skip
    kind = response.headers.get_content_type()
    if kind not in CONTENT_TYPES:
        message = gettext_noop("What lies there is of the type {type}, which is not read.")
        raise Refused(code="content_type", message=message, data={"type": kind[:100]})
    if (response.length or 0) > limits.size:
        raise _too_large(limits)
    with ExitStack() as until_whole:
        content: Any = until_whole.enter_context(tempfile.SpooledTemporaryFile(max_size=8 * MIB))
        _copy(response, content, connection, limits)
        until_whole.pop_all()
    content.seek(0)
    return Fetched(
        content=content,
        final_url=address, content_type=kind, encoding=response.headers.get_content_charset() or "",
        name=_name(address, kind),
    )  # fmt: skip


def _copy(response: HTTPResponse, content: IO[bytes], connection: Pinned, limits: Limits) -> None:
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        message = gettext_noop("The content is packed as {coding}, which was not asked for.")
        raise Refused(code="content_coding", message=message, data={"coding": coding[:40]})
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in coding else None
    came = written = 0
    while piece := response.read1(_PIECE):
        _ = connection.left
        came += len(piece)
        while piece:
            out = unpack.decompress(piece, _PIECE) if unpack else piece
            written += content.write(out)
            if max(came, written) > limits.size:
                raise _too_large(limits)
            piece = unpack.unconsumed_tail if unpack else b""
    _ = connection.left
    if response.length or (unpack and not unpack.eof):
        raise HTTPException("the connection ended before the content")


def _name(address: str, kind: str) -> str:
    """Returns the last part of the path, with the ending of its type where that says more."""
    name = unquote(urlsplit(address).path.rsplit("/", 1)[-1])[:200] or "page"
    ending = CONTENT_TYPES[kind]
    if (kind == "text/plain" and "." in name) or name.lower().endswith(ending):
        return name
    return name + ending


def _too_large(limits: Limits) -> Refused:
    message = gettext_noop("What lies there is larger than {most} bytes.")
    return Refused(code="too_large", message=message, data={"most": limits.size})
