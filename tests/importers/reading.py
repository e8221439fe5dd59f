"""What does a reader make of a file's bytes?"""

import io

from annotations.importers import IMPORTERS
from annotations.importers.base import Item


def read(key: str, content: bytes, **options: str) -> list[Item]:
    """Returns all that the reader of a format yields."""
    return list(IMPORTERS[key].read(io.BytesIO(content), options))
