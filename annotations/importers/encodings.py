"""In which encoding is a file, and who says so: a byte order mark, the file itself, its bytes, or a guess?

What is not plain UTF-8 is said in a remark, for it may be wrong.
"""

import codecs
import io
import re
from dataclasses import dataclass
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.base import Remark
from annotations.registry import Option

SAMPLE = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
# What Persian text is found in beside Unicode; the others would only mislead the guess.
_LIKELY = ["cp1256", "iso8859_6", "mac_farsi", "cp1252"]
_NAMES = {"cp1256": "windows-1256", "utf-8-sig": "UTF-8", "cp1252": "windows-1252", "iso8859-6": "ISO-8859-6"}
ESCAPED = re.compile("[\udc80-\udcff]")

ENCODING = Option(
    key="encoding",
    title=gettext_noop("Encoding"),
    hint=gettext_noop("As utf-8 or windows-1256; empty: recognised."),
)
_SAID = {
    "mark": gettext_noop("The file was read as {encoding}: it begins with that byte order mark."),
    "declared": gettext_noop("The file was read as {encoding}, as is said of it."),
    "asked": gettext_noop("The file was read as {encoding}, as was asked for."),
    "contradicted": gettext_noop("The file is called {declared}, but it is UTF-8 and was read so."),
    "guessed": gettext_noop("The file was read as {encoding}, which its bytes look like; nobody says so."),
}


class EncodingUnclear(NewsroomError):
    """Raised for bytes that are no text in any likely encoding, or not in the one that was asked for."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by its codec, how it is known (a key of the remarks, '' for plain UTF-8), what the file says."""

    codec: str
    how: str = ""
    declared: str = ""

    def remark(self, place: int = 1) -> Remark | None:
        """Returns what is to be said of it; nothing of plain UTF-8."""
        if not self.how:
            return None
        named = _shown(self.codec)
        data = {"encoding": named, "declared": self.declared}
        return Remark(place=place, code="encoding", message=_SAID[self.how], data=data)


def encoding_of(sample: bytes, *, asked: str = "", stated: str = "", whole: bool = False) -> Encoding:
    """Returns the encoding of a file by its first bytes, `whole` where there are no others. Raises EncodingUnclear.

    `asked` is a person's word and holds; `stated` a server's, which goes before the file's own and may be wrong.
    """
    for mark, codec in _MARKS:
        if sample.startswith(mark):
            return Encoding(codec, "mark")
    if asked:
        return _asked(asked)
    declared = stated or _declared(sample)
    if _decodes(sample, "utf-8", whole=whole):
        if sample.count(0) * 10 > len(sample):  # zeros in every other byte are UTF-16 of Latin letters
            return _unmarked(sample)
        plain = not declared or _codec(declared) == "utf-8" or sample.isascii()
        return Encoding("utf-8") if plain else Encoding("utf-8", "contradicted", declared)
    codec = _codec(declared)
    if codec and codec != "utf-8" and _decodes(sample, codec, whole=whole):
        return Encoding(codec, "declared")
    return Encoding("utf-8") if _nearly_utf8(sample) else _unmarked(sample)


def decoded(content: bytes, *, asked: str = "", stated: str = "") -> tuple[str, Encoding]:
    """Decodes a whole file strictly. Raises EncodingUnclear."""
    encoding = encoding_of(content[:SAMPLE], asked=asked, stated=stated, whole=len(content) <= SAMPLE)
    try:
        return content.decode(encoding.codec), encoding
    except UnicodeDecodeError as error:
        raise _not_in(encoding, error.start) from error


def text_of(file: IO[bytes], *, asked: str = "") -> tuple[io.TextIOWrapper, Encoding]:
    """Returns a file as a stream of text; bytes that can't be decoded stand in it as `ESCAPED`. Raises EncodingUnclear.

    The stream must be detached where the file is to outlive it.
    """
    sample = file.read(SAMPLE)
    file.seek(0)
    encoding = encoding_of(sample, asked=asked, whole=len(sample) < SAMPLE)
    return io.TextIOWrapper(file, encoding=encoding.codec, errors="surrogateescape", newline=""), encoding


def _declared(sample: bytes) -> str:
    found = _DECLARED.search(sample, 0, 8192)
    return (found[1] or found[2]).decode() if found else ""


def _asked(name: str) -> Encoding:
    codec = _codec(name)
    if not codec:
        message = gettext_noop("There is no encoding «{encoding}».")
        raise EncodingUnclear(code="encoding_unknown", message=message, data={"encoding": name[:40]})
    return Encoding(codec, "" if codec == "utf-8" else "asked")


def _codec(name: str) -> str:
    """Returns the codec of a name, '' where Python has none that makes text."""
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError):
        return ""
    return "cp1252" if found.name in ("ascii", "iso8859-1") else found.name  # as browsers read them


def _decodes(sample: bytes, codec: str, *, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(sample, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _nearly_utf8(sample: bytes) -> bool:
    """Whether it is UTF-8 with a few bad bytes: those are named, for any other encoding would spoil all the rest."""
    text = sample.decode("utf-8", errors="replace")
    foreign = len(text) - sum(map(str.isascii, text))
    return text.count("\ufffd") * 10 < foreign


def _unmarked(sample: bytes) -> Encoding:
    """Returns what bytes look like that are no UTF-8 and say nothing. Raises EncodingUnclear."""
    even, odd = sample[::2], sample[1::2]
    for high, codec in ((odd, "utf-16-le"), (even, "utf-16-be")):
        # The high bytes of Latin, Arabic and general punctuation: all others are rare in Persian text.
        if len(sample) > 3 and sum(high.count(byte) for byte in (0, 6, 0x20)) > 0.9 * len(high):
            return Encoding(codec, "guessed")
    from charset_normalizer import from_bytes

    found = None if 0 in sample else from_bytes(sample[:65536], cp_isolation=_LIKELY).best()
    if found is None:
        raise EncodingUnclear(
            code="not_text", message=gettext_noop("The file is no text in any known encoding."),
            hint=gettext_noop("Save the file as UTF-8."),
        )  # fmt: skip
    return Encoding(found.encoding, "guessed")


def _shown(codec: str) -> str:
    return _NAMES.get(codec, codec.upper())


def _not_in(encoding: Encoding, position: int) -> EncodingUnclear:
    named = _shown(encoding.codec)
    return EncodingUnclear(
        code="not_utf8" if encoding.codec.startswith("utf-8") else "not_decodable",
        message=gettext_noop("The text is not {encoding}: byte {position} can't be read."),
        hint=gettext_noop("Save the file as UTF-8."),
        data={"encoding": named, "position": position},
    )
