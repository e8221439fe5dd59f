"""Reads files of 200 MB, each reader in a process of its own; prints by how many MB its peak memory grew.

It is told on its input which reader to take for which files, line by line, and answers each with a line. Its argument
says after how many seconds a reader is ended.
"""

import json
import os
import re
import resource
import signal
import sys
from itertools import islice
from pathlib import Path
from typing import IO

from annotations.importers import IMPORTERS
from tests.importers.hostile import MIB, PERSIAN, endless

SIZE = 200 * MIB
RECORD = json.dumps({"title": "تیتر", "text": PERSIAN * 200}, ensure_ascii=False).encode()
ROW = f'"تیتر","{PERSIAN.replace(chr(10), " ") * 200}"\r\n'.encode()


def file(kind: str) -> IO[bytes]:
    """Returns a file by what is in it."""
    one_line = PERSIAN.replace("\n", " ").encode()
    return {
        "lines": lambda: endless(PERSIAN.encode(), SIZE),
        "line": lambda: endless(one_line, SIZE),
        "zeros": lambda: endless(b"\x00", SIZE),
        "array": lambda: endless(RECORD + b",", SIZE, first=b"[", last=b'{"text": "x"}]'),
        "records": lambda: endless(RECORD + b"\n", SIZE),
        "open string": lambda: endless(one_line, SIZE, first=b'[{"text": "'),
        "rows": lambda: endless(ROW, SIZE, first=b"title,text\r\n"),
        "open quote": lambda: endless(PERSIAN.encode(), SIZE, first=b'text\n"'),
    }[kind]()


def peak() -> float:
    """Returns the process' peak resident memory in MB.

    On Linux `ru_maxrss` begins with the peak of the process that started this one, which would hide growth.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(key: str, kinds: list[str]) -> None:
    """Prints by how much the peak grew, and how many records each file gave."""
    for small in (PERSIAN.encode(), RECORD, ROW):  # the libraries' own memory is no growth
        list(IMPORTERS[key].read(endless(small, 0, first=small), {}))
    before = peak()
    counts = [sum(1 for _ in islice(IMPORTERS[key].read(file(kind), {}), 60_000)) for kind in kinds]
    print(peak() - before, *counts, flush=True)


if __name__ == "__main__":
    for line in sys.stdin:
        # A process that forks has imported everything already; the peak of its child begins with what it holds then.
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            if status:
                print(f"ended with {status}", flush=True)
        else:
            signal.setitimer(signal.ITIMER_REAL, float(sys.argv[1]))
            key, *kinds = line.split(",")
            measure(key, [kind.strip() for kind in kinds])
            os._exit(0)
