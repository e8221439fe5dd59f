"""Which article is for training, development or test? By story, so that copies of one wire report never straddle.

An article's group is what must stay together: the story it tells, or all of its outlet. Groups are drawn by the SHA-256
of seed and group, read as a number between 0 and 1: the same seed gives the same split on every machine, and an
article that comes later changes nobody else's place.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from annotations.errors import NewsroomError, gettext_noop

NAMES = ("train", "dev", "test")
WAYS = ("none", "story", "source", "date", "stratified")
ALL = "all"
NOBODY = "-"


class SplitInvalid(NewsroomError):
    """Raised for shares that are no percentages of a whole, an unknown way, or dates that don't follow each other."""

    def __init__(self, *, field: str, value: object) -> None:
        super().__init__(
            code="split_invalid",
            message=gettext_noop("«{value}» can't be used for {field}."),
            hint=gettext_noop("Shares are whole percentages that sum to 100; dates follow each other, as 2024-03-20."),
            data={"field": field, "value": str(value)},
        )


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How articles are divided: the way, the shares in per cent (train, dev, test), the seed, where dates cut.

    With the way `date`, dev begins at `dev_from` and test at `test_from` (ISO days of publication).
    """

    way: str = "story"
    shares: tuple[int, int, int] = (80, 10, 10)
    seed: int = 1
    dev_from: str = ""
    test_from: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The parts that can come out, in order."""
        if self.way == "none":
            return (ALL,)
        return tuple(name for name, share in zip(NAMES, self.shares, strict=True) if share or self.way == "date")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What a split asks of an article: its id, story, outlet, day of publication, and the labels of the spans in it."""

    id: str
    story: str
    source: str
    day: str
    labels: tuple[str, ...] = ()


def checked(plan: Plan) -> Plan:
    """Returns a plan that makes sense. Raises SplitInvalid."""
    if plan.way not in WAYS:
        raise SplitInvalid(field="way", value=plan.way)
    if sum(plan.shares) != 100 or min(plan.shares) < 0:
        raise SplitInvalid(field="shares", value=" ".join(map(str, plan.shares)))
    if plan.way == "date" and not ("1000" < plan.dev_from <= plan.test_from):
        raise SplitInvalid(field="dates", value=f"{plan.dev_from} {plan.test_from}")
    return plan


def divided(items: Iterable[Item], plan: Plan) -> dict[str, str]:
    """Returns the part of each article by its id. Raises SplitInvalid."""
    checked(plan)
    items = list(items)
    if plan.way == "none":
        return {item.id: ALL for item in items}
    groups = defaultdict(list)
    for item in items:
        groups[item.source or NOBODY if plan.way == "source" else item.story].append(item)
    if plan.way == "date":
        parts = {key: _by_day(min(item.day for item in members), plan) for key, members in groups.items()}
    elif plan.way == "stratified":
        parts = _stratified(groups, plan)
    else:
        parts = {key: _by_share(drawn(plan.seed, key), plan) for key in groups}
    return {item.id: parts[key] for key, members in groups.items() for item in members}


def drawn(seed: int, group: str) -> float:
    """Returns a number from 0 up to 1 that only seed and group decide."""
    digest = hashlib.sha256(f"{seed}:{group}".encode()).digest()
    return int.from_bytes(digest[:7]) / 2**56


def _by_share(number: float, plan: Plan) -> str:
    train, dev, _test = plan.shares
    return NAMES[0] if number * 100 < train else NAMES[1] if number * 100 < train + dev else NAMES[2]


def _by_day(day: str, plan: Plan) -> str:
    """By the first day of the story; what has none was there first."""
    return NAMES[0] if day < plan.dev_from else NAMES[1] if day < plan.test_from else NAMES[2]


def _stratified(groups: dict[str, list[Item]], plan: Plan) -> dict[str, str]:
    """Divides the groups of each rarest label for itself, so that rare labels stand in all parts in like shares."""
    seen: dict[str, set[str]] = {
        key: {label for one in members for label in one.labels} for key, members in groups.items()
    }
    frequency: dict[str, int] = defaultdict(int)
    for labels in seen.values():
        for label in labels:
            frequency[label] += 1
    strata: dict[str, list[str]] = defaultdict(list)
    for key, labels in seen.items():
        strata[min(labels, key=lambda label: (frequency[label], label), default="")].append(key)
    parts = {}
    for stratum, keys in strata.items():
        keys.sort(key=lambda key: (drawn(plan.seed, f"{stratum}:{key}"), key))
        for at, key in enumerate(keys):
            parts[key] = _by_share((at + 0.5) / len(keys), plan)
    return parts


def as_builtins(plan: Plan) -> dict[str, Any]:
    """Returns the plan as JSON has it: only what its way uses."""
    said: dict[str, Any] = {"way": plan.way}
    if plan.way == "date":
        return said | {"dev_from": plan.dev_from, "test_from": plan.test_from}
    return said if plan.way == "none" else said | {"shares": list(plan.shares), "seed": plan.seed}
