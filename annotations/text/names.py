"""Under which keys is a name found? Under the whole of it, and from each of its words on, however it is spelled."""

from annotations.text.fold import search_key

MOST_WORDS = 8
LONGEST_KEY = 240
# UTF-8 has no such byte: all that begins with a key lies between the key and the key with this behind it.
AFTER_ALL = b"\xff"


def query_key(query: str) -> bytes:
    """Returns the key of a query or whole name: folded, without spaces; UTF-8, for every database sorts bytes alike."""
    return search_key(query, spaces=False).encode()[:LONGEST_KEY]


def name_keys(name: str) -> dict[bytes, bool]:
    """Returns the keys of a name, each with whether it stands for the whole: «مریم رضایی» is found by «رضا», too."""
    words = [word for word in search_key(name).split(" ") if word]
    keys = [("".join(words[at:])).encode()[:LONGEST_KEY] for at in range(min(len(words), MOST_WORDS))]
    return {key: at == 0 for at, key in reversed(list(enumerate(keys))) if key}
