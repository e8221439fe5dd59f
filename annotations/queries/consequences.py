"""What would a draft of the scheme do to the work that is there? Exact counts, by label; nothing is changed.

Rows that are alike are counted by the database and judged once: a project has few distinct attributes, and few
kinds of ends. The judgement is that of queries/weighing.py, which lists what is affected, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotations.kinds.draft import DraftLabel, changed_fields, settled
from annotations.kinds.soundness import Problem, problems, unjudgeable
from annotations.kinds.verdicts import GONE, MISSING
from annotations.models import Project
from annotations.queries.scheme_labels import is_named, published_labels, usage
from annotations.queries.weighing import Weighing


@dataclass(slots=True, kw_only=True)
class Change:
    """What becomes of one label, and of what bears it.

    `used` bears it now. `invalid` has attributes or a value that the label took and would take no more, `ends` are
    relations with ends it would no longer allow, `missing` lacks an attribute that was not required before. `refused`
    of a merge is what does not fit the other label: while there is any, nothing can be published.
    """

    at: int
    key: str
    was: str
    fields: list[str]
    into: str = ""
    used: int = 0
    invalid: int = 0
    ends: int = 0
    missing: int = 0
    refused: int = 0
    articles: int = 0

    @property
    def affected(self) -> int:
        """Annotations that would no longer be what they are, or no longer fit: all of a label that goes."""
        whole = {"archived", "into"} & set(self.fields)
        return self.used if whole else self.invalid + self.ends


@dataclass(slots=True, kw_only=True)
class Consequences:
    """All that a draft would do: changes in the order of its labels, problems, and the articles with affected work."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    articles: int = 0

    @property
    def affected(self) -> int:
        """Annotations that are affected, in all."""
        return sum(change.affected for change in self.changes)


def consequences(project: Project, draft: Sequence[DraftLabel]) -> Consequences:
    """Compares a draft with the published scheme and with all work of the project."""
    before = {label.key: label for label in published_labels(project)}
    labels = settled(draft)
    found = Consequences(problems=[*problems(labels), *_against(project, before, labels)])
    broken = unjudgeable(labels, found.problems)
    counts, places = usage(project), set[int]()
    for at, label in enumerate(labels):
        stored = before.get(label.was)
        fields = changed_fields(stored, label) if stored else ["new"]
        if not fields:
            continue
        change = Change(at=at, key=label.key, was=label.was, fields=fields, into=label.into)
        if stored and label.was in counts:
            change.used = counts[label.was].total
        if change.used and at not in broken:
            _weigh(change, Weighing(project, before, labels, label), places)
        if change.refused:
            data = {"n": change.refused, "into": label.into}
            found.problems.append(Problem(code="into_refused", at=(at,), field="into", data=data))
        found.changes.append(change)
    found.articles = len(places)
    return found


def _against(project: Project, before: dict[str, DraftLabel], labels: Sequence[DraftLabel]) -> Iterator[Problem]:
    """What can't be of labels that are published already: kinds stay, keys that work names stay, none is left out."""
    kept = set()
    for at, label in enumerate(labels):
        stored = before.get(label.was)
        if stored is None:
            continue
        kept.add(label.was)
        if stored.kind != label.kind:
            yield Problem(code="kind_changed", at=(at,), field="kind")
        if label.key != label.was and is_named(project, label.was):
            yield Problem(code="key_used", at=(at,), field="key", data={"key": label.was})
    for key in before:
        if key not in kept:
            yield Problem(code="label_missing", at=(), field="key", data={"key": key})


def _weigh(change: Change, weighing: Weighing, places: set[int]) -> None:
    """Counts what is affected of one label that work bears, and the articles it stands in."""
    own: set[int] = set()
    for n, article, verdict in weighing.groups():
        for name in verdict - {GONE}:
            setattr(change, name, getattr(change, name) + n)
        if verdict - {MISSING}:
            own.add(article)
    change.articles = len(own)
    places |= own
