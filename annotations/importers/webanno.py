"""WebAnno TSV 3, as WebAnno and INCEpTION export it: one file, or a ZIP of many.

The text is put together from its sentences at the offsets of their tokens (UTF-16 units; where tokens stand at their
offsets in code points, those). Layers become what they are in XMI: spans, relations at their dependent, chains of
links, slots with roles.
"""

import re

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR
from annotations.importers.base import Importer
from annotations.importers.cas import View, too_many
from annotations.importers.cas_files import FOLDERS, MAGIC, reader
from annotations.importers.limits import MOST_ANNOTATIONS, MOST_TEXT
from annotations.importers.objects import MARK
from annotations.importers.webanno_elements import Elements
from annotations.importers.webanno_lines import FORMAT, Sentence, Unit, layers, sentences
from annotations.registry import CODE_POINT, UTF16

# What the first lines of a TSV 2 look like: it is known, so that it is not taken for a table.
_OLDER = re.compile(rb"\s?# [\w.]+ \|[^\n]*\n#id=1\n#text=")


def parse(content: bytes) -> list[View]:
    """Reads a file: one view. Raises NewsroomError."""
    # A sentence of one token has four lines.
    if content.count(b"\n") > 5 * MOST_ANNOTATIONS:
        raise too_many(MOST_ANNOTATIONS)
    try:
        lines = content.removeprefix(MARK).decode().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        message = gettext_noop("The file is not UTF-8: byte {byte} can't be read.")
        raise NewsroomError(code="not_utf8", message=message, data={"byte": error.start}) from error
    declared = layers(lines)
    found = list(sentences(lines, declared))
    text, unit = _text(found)
    return [View(text, Elements(declared, found).all(), unit)]


def _text(found: list[Sentence]) -> tuple[str, str]:
    """Returns the text and the unit in which tokens stand at their offsets. Raises NewsroomError where in none."""
    problem: NewsroomError | None = None
    for unit in (UTF16, CODE_POINT):
        try:
            return _joined(found, unit), unit
        except NewsroomError as error:
            problem = problem or error
    raise problem or AssertionError


def _joined(found: list[Sentence], unit: str) -> str:
    pieces: list[str] = []
    length = 0
    for sentence in found:
        tokens = [one for one in sentence.units if one.is_token]
        first = length
        if tokens:
            before = sentence.text.partition(tokens[0].text)[0]
            first = min(max(tokens[0].begin - _units(before, unit), length), MOST_TEXT)
        pieces.append("\n" * (first - length) if pieces else " " * first)
        _check(tokens, sentence.text, first, unit)
        pieces.append(sentence.text)
        length = first + _units(sentence.text, unit)
    return "".join(pieces)


def _check(tokens: list[Unit], text: str, begin: int, unit: str) -> None:
    """Holds that each token stands in its sentence where it says."""
    at = units = 0
    for token in tokens:
        found = text.find(token.text, at)
        units += _units(text[at:found], unit) if found >= 0 else 0
        if found < 0 or begin + units != token.begin:
            message = gettext_noop("Line {line}: «{token}» does not stand at {begin} in the sentence's text.")
            data = {"line": token.line, "token": token.text[:60], "begin": token.begin}
            raise NewsroomError(code="token_elsewhere", message=message, data=data)
        at, units = found + len(token.text), units + _units(token.text, unit)


def _units(text: str, unit: str) -> int:
    return len(text) if unit == CODE_POINT else len(text.encode("utf-16-le", "surrogatepass")) // 2


def recognise(name: str, head: bytes) -> int:
    """The first line, of version 2 too; or an archive laid out by INCEpTION with a .tsv among its first files."""
    if head.startswith(MAGIC):
        return 3 * (b".tsv" in head and any(folder in head for folder in FOLDERS))
    start = head.removeprefix(MARK)
    return 3 * (start.startswith(FORMAT.encode()) or _OLDER.match(start) is not None)


IMPORTER = Importer(
    key="webanno", title="WebAnno TSV 3", suffixes=(".tsv", ".zip"), read=reader(lambda _file: parse, ".tsv"),
    recognise=recognise, options=(ANNOTATOR,), annotated=True,
)  # fmt: skip
