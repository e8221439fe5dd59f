"""Which spans are of the same words, however these are spelled? What they are compared and indexed by."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from annotations.kinds.scheme import LabelRule
from annotations.text.fold import search_key

LONG = 100


def words_key(quote: str) -> str:
    """Returns what two spans of the same words share: the search key without spaces; empty where no letter is left."""
    return search_key(quote, spaces=False)


def is_named(label: LabelRule | None, attributes: Mapping[str, Any]) -> bool:
    """Tells whether a span's words say what it is; a pronoun may stand for anything."""
    return label is not None and label.kind == "entity" and attributes.get("mention") != "pronoun"


def key_hash(key: str) -> int:
    """Returns a key as a number of 64 bits with sign: an index of numbers stays small, whatever the words."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)


def words_hash(label: LabelRule | None, attributes: Mapping[str, Any], quote: str) -> int | None:
    """Returns what a span's column `words` holds: the hash of its key, None where its words don't say what it is."""
    if not is_named(label, attributes):
        return None
    # Names repeat by the thousand; what is long is not remembered, so that the answers don't fill the memory.
    return (_quote_hash if len(quote) < LONG else _quote_hash.__wrapped__)(quote)


@lru_cache(maxsize=16_384)
def _quote_hash(quote: str) -> int | None:
    key = words_key(quote)
    return key_hash(key) if key else None
