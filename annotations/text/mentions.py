"""Whom does a comment call by name? What stands behind an «@»."""

import re
from collections.abc import Iterable, Iterator

# Django's user names: letters of any script, digits and @ . + - _; an address of mail is no mention.
_CALL = re.compile(r"(?<![\w.+\-@])@([\w.+\-@]{1,150})")


def mentioned(text: str, names: Iterable[str]) -> list[str]:
    """Returns which of these names the text calls, each once, in the text's order: «@سارا.» calls سارا."""
    known = set(names)
    found: dict[str, None] = {}
    for call in _CALL.finditer(text):
        name = next((name for name in _readings(call[1]) if name in known), None)
        if name is not None:
            found[name] = None
    return list(found)


def split_calls(text: str) -> Iterator[tuple[str, str]]:
    """Yields what stands before each call, and the call with its «@»; last what follows, with an empty call."""
    at = 0
    for call in _CALL.finditer(text):
        yield text[at : call.start()], call[0]
        at = call.end()
    yield text[at:], ""


def _readings(called: str) -> Iterator[str]:
    """The name as it was written, then without the signs at its end, which may belong to the sentence."""
    yield called
    while called and called[-1] in ".+-@_":
        called = called[:-1]
        yield called
