"""How is the stable id of a row stored? As the canonical text of a UUID."""

import uuid
from typing import Any

from django.db import models


def new_uid() -> str:
    """Returns a new random id, for instance `1b4e28ba-2fa1-41d2-883f-0016d3cca427`."""
    return str(uuid.uuid4())


class UidField(models.CharField):
    """A UUID in its canonical spelling of 36 characters.

    Text and not Django's UUIDField: ids go to records as text millions at a time, and
    building a `uuid.UUID` for each on SQLite took a third of an export's time.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 36)
        super().__init__(**options)
