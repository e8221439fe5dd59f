"""How does a large file leave so that a broken download can go on? One byte range, by RFC 9110, section 14."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponse
from django.utils.http import parse_etags

from annotations.models import ReleaseFile

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")


def sent(request: HttpRequest, file: ReleaseFile, *, filename: str) -> HttpResponseBase:
    """Returns a file, the part of it that was asked for, or that the client has it already.

    The ETag is the file's SHA-256. Several ranges at once, one that is none, or numbers that no file is as long as are
    answered with the whole file.
    """
    etag = f'"{file.sha256}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or etag in known or f"W/{etag}" in known:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _whole_or_part(request, file, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    if response.status_code in (200, 206):
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        response["Content-Encoding"] = "identity"  # ranges count the bytes of the file, not of a packed one
    return response


def _whole_or_part(request: HttpRequest, file: ReleaseFile, etag: str) -> HttpResponseBase:
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        response = FileResponse(file.content.open("rb"), content_type=file.media_type)
        response["Content-Length"] = str(file.size)
        return response
    first, last = _bounds(*asked.groups(), size=file.size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    content = file.content.open("rb")
    content.seek(first)
    part = StreamingHttpResponse(_piece(content, last - first + 1), status=206, content_type=file.media_type)
    part["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    part["Content-Length"] = str(last - first + 1)
    return part


def _bounds(first: str, last: str, *, size: int) -> tuple[int, int]:
    """Returns the first and last byte asked for, the first behind the last where there is none."""
    if not first:  # so many from the end
        return max(size - int(last), 0) if int(last) else size, size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _piece(content: IO[bytes], length: int) -> Iterator[bytes]:
    with content:
        while length and (chunk := content.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
