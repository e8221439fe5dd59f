"""What went wrong, in terms that a person can act on? One base for all errors of the domain."""

from typing import Any


def gettext_noop(message: str) -> str:
    """Marks a message for the catalogue of translations; the edge that shows it translates it."""
    return message


class NewsroomError(Exception):
    """An error with a code for programs, and a message and a hint for people.

    `message` and `hint` are English format strings, msgids of the translation; the edge translates them and fills
    `data` in (`translated` of `api/errors.py`). `str(error)` is the English message, filled in.
    """

    def __init__(self, *, code: str, message: str, hint: str = "", data: dict[str, Any] | None = None) -> None:
        self.code, self.message, self.hint, self.data = code, message, hint, data or {}
        super().__init__(message.format(**self.data))
