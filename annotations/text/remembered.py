"""What was made of a word lately? Words come again, nine of ten; what is made of one needs no second time.

`functools.lru_cache` takes half as long again, and keeps texts of any length.
"""

from collections.abc import Callable

# So many are kept at the most, and none that is longer: a few megabytes.
MOST, LONGEST = 40_000, 60


class Remembered[T](dict[str, T]):
    """Makes a value of each string that is looked up, and keeps it until many others were looked up since."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self.make = make
        self.former: dict[str, T] = {}

    def __missing__(self, key: str) -> T:
        """Returns what was made before half of all were looked up, or makes it."""
        former = self.former  # another thread may put others in its place
        made = former[key] if key in former else self.make(key)
        if len(key) <= LONGEST:
            if len(self) >= MOST // 2:
                self.former = dict(self)
                self.clear()
            self[key] = made
        return made
