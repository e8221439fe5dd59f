"""What does a project's scheme say right now? Its rules, with the rows that stand behind their keys.

An edit names one or two labels of many, and few of thousands of entities: what is named is looked up, once.
An import reads everything at the start.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from annotations.importers.mapping import Known
from annotations.kinds.scheme import LabelRule, Scheme
from annotations.models import Entity, Label, Project, Topic

RULE_COLUMNS = ("key", "id", "kind", "attributes", "ends", "archived_at")


class Labels(Mapping[str, LabelRule]):
    """The rules of a project's labels by key, read when they are asked for."""

    def __init__(self, rows: QuerySet[Label]) -> None:
        self._rows = rows
        self._known: dict[str, LabelRule | None] = {}

    def __getitem__(self, key: str) -> LabelRule:
        """Returns the rule of a label. Raises KeyError where the project has no such label."""
        if key not in self._known:
            row = self._rows.filter(key=key).values_list(*RULE_COLUMNS).first()
            self._known[key] = row and _rule(*row)
        rule = self._known[key]
        if rule is None:
            raise KeyError(key)
        return rule

    def get(self, key: str, default: Any = None) -> Any:
        """Returns the rule of a label, or `default`; what is known without the detour by an exception."""
        return self._known.get(key) or super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        """Iterates over all keys."""
        return iter(self._rows.values_list("key", flat=True))

    def __len__(self) -> int:
        """Counts the labels."""
        return self._rows.count()

    def read_all(self) -> None:
        """Reads all rules at once."""
        self._known = {row[0]: _rule(*row) for row in self._rows.values_list(*RULE_COLUMNS)}


class Keys(Mapping[str, int]):
    """The primary keys of a project's topics or entities by key, read when they are asked for."""

    def __init__(self, rows: QuerySet[Topic] | QuerySet[Entity]) -> None:
        self._rows = rows
        self._known: dict[str, int | None] = {}
        self._complete = False

    def __getitem__(self, key: str) -> int:
        """Returns the primary key. Raises KeyError where the project has no such thing."""
        if key not in self._known and not self._complete:
            self._known[key] = self._rows.filter(key=key).values_list("pk", flat=True).first()
        pk = self._known.get(key)
        if pk is None:
            raise KeyError(key)
        return pk

    def __iter__(self) -> Iterator[str]:
        """Iterates over all keys."""
        return iter(self._rows.values_list("key", flat=True))

    def __len__(self) -> int:
        """Counts the rows."""
        return self._rows.count()

    def put(self, key: str, pk: int | None) -> None:
        """Notes what has just been made, or taken away: then `pk` is None."""
        self._known[key] = pk

    def read_all(self) -> None:
        """Reads all keys at once."""
        self._known = dict(self._rows.values_list("key", "pk"))
        self._complete = True


class ProjectScheme:
    """The rules operations are judged by, and the primary keys that rows are written with."""

    def __init__(self, project_id: int) -> None:
        self.labels = Labels(Label.objects.filter(project=project_id).order_by())
        self.topics = Keys(Topic.objects.filter(project=project_id).order_by())
        self.entities = Keys(Entity.objects.filter(project=project_id).order_by())
        self.rules = Scheme(labels=self.labels, topics=self.topics, entities=self.entities)

    def label_id(self, key: str) -> int:
        """Returns the primary key of a label that has been judged to exist."""
        return self.labels[key].id or 0

    def read_all(self) -> None:
        """Reads labels, topics and entities at once: three queries."""
        self.labels.read_all()
        self.topics.read_all()
        self.entities.read_all()


def _rule(
    key: str, pk: int, kind: str, attributes: dict[str, Any], ends: dict[str, Any], archived_at: object
) -> LabelRule:
    return LabelRule(id=pk, key=key, kind=kind, attributes=attributes, ends=ends, active=archived_at is None)


def known_labels(project: Project) -> dict[str, Known]:
    """Returns all labels of a project with their titles, for incoming labels to be matched with."""
    labels = Label.objects.filter(project=project).order_by("order", "id")
    rows = labels.values_list(*RULE_COLUMNS, "title_fa", "title_en")
    return {row[0]: Known(rule=_rule(*row[:-2]), titles=row[-2:]) for row in rows}
