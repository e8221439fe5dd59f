"""Which labels does a file define? A scheme that was exported from here as JSON, or Label Studio's configuration."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from annotations.importers.limits import MIB
from annotations.kinds import KINDS
from annotations.kinds.base import RelationKind
from annotations.kinds.draft import DraftLabel, SchemeUnreadable, read_labels
from annotations.kinds.soundness import COLORS
from annotations.presets.base import attributes, choice

MOST_SCHEME = MIB  # letters
SCHEMA = "newsroom-scheme/1"
_SPAN_TAGS = ("Labels", "HyperTextLabels", "ParagraphLabels")


def read_scheme(text: str) -> tuple[DraftLabel, ...]:
    """Reads the labels of a file; what they are called in the project is not looked at. Raises SchemeUnreadable."""
    text = text.removeprefix("\ufeff").strip()
    if len(text) > MOST_SCHEME:
        raise SchemeUnreadable(place="$", problem=f"> {MOST_SCHEME:,}")
    labels = _label_studio(text) if text.startswith("<") else _own(text)
    # Where a label came from in another project, and what was becoming of it, means nothing here.
    return tuple(msgspec.structs.replace(label, was="", into="") for label in labels if not label.archived)


def _own(text: str) -> tuple[DraftLabel, ...]:
    try:
        value = msgspec.json.decode(text)  # takes no NaN and no half of a surrogate pair, which nothing could store
    except (ValueError, RecursionError) as error:
        raise SchemeUnreadable(place="$", problem=str(error)[:200]) from error
    return read_labels(value.get("labels") if isinstance(value, dict) else value)


def _label_studio(text: str) -> tuple[DraftLabel, ...]:
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SchemeUnreadable(place="XML", problem=str(error)[:200] or type(error).__name__) from error
    found = [*_spans(root), *_choices(root), *_relations(root)]
    if not found:
        raise SchemeUnreadable(place="XML", problem="<Labels>, <Choices>, <Relations>")
    return read_labels([label | {"color": COLORS[at % len(COLORS)]} for at, label in enumerate(found)])


def _spans(root: Element) -> Iterator[dict[str, Any]]:
    """Labels of words, with the choices that are asked for each region as their attributes."""
    asked = {}
    for control in root.iter("Choices"):
        if control.get("perRegion") == "true":
            values = {value: (value, value) for value in _values(control, "Choice")}
            name = control.get("name") or "choice"
            asked[_key(name)] = choice(name, name, values)
    schema = attributes(**asked) if asked else {}
    for tag in _SPAN_TAGS:
        for control in root.iter(tag):
            for label in control.iter("Label"):
                if value := label.get("value"):
                    hotkey = (label.get("hotkey") or "").lower()
                    yield _titled(value, "entity") | {"shortcut": _code(hotkey), "attributes": schema}


def _choices(root: Element) -> Iterator[dict[str, Any]]:
    for control in root.iter("Choices"):
        if control.get("perRegion") != "true" and (values := _values(control, "Choice")):
            name = control.get("name") or "choice"
            yield _titled(name, "article") | {"attributes": {"topic": False, "values": values}}


def _relations(root: Element) -> Iterator[dict[str, Any]]:
    rule = KINDS["relation"]
    ends = rule.ends if isinstance(rule, RelationKind) else {}
    for control in root.iter("Relations"):
        for value in _values(control, "Relation"):
            yield _titled(value, "relation") | {"ends": ends}


def _values(control: Element, tag: str) -> list[str]:
    return list(dict.fromkeys(value for one in control.iter(tag) if (value := one.get("value"))))


def _titled(name: str, kind: str) -> dict[str, Any]:
    return {"key": _key(name), "kind": kind, "title_fa": name[:80], "title_en": name[:80]}


def _key(name: str) -> str:
    """An ASCII key out of a name: what can't stand in one is left out; a name without any letter keeps none."""
    return re.sub(r"^[^A-Za-z]+", "", re.sub(r"[^A-Za-z0-9_.-]+", "_", name)).strip("_")[:40]


def _code(hotkey: str) -> str:
    if re.fullmatch("[a-z]", hotkey):
        return f"Key{hotkey.upper()}"
    return f"Digit{hotkey}" if re.fullmatch("[0-9]", hotkey) else ""
