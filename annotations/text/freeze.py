"""How does a published text become the one that offsets count in? Decoded, CRLF to LF, BOM and NUL dropped."""

import hashlib
import re

from annotations.errors import NewsroomError, gettext_noop

_LINE_END = re.compile(r"\r+\n")  # CR CR LF comes from converting twice; leaving a CRLF behind would not be frozen


class NotUtf8(NewsroomError):
    """Raised for bytes that are not UTF-8; `position` counts bytes from 0."""

    def __init__(self, *, position: int) -> None:
        super().__init__(
            code="not_utf8",
            message=gettext_noop("The text is not UTF-8: byte {position} can't be read."),
            hint=gettext_noop("Save the file as UTF-8."),
            data={"position": position},
        )


class LoneSurrogate(NewsroomError):
    """Raised for half of a surrogate pair, which is no character; `position` counts code points from 0."""

    def __init__(self, *, position: int) -> None:
        super().__init__(
            code="lone_surrogate",
            message=gettext_noop("The text holds half a character at position {position}."),
            hint=gettext_noop("An emoji was cut in two, as by a program that counts UTF-16 units: get the text anew."),
            data={"position": position},
        )


def decode_utf8(content: bytes) -> str:
    """Decodes strictly. Raises NotUtf8 with the position of the first byte that can't be read."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(position=error.start) from error


def freeze(text: str) -> str:
    """Returns the text that is stored for ever: NULs and a leading BOM dropped, CRLF to LF, nothing else.

    Freezing a frozen text changes nothing, so that an exported text keeps its checksum when it is imported again.
    Raises LoneSurrogate.
    """
    frozen = text.replace("\x00", "").lstrip("\ufeff")
    if "\r" in frozen:
        frozen = _LINE_END.sub("\n", frozen)
    try:
        frozen.encode("utf-8")  # a fifth of the time of looking for halves of pairs: nothing else is no UTF-8
    except UnicodeEncodeError as error:
        raise LoneSurrogate(position=error.start) from None
    return frozen


def text_sha256(text: str) -> str:
    """Returns the SHA-256 of a frozen text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
