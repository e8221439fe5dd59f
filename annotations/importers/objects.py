"""Which records does a JSON file hold? One a line, in an array, or one after the other; one broken leaves the rest."""

import io
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from annotations.errors import gettext_noop
from annotations.importers.base import Unreadable, head_of
from annotations.importers.json_values import CutOff, RecordTooLong, values
from annotations.importers.limits import MOST_RECORD
from annotations.records import holds_nul, nested_deeper

DEEPEST = 64
_TOO_DEEP = gettext_noop("The record is nested too deeply.")
# What msgspec says where the bytes end too early.
_TRUNCATED = "Input data was truncated"
MARK = b"\xef\xbb\xbf"
Placed = tuple[int, dict[str, Any] | Unreadable]


def objects(file: IO[bytes]) -> Iterator[Placed]:
    """Yields (place, object or what is wrong with it); the place is the line where each is one, else the number."""
    head = head_of(file).removeprefix(MARK)
    place = 0
    for place, value in raw_records(file, by_line=is_lines(head.lstrip())):
        yield place, value if isinstance(value, Unreadable) else _object(value.removeprefix(MARK), place)
    if not place:
        yield 1, unread(1, "empty", gettext_noop("The file holds no records."))


def raw_records(file: IO[bytes], *, by_line: bool) -> Iterator[tuple[int, bytes | Unreadable]]:
    """Yields (place, a record as it stands, or why the file is not read from there on)."""
    place = 0
    try:
        for place, value in _lines(file) if by_line else enumerate(values(file, within_array=True), 1):
            yield place, value
    except RecordTooLong:
        message = gettext_noop("The record is longer than {most} bytes; what follows it was not read.")
        yield place + 1, unread(place + 1, "record_too_long", message, most=MOST_RECORD)
    except CutOff:
        message = gettext_noop("The file ends in the middle of its list: the records from here on are missing.")
        yield place + 1, unread(place + 1, "cut_off", message)
    except UnicodeDecodeError as error:
        message = gettext_noop("From here on the file is not {encoding} and was not read.")
        yield place + 1, unread(place + 1, "not_decodable", message, encoding=error.encoding)


def decoded(value: bytes, place: int) -> Any:
    """Returns what a record holds, or an Unreadable that says why that can't be told."""
    try:
        return msgspec.json.decode(value)
    except UnicodeDecodeError as error:
        message = gettext_noop("The record is not UTF-8: byte {byte} can't be read.")
        return unread(place, "not_utf8", message, byte=error.start)
    except RecursionError:
        return unread(place, "not_a_record", _TOO_DEEP)
    except msgspec.DecodeError as error:
        if str(error) == _TRUNCATED:
            return unread(place, "record_cut_off", gettext_noop("The record breaks off before its end."))
        return unread(place, "not_a_record", gettext_noop("The record is no JSON: {problem}"), problem=str(error))


def is_lines(start: bytes) -> bool:
    """Whether a file has an object in each line, by its first lines that lie wholly in these bytes."""
    lines = start.split(b"\n")
    whole = lines[: max(len(lines) - 1, 1)][:10]
    return start.startswith(b"{") and any(isinstance(decoded(line, 0), dict) for line in whole)


def first_objects(head: bytes, *, most: int = 5) -> list[dict[str, Any]]:
    """Returns the objects at the beginning of a file that these first bytes hold whole."""
    start = head.removeprefix(MARK).lstrip()
    found: list[dict[str, Any]] = []
    if not start.startswith((b"{", b"[")):
        return found
    file = io.BytesIO(start)
    try:
        rows = _lines(file) if is_lines(start) else enumerate(values(file, within_array=True))
        for _place, value in rows:
            decoded = _object(value, 0)
            if isinstance(decoded, dict):
                found.append(decoded)
            if len(found) == most:
                break
    except (CutOff, RecordTooLong):
        pass
    return found


def dicts(given: Any) -> list[dict[str, Any]]:
    """Returns the objects of a list; of anything else, none."""
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []


def listed(given: Any) -> list[Any]:
    """Returns the items of what may be one or a list of several."""
    return given if isinstance(given, list) else [] if given is None else [given]


def rest_of(record: dict[str, Any], own: set[str]) -> dict[str, Any]:
    """Returns what a record holds beside a format's own keys, for the metadata; those in `meta` lie with the others."""
    rest = {key: value for key, value in record.items() if key not in own and not holds_nul(value)}
    nested = rest.pop("meta", {})
    return {**rest, **(nested if isinstance(nested, dict) else {"meta": nested})}


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    place = 0
    while line := file.readline(MOST_RECORD + 1):
        place += 1
        if len(line) > MOST_RECORD:
            raise RecordTooLong
        if line.strip():
            yield place, line


def _object(value: bytes, place: int) -> dict[str, Any] | Unreadable:
    found = decoded(value, place)
    if isinstance(found, dict):
        return unread(place, "not_a_record", _TOO_DEEP) if nested_deeper(found, DEEPEST) else found
    if isinstance(found, Unreadable):
        return found
    return unread(place, "not_a_record", gettext_noop("The record is no object."))


def unread(place: int, code: str, message: str, **data: Any) -> Unreadable:
    """Returns what is wrong with a record."""
    return Unreadable(place=place, code=code, message=message, data=data)
