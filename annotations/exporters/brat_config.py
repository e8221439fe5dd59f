"""How does brat show what was exported? annotation.conf and visual.conf, of what was met on the way."""

import re
from collections import defaultdict

from annotations.records import Record

# Values of an attribute that the configuration lists; of free text there is no end.
MOST_VALUES = 200
_COLOURS = ("#f3c9b5", "#c7d7f0", "#cfe3c4", "#f1e0b0", "#c6e4e0", "#dfe0b6", "#e6d2c0", "#e2cfe6")


def stored(label: str) -> str:
    """Returns a name as brat may store it: ASCII letters, digits, `_` and `-`."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", label)


class BratConfig:
    """Labels, relations and attributes with their values, collected while articles are written."""

    def __init__(self) -> None:
        self._spans: dict[str, str] = {}
        self._relations: set[str] = set()
        self._attributes: defaultdict[str, set[str]] = defaultdict(set)

    def span(self, label: str, record: Record) -> None:
        """Takes a span's label in, with its title."""
        if stored(label) not in self._spans:
            title = next(one.title_fa for one in record.labels if one.key == label)
            self._spans[stored(label)] = re.sub(r"[|\s]+", " ", title)

    def relation(self, label: str) -> None:
        """Takes a relation's label in."""
        self._relations.add(stored(label))

    def attribute(self, name: str, value: str | None) -> None:
        """Takes an attribute in, with a value unless it is said by being there."""
        values = self._attributes[stored(name)]
        if value is not None and len(values) < MOST_VALUES:
            values.add(value)

    def annotation(self) -> str:
        """Returns annotation.conf: everything may stand on, and be said of, anything."""
        ends = "Arg1:<ENTITY>, Arg2:<ENTITY>"
        attributes = [
            f"{name}\tArg:<ANY>" + (f", Value:{'|'.join(sorted(values))}" if values else "")
            for name, values in sorted(self._attributes.items())
        ]
        relations = [f"{label}\t{ends}" for label in sorted(self._relations)]
        overlaps = ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
        return _sections(
            {"entities": sorted(self._spans), "relations": overlaps + relations, "events": [], "attributes": attributes}
        )

    def visual(self) -> str:
        """Returns visual.conf: Persian titles, a colour for each label, text from right to left."""
        labels = [f"{label} | {title}" for label, title in sorted(self._spans.items())]
        drawing = [
            "SPAN_DEFAULT\tfgColor:black, bgColor:#eeeeee, borderColor:darken",
            "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5",
        ]
        drawing += [
            f"{label}\tbgColor:{_COLOURS[at % len(_COLOURS)]}" for at, label in enumerate(sorted(self._spans))
        ]  # fmt: skip
        return _sections({"options": ["Text\tdirection:rtl"], "labels": labels, "drawing": drawing})


def _sections(sections: dict[str, list[str]]) -> str:
    return "\n".join(line for name, lines in sections.items() for line in (f"[{name}]", *lines, ""))
