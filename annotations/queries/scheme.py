"""What does a project's scheme say right now? Its rules, with the rows that stand behind their keys."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.kinds.scheme import LabelRule, Scheme
from annotations.models import Entity, Label, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectScheme:
    """The rules operations are judged by, and the primary keys that rows are written with."""

    rules: Scheme
    label_ids: dict[str, int]
    topic_ids: dict[str, int]
    entity_ids: dict[str, int]


def load_scheme(project_id: int, *, entities: Collection[str] | None = None) -> ProjectScheme:
    """Reads labels, topics and entities of a project; of the entities, which may be many, only those named."""
    rows = Label.objects.filter(project=project_id).values_list(
        "id", "key", "kind", "attributes", "ends", "archived_at"
    )
    labels = {
        key: LabelRule(id=pk, key=key, kind=kind, attributes=attributes, ends=ends, active=archived is None)
        for pk, key, kind, attributes, ends, archived in rows
    }
    topic_ids = dict(Topic.objects.filter(project=project_id).values_list("key", "id"))
    rows_of_entities = Entity.objects.filter(project=project_id).values_list("key", "id")
    if entities is not None:
        rows_of_entities = rows_of_entities.filter(key__in=entities)
    entity_ids = dict(rows_of_entities)
    return ProjectScheme(
        rules=Scheme(labels=labels, topics=frozenset(topic_ids), entities=frozenset(entity_ids)),
        label_ids={key: rule.id for key, rule in labels.items()},
        topic_ids=topic_ids,
        entity_ids=entity_ids,
    )
