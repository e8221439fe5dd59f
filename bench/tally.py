"""What does a person's hand spend? The keystroke-level model of Card, Moran and Newell (1980), motor operators only.

K 0.28 s for each key, Shift, Ctrl and Alt included; P 1.1 s for pointing at a place; B 0.1 s for pressing or releasing
the mouse button; H 0.4 s whenever the hand moves between keyboard and mouse. Mental operators are left out.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = {"K": 0.28, "P": 1.1, "B": 0.1, "H": 0.4}


class Tally:
    """Books operators, clicks and drags under the phase that is being counted."""

    def __init__(self) -> None:
        self.spent: dict[str, Counter[str]] = {}
        self.phase = ""

    @contextmanager
    def counting(self, phase: str, things: int = 1) -> Iterator[None]:
        """Books what happens inside under a phase that makes so many things; inner phases keep their own."""
        before, self.phase = self.phase, phase
        self.add("things", things)
        yield
        self.phase = before

    def add(self, name: str, times: int = 1) -> None:
        """Adds an operator (K, P, B, H), or a gesture made of them (`clicks`, `drags`)."""
        self.spent.setdefault(self.phase, Counter())[name] += times

    def seconds(self, phase: str) -> float:
        """Returns the time of a phase for one of its things."""
        spent = self.spent[phase]
        return sum(SECONDS[name] * times for name, times in spent.items() if name in SECONDS) / spent["things"]
