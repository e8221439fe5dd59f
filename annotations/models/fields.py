"""Which columns do many tables have alike? A stable id, as the canonical text of a UUID; who did what a row tells."""

import re
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import CharField as Text
    from django.db.models.expressions import Combinable

    from annotations.models.users import User
else:

    class Text[Set, Get](models.CharField):
        """Django's column of text; where it runs, Django's own can't be told what is set and got."""


_DIGITS = "[0-9a-f]{4}"
CANONICAL_UID = re.compile(f"{_DIGITS}{_DIGITS}-{_DIGITS}-{_DIGITS}-{_DIGITS}-{_DIGITS}{_DIGITS}{_DIGITS}")


def new_uid() -> str:
    """Returns a new random id, for instance `1b4e28ba-2fa1-41d2-883f-0016d3cca427`."""
    return str(uuid.uuid4())


class UidField[Set, Get](Text[Set, Get]):
    """A UUID in its canonical spelling of 36 characters.

    Text and not Django's UUIDField: ids go to records as text millions at a time, and
    building a `uuid.UUID` for each on SQLite took a third of an export's time.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 36)
        super().__init__(**options)


def done_by() -> "models.ForeignKey[User | Combinable | None, User | None]":
    """Returns the column of who did something; the row stays when their account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
