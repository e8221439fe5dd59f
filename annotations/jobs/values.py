"""Which values can every database hold as JSON?"""

from typing import Any

# The longest value that the report of a problem keeps.
MOST_CHARACTERS = 500


def storable(value: Any) -> Any:
    """Returns a value bounded, without NUL and halves of characters; what is no number is said in words."""
    if isinstance(value, bool | int | float | None):
        return value
    text = str(value)
    text = text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
