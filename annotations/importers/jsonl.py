"""Newsroom's own JSON Lines, and any JSON Lines with at least a `text`: one article a line."""

from collections.abc import Iterator, Mapping
from typing import IO

import msgspec
from msgspec.structs import replace

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Unreadable
from annotations.records import SCHEMA_VERSION, Draft, holds_nul

MAX_LINE = 32 * 1024 * 1024
_decoder = msgspec.json.Decoder(Draft)
_KEYS = frozenset(Draft.__struct_fields__)


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields a draft or what was wrong for each line that is not blank."""
    place = seen = 0
    while line := file.readline(MAX_LINE + 1):
        place += 1
        if len(line) > MAX_LINE:
            yield (
                place,
                Unreadable(
                    place=place,
                    code="line_too_long",
                    message=gettext_noop("The line is longer than {most} bytes."),
                    data={"most": MAX_LINE},
                ),
            )
            return
        if place == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            seen += 1
            yield place, _draft(line, place)
    if not seen:
        yield 1, Unreadable(place=1, code="empty", message=gettext_noop("The file holds no text."))


def _draft(line: bytes, place: int) -> Draft | Unreadable:
    try:
        draft = _decoder.decode(line)
    except UnicodeDecodeError as error:
        return Unreadable(
            place=place, code="not_utf8", message=gettext_noop("The line is not UTF-8: byte {byte} can't be read."),
            data={"byte": error.start},
        )  # fmt: skip
    except RecursionError:
        return Unreadable(place=place, code="not_a_record", message=gettext_noop("The record is nested too deeply."))
    except msgspec.DecodeError as error:
        return Unreadable(
            place=place,
            code="not_a_record",
            message=gettext_noop("The line is not a record: {problem}"),
            data={"problem": str(error)},
        )
    # PostgreSQL can't hold NUL in any column; in the text it is dropped, elsewhere nobody means it.
    if rb"\u0000" in line and holds_nul(msgspec.to_builtins(replace(draft, text=""))):
        return Unreadable(place=place, code="nul", message=gettext_noop("The record holds a NUL character."))
    if draft.schema not in (None, SCHEMA_VERSION):
        return Unreadable(
            place=place, code="schema_unknown",
            message=gettext_noop("The record follows «{schema}»; {known} can be read."),
            data={"schema": draft.schema, "known": SCHEMA_VERSION},
        )  # fmt: skip
    if draft.offset_unit != "code_point":
        return Unreadable(
            place=place, code="offset_unit", message=gettext_noop("Offsets are in «{unit}», not in code_point."),
            data={"unit": draft.offset_unit},
        )  # fmt: skip
    return draft


def recognise(name: str, head: bytes) -> int:
    """The schema's name in the first line is a mark of our own records; a `text` beside no one else's keys will do."""
    first, line_end, _rest = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if first.startswith(b"{") and SCHEMA_VERSION.encode() in first:
        return 3
    try:
        keys = set(msgspec.json.decode(first, type=dict))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # A line that goes on beyond the head is taken for what its name says; one that is broken, too.
        return int(name.lower().endswith(IMPORTER.suffixes))
    said = name.lower().endswith(IMPORTER.suffixes) or not line_end
    return 2 if said and "text" in keys and keys <= _KEYS else 0


IMPORTER = Importer(
    key="jsonl", title="Newsroom JSONL", suffixes=(".jsonl", ".ndjson"), read=read, recognise=recognise, annotated=True
)
