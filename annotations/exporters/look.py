"""What does an export begin with? Its text; of a ZIP its files and the text of the first that has any."""

import io
import zipfile
from codecs import getincrementaldecoder
from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 32 * 1024
# A ZIP is opened at its end: a look at one takes all of it, so it had better be one of few articles.
MOST_PACKED = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Look:
    """The beginning of an export, at most SHOWN bytes; without `text` it is no text, or too much to look into.

    `files` are those of a ZIP, `name` is the one that the text is of.
    """

    text: str | None
    is_cut: bool = False
    files: tuple[str, ...] = ()
    name: str = ""


def look_at(chunks: Iterable[bytes], *, is_packed: bool) -> Look:
    """Takes as many chunks as it needs and returns what they begin with."""
    most = MOST_PACKED if is_packed else SHOWN
    taken = bytearray()
    for chunk in chunks:
        taken += chunk
        if len(taken) > most:
            break
    if not is_packed:
        return _beginning(bytes(taken[: SHOWN + 1]))
    return Look(None) if len(taken) > most else _inside(taken)


def _inside(packed: bytearray) -> Look:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = tuple(archive.namelist())
        for name in sorted(files, key=_says_about):
            with archive.open(name) as file:
                found = _beginning(file.read(SHOWN + 1), files, name)
            if found.text is not None:
                return found
    return Look(None, files=files)


def _says_about(name: str) -> bool:
    """Whether a file says something about the others: it is shown only where no other has text."""
    return name.startswith("README") or name.endswith(".conf") or name == "losses.jsonl"


def _beginning(content: bytes, files: tuple[str, ...] = (), name: str = "") -> Look:
    is_cut = len(content) > SHOWN
    try:
        # Where it is cut, the last character may be, too: the decoder keeps such bytes to itself.
        text = getincrementaldecoder("utf-8")().decode(content[:SHOWN], final=not is_cut)
    except UnicodeDecodeError:
        return Look(None, files=files)
    return Look(None, files=files) if "\x00" in text else Look(text, is_cut, files, name)
