"""Can this label scheme be published? Each label is looked at for itself and beside the others; all is told."""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, SchemaError

from annotations.errors import gettext_noop
from annotations.kinds import KINDS, ArticleKind, RelationKind, SpanKind
from annotations.kinds.base import SLOTS
from annotations.kinds.draft import DraftLabel
from annotations.kinds.keys import PAGE_KEYS, free_key, is_fit

COLORS = (
    "rust", "blue", "green", "ochre", "teal", "olive", "brown", "plum", "magenta", "violet", "gold", "slate", "moss",
)  # fmt: skip
SPECIAL_ENDS = ("@topic", "@article", "@implicit")
LONGEST_VALUE = 80
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}\Z")

MESSAGES = {
    "kind_unknown": gettext_noop("There is no such kind of label."),
    "kind_changed": gettext_noop("A label keeps its kind; make a new one."),
    "key_invalid": gettext_noop("A key begins with a Latin letter and holds letters, digits, _ . - only, 40 at most."),
    "key_twice": gettext_noop("Another label has the key {key}, too."),
    "key_used": gettext_noop("Work bears the key {key}, so it stays; merge this label into a new one instead."),
    "title_missing": gettext_noop("A label needs a title in both languages."),
    "color_unknown": gettext_noop("This colour is not in the palette."),
    "shortcut_unfit": gettext_noop("This key can't stand for a label."),
    "shortcut_of_page": gettext_noop("The workspace uses this key itself."),
    "shortcut_idle": gettext_noop("Only labels that words bear have a key."),
    "shortcut_twice": gettext_noop("«{other}» has the same key."),
    "attributes_invalid": gettext_noop("The attributes are no JSON Schema: {problem}"),
    "values_twice": gettext_noop("A value stands twice: {value}"),
    "values_invalid": gettext_noop("A value has between 1 and 80 characters."),
    "ends_unknown": gettext_noop("There is no label «{end}» that could stand here."),
    "ends_empty": gettext_noop("Nothing may stand here: the relation could never be made."),
    "into_unknown": gettext_noop("The label to merge into is not there, or archived itself."),
    "into_kind": gettext_noop("Only labels of one kind can be merged."),
    "into_refused": gettext_noop("{n} annotations don't fit «{into}»: it must take their attributes, ends and values."),
    "label_missing": gettext_noop("The label {key} is published and must stay in the scheme, archived if need be."),
}  # fmt: skip


