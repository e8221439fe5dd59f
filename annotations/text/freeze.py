"""How does a published text become the one that offsets count in? Decoded, CRLF to LF, BOM and NUL dropped."""

import hashlib

from annotations.errors import NewsroomError, gettext_noop


class NotUtf8(NewsroomError):
    """Raised for bytes that are not UTF-8."""

    def __init__(self, *, position: int) -> None:
        super().__init__(
            code="not_utf8",
            message=gettext_noop("The text is not UTF-8: byte {position} can't be read."),
            hint=gettext_noop("Save the file as UTF-8."),
            data={"position": position},
        )


def decode_utf8(content: bytes) -> str:
    """Decodes strictly. Raises NotUtf8 with the position of the first byte that can't be read."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(position=error.start) from error


def freeze(text: str) -> str:
    """Returns the text that is stored for ever: a leading BOM and NULs dropped, CRLF to LF, nothing else."""
    return text.removeprefix("\ufeff").replace("\x00", "").replace("\r\n", "\n")


def text_sha256(text: str) -> str:
    """Returns the SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
