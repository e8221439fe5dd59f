"""Where does one value of a JSON file end and the next begin, in a file of any size?

A scanner that knows strings and brackets only: it finds the records of an array, of lines, or one after the other,
and leaves judging each to a parser. So one broken record does not take the others with it.
"""

import re
from collections.abc import Iterator
from typing import IO

from annotations.importers.limits import MIB, MOST_RECORD

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]|[^\s,:"{}\[\]]++|"', re.DOTALL)
_OPENING, _CLOSING = b"{[", b"}]"


class RecordTooLong(Exception):
    """Raised where no record ends within the bytes that one may have."""


class CutOff(Exception):
    """Raised at the end of a file whose array does not end."""


def values(file: IO[bytes], *, within_array: bool) -> Iterator[bytes]:
    """Yields each value at the top of a file, or each item of the arrays there. Raises RecordTooLong, CutOff.

    What is cut off at the end of the file is yielded as it is: no parser will take it for whole.
    """
    base = depth = 0
    buffer, begin, at, ended = b"", -1, 0, False
    while not ended:
        kept = begin if begin >= 0 else at
        if len(buffer) - kept > MOST_RECORD:
            raise RecordTooLong
        more = file.read(max(MIB, len(buffer) - kept))  # twice as much each time, so that nothing is scanned often
        ended = not more
        buffer, at, begin = buffer[kept:] + more, at - kept, 0 if begin >= 0 else -1
        for token in _TOKEN.finditer(buffer, at):
            first = buffer[token.start()]
            incomplete = (token.end() == len(buffer) and first not in b"{}[]") or token[0] == b'"'
            if incomplete and not ended:
                break
            if begin < 0 and within_array and base == 0 and first == ord("["):
                base = depth = 1
            elif first in _OPENING:
                begin, depth = begin if begin >= 0 else token.start(), depth + 1
            elif first in _CLOSING:
                depth = max(depth - 1, 0)
                base = min(base, depth)
            elif begin < 0:
                begin = token.start()
            if begin >= 0 and depth == base:
                yield buffer[begin : token.end()]
                begin = -1
            at = token.end()
    if begin >= 0:
        yield buffer[begin:]
    elif base:
        raise CutOff