# Keywords of JSON Schema under which schemas stand by names that anybody chooses, and those of values, not schemas.
_NAMED = {"properties", "$defs", "definitions", "dependentSchemas"}
_PLAIN = {"enum", "const", "default", "examples", "dependentRequired"}
_WITHOUT_RULES = {"attributes_invalid", "kind_unknown", "kind_changed", "into_unknown", "into_kind"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What stands in the way of publishing: the label's place in the list (of a pair, both), the field, data to it."""

    code: str
    at: tuple[int, ...]
    field: str
    data: dict[str, Any] = dataclasses.field(default_factory=dict)


def problems(labels: Sequence[DraftLabel]) -> list[Problem]:
    """Returns all that is wrong with a scheme, in the order of its labels."""
    by_key = {label.key: label for label in labels}
    found = [problem for at, label in enumerate(labels) for problem in _of_one(at, label, by_key)]
    found += _twice(labels)
    return sorted(found, key=lambda problem: problem.at[-1])


def unjudgeable(labels: Sequence[DraftLabel], found: Iterable[Problem]) -> set[int]:
    """Returns the places of labels without rules that anything could be judged by, and of those merged into such."""
    broken = {problem.at[-1] for problem in found if problem.code in _WITHOUT_RULES}
    keys = {labels[at].key for at in broken}
    return broken | {at for at, label in enumerate(labels) if label.into in keys}


def _of_one(at: int, label: DraftLabel, by_key: dict[str, DraftLabel]) -> Iterator[Problem]:
    kind = KINDS.get(label.kind)
    if kind is None:
        yield Problem(code="kind_unknown", at=(at,), field="kind")
        return
    if not _KEY.match(label.key):
        yield Problem(code="key_invalid", at=(at,), field="key")
    for name in ("title_fa", "title_en"):
        if not getattr(label, name).strip():
            yield Problem(code="title_missing", at=(at,), field=name)
    if label.color not in COLORS:
        yield Problem(code="color_unknown", at=(at,), field="color")
    yield from _shortcut(at, label, spans=isinstance(kind, SpanKind))
    if searched := searches(label.attributes):
        yield Problem(code="attributes_invalid", at=(at,), field="attributes", data={"problem": searched})
    else:
        yield from _values(at, label) if isinstance(kind, ArticleKind) else _schema(at, label)
    if isinstance(kind, RelationKind) and label.active:
        yield from _ends(at, label, by_key)
    if label.into:
        target = by_key.get(label.into)
        if target is None or not target.active or target is label:
            yield Problem(code="into_unknown", at=(at,), field="into")
        elif target.kind != label.kind:
            yield Problem(code="into_kind", at=(at,), field="into")


def _shortcut(at: int, label: DraftLabel, *, spans: bool) -> Iterator[Problem]:
    if not label.shortcut:
        return
    if not spans:
        yield Problem(code="shortcut_idle", at=(at,), field="shortcut")
    elif label.shortcut in PAGE_KEYS:
        yield Problem(code="shortcut_of_page", at=(at,), field="shortcut", data={"code": label.shortcut})
    elif not is_fit(label.shortcut):
        yield Problem(code="shortcut_unfit", at=(at,), field="shortcut", data={"code": label.shortcut})


def _schema(at: int, label: DraftLabel) -> Iterator[Problem]:
    if _refers(label.attributes):  # a reference would be fetched from wherever it leads
        yield Problem(code="attributes_invalid", at=(at,), field="attributes", data={"problem": "$ref"})
        return
    try:
        Draft202012Validator.check_schema(label.attributes)
        properties = label.attributes.get("properties") or {}
        listed = [prop["enum"] for prop in properties.values() if isinstance(prop, dict) and "enum" in prop]
    except SchemaError as error:
        yield Problem(code="attributes_invalid", at=(at,), field="attributes", data={"problem": error.message[:200]})
        return
    for values in listed:
        yield from _listed(at, values)


def _refers(value: Any) -> bool:
    """Whether a schema refers to another one, or says of itself where it lies."""
    if isinstance(value, list):
        return any(map(_refers, value))
    if not isinstance(value, dict):
        return False
    own = {"$ref", "$dynamicRef", "$id", "$schema"} & set(value)
    return bool(own) or any(map(_refers, value.values()))


def searches(schema: Any) -> str:
    """Returns a keyword by which a schema searches strings, empty where there is none.

    A regular expression such as (a+)+$ takes longer than anybody waits over thirty letters.
    """
    if isinstance(schema, list):
        return next(filter(None, map(searches, schema)), "")
    if not isinstance(schema, dict):
        return ""
    own = sorted({"pattern", "patternProperties"} & set(schema))
    inner = (list(value.values()) if key in _NAMED and isinstance(value, dict) else value
             for key, value in schema.items() if key not in _PLAIN)  # fmt: skip
    return own[0] if own else next(filter(None, map(searches, inner)), "")


def _values(at: int, label: DraftLabel) -> Iterator[Problem]:
    """A document label lists its `values`; without a list, any short value may be said."""
    values = label.attributes.get("values", [])
    if not isinstance(values, list) or not isinstance(label.attributes.get("topic", False), bool):
        yield Problem(code="attributes_invalid", at=(at,), field="attributes", data={"problem": "values, topic"})
        return
    yield from _listed(at, values)


def _listed(at: int, values: list[Any]) -> Iterator[Problem]:
    seen = []
    for value in values:
        if isinstance(value, str) and not 0 < len(value) <= LONGEST_VALUE:
            yield Problem(code="values_invalid", at=(at,), field="attributes")
        if value in seen:
            yield Problem(code="values_twice", at=(at,), field="attributes", data={"value": value})
        seen.append(value)


def _ends(at: int, label: DraftLabel, by_key: dict[str, DraftLabel]) -> Iterator[Problem]:
    kinds = {f"@{key}" for key, kind in KINDS.items() if isinstance(kind, SpanKind)}
    for slot in SLOTS:
        allowed = label.ends.get(slot, [])
        for end in allowed:
            stands = end in kinds or end in SPECIAL_ENDS or (end in by_key and f"@{by_key[end].kind}" in kinds)
            if not stands:
                yield Problem(code="ends_unknown", at=(at,), field=f"ends.{slot}", data={"end": end})
        if not allowed and slot != "via":
            yield Problem(code="ends_empty", at=(at,), field=f"ends.{slot}")


def _twice(labels: Sequence[DraftLabel]) -> Iterator[Problem]:
    """Keys and shortcuts that two labels want; the later one hears which key would be free."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    codes: defaultdict[str, list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        keys[label.key].append(at)
        if label.shortcut and label.active:
            codes[label.shortcut].append(at)
    for key, places in keys.items():
        if len(places) > 1:
            yield Problem(code="key_twice", at=tuple(places), field="key", data={"key": key})
    taken = set(codes)
    for code, places in codes.items():
        for later in places[1:]:
            free = free_key(taken)
            taken.add(free)
            other = {"other": labels[places[0]].key, "code": code, "free": free}
            yield Problem(code="shortcut_twice", at=(places[0], later), field="shortcut", data=other)
