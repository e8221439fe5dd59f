"""What were annotators told, in one file? The guideline, then what it says of single labels, in Markdown."""

from collections.abc import Iterable, Mapping
from typing import Any


def guideline_of(text: str, entries: Mapping[str, str], scheme: Iterable[Mapping[str, Any]]) -> bytes:
    """Returns a guideline; entries by label key follow under headings, in the order of the scheme."""
    titles = {label["key"]: label["title_fa"] for label in scheme}
    keys = [key for key in titles if key in entries] + sorted(set(entries) - set(titles))
    sections = [f"## {titles.get(key, '')} `{key}`".replace("  ", " ") + f"\n\n{entries[key]}\n" for key in keys]
    return "\n".join([f"{text.rstrip()}\n", *sections] if sections else [text]).encode()
