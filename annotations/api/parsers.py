"""How large may a request body be, and in what does it come? JSON in UTF-8, bounded before it is read."""

from collections.abc import Mapping
from typing import IO, Any

import msgspec
from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request


class BodyTooLarge(APIException):
    """413: the body is larger than the endpoint takes."""

    status_code = 413
    default_code = "body_too_large"


def bounded_body(request: Request, stream: IO[bytes], *, most: int) -> bytes:
    """Reads the body, at most `most` bytes of it. Raises BodyTooLarge."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise BodyTooLarge(f"The body may have {most} bytes at most.")
    body = stream.read(most + 1)
    if len(body) > most:
        raise BodyTooLarge(f"The body may have {most} bytes at most.")
    return body


class BoundedJSONParser(BaseParser):
    """Parses a JSON body of at most OPERATIONS_MAX_BYTES."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Returns the body's value. Raises BodyTooLarge or ParseError."""
        body = bounded_body((parser_context or {})["request"], stream, most=settings.OPERATIONS_MAX_BYTES)
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ParseError(str(error)) from error


class RawJSONParser(BaseParser):
    """Leaves the bytes to the view, which reads them into typed operations itself."""

    media_type = "application/json"

    def parse(  # type: ignore[override]  # a parser may return anything
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Returns the body's bytes. Raises BodyTooLarge."""
        return bounded_body((parser_context or {})["request"], stream, most=settings.OPERATIONS_MAX_BYTES)


class UploadParser(BaseParser):
    """Leaves an uploaded body unread: importers read it as a stream."""

    media_type = "*/*"

    def parse(  # type: ignore[override]  # a parser may return anything
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> IO[bytes]:
        """Returns the body as a file, after a look at its stated length. Raises BodyTooLarge."""
        request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_MAX_BYTES:
            raise BodyTooLarge(f"The body may have {settings.UPLOAD_MAX_BYTES} bytes at most.")
        return stream
