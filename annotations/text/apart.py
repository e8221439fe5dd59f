"""How does a process stay small that needs hazm now and then? A child normalises for it, and ends when it is idle.

hazm's dictionaries take 150 MB and 1.2 s. The child reads texts as JSON, a list in a line, and answers with a line; it
also ends when its owner does, in whatever way: then nothing more comes. What makes it crash, or keeps it busy for ever,
can't harm its owner.
"""

import contextlib
import gc
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec

from annotations.errors import NewsroomError, gettext_noop
from annotations.text.analysed import Written, analysed

IDLE_SECONDS = 60.0
TRIES = 2
# So much processor time for each million bytes of text begun: twenty times what that takes.
BUSY_SECONDS = 20.0
_FOLDER = Path(__file__).resolve().parents[2]
# The child's JSON is stored as it is.
_decode = msgspec.json.Decoder(list[tuple[str, msgspec.Raw, msgspec.Raw, msgspec.Raw] | None]).decode


class NotNormalised(NewsroomError):
    """Raised when the child fails on a text, or dies of it."""

    def __init__(self) -> None:
        super().__init__(code="not_normalised", message=gettext_noop("The text could not be normalised."))


class NormaliserApart:
    """Normalises in a child process, which is started when it is needed. Not for several threads at once."""

    def __init__(self, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self.idle_seconds = idle_seconds
        self.child: subprocess.Popen[bytes] | None = None

    def __call__(self, text: str) -> Written:
        """Returns what `analysed.written` does of a text's analysis. Raises NotNormalised."""
        return self.all_of([text])[0]

    def all_of(self, texts: Sequence[str]) -> list[Written]:
        """Returns the same of several texts. Raises NotNormalised where the child fails at one of them."""
        request = msgspec.json.encode(texts) + b"\n"
        for _ in range(TRIES):  # the child may be ending just now, being idle
            answer = self._answer(request)
            if answer:
                break
            self.close()
        made = _decode(answer) if answer else [None]
        found = [
            Written(text, str(sections, "ascii"), str(tokens, "ascii"), str(sentences, "ascii"))
            for text, sections, tokens, sentences in filter(None, made)
        ]
        if len(found) < len(made):
            raise NotNormalised
        return found

    def _answer(self, request: bytes) -> bytes:
        """Returns the child's line; empty where it ended instead."""
        if self.child is None:
            self.child = subprocess.Popen(  # noqa: S603 - this very file
                [sys.executable, "-m", __name__, str(self.idle_seconds)],
                cwd=_FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        requests, answers = _pipes(self.child)
        try:
            requests.write(request)
            requests.flush()
        except BrokenPipeError:
            return b""
        return answers.readline()

    def close(self) -> None:
        """Ends the child."""
        if self.child is None:
            return
        child, self.child = self.child, None
        requests, answers = _pipes(child)
        child.kill()
        answers.close()
        with contextlib.suppress(BrokenPipeError):  # what it did not read any more
            requests.close()
        child.wait()


def _pipes(child: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    """Returns where requests go and where answers come from."""
    if child.stdin is None or child.stdout is None:
        raise ValueError(child)
    return child.stdin, child.stdout


def _reply(line: bytes) -> bytes:
    return msgspec.json.encode([_made_of(text) for text in msgspec.json.decode(line, type=list[str])]) + b"\n"


def _made_of(text: str) -> tuple[str, list[int], list[int], list[int]] | None:
    try:
        made = analysed(text)
    except Exception:  # whatever hazm raises is one text's matter
        sys.excepthook(*sys.exc_info())
        return None
    return made.view.text, made.view.map.to_sections(), made.tokens, made.sentences


def main(idle_seconds: float) -> None:
    """Answers lines of standard input until it is closed, or nothing has come for a while."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # its owner decides when it ends
    os.nice(10)  # people's saves come first
    # What a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while select.select([sys.stdin], [], [], idle_seconds)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
        # A pattern that never comes to an end can't be interrupted: the kernel ends the process. Time in which others
        # have the processor does not count.
        signal.setitimer(signal.ITIMER_VIRTUAL, BUSY_SECONDS * (1 + len(line) // 1_000_000))
        answers.write(_reply(line))
        if not gc.get_freeze_count():
            gc.freeze()  # the dictionaries stay: to look through them for garbage would take longer than the texts do
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        answers.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]))
