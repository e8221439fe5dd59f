"""What do the keys in a record stand for? A project's labels, entities and topics, read once for a stream."""

from dataclasses import dataclass, field

from annotations.models import Entity, Label, Project, Topic
from annotations.records import AnnotationSetRecord, EntityRecord, LabelTitle, TopicRecord

Sets = tuple[AnnotationSetRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Keys by row id, and the definitions that a record carries of those it uses, sorted by key."""

    label_keys: dict[int, str]
    entity_keys: dict[int, str]
    topic_keys: dict[int, str]
    _labels: dict[str, LabelTitle]
    _entities: dict[str, EntityRecord]
    _topics: dict[str, TopicRecord]
    _seen: dict[frozenset[str], tuple[LabelTitle, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> "Catalogue":
        """Reads a project's labels, entities and topics."""
        labels = list(Label.objects.filter(project=project).order_by("key"))
        entities = list(Entity.objects.filter(project=project).order_by("key"))
        topics = list(Topic.objects.filter(project=project).order_by("key"))
        return cls(
            label_keys={label.pk: label.key for label in labels},
            entity_keys={entity.pk: entity.key for entity in entities},
            topic_keys={topic.pk: topic.key for topic in topics},
            _labels={x.key: LabelTitle(x.key, x.kind, x.title_fa, x.title_en) for x in labels},
            _entities={
                x.key: EntityRecord(x.key, x.label_key, x.name, x.name_en, x.external_id, tuple(x.aliases))
                for x in entities
            },
            _topics={x.key: TopicRecord(x.key, x.title_fa, x.title_en, x.proposition) for x in topics},
        )

    def titles(self, sets: Sets) -> tuple[LabelTitle, ...]:
        """Returns the titles of the labels used in these sets."""
        used: set[str] = set()
        for work in sets:
            used.update([span.label for span in work.spans])
            used.update([relation.label for relation in work.relations])
            used.update([label.label for label in work.labels])
        key = frozenset(used)
        if key not in self._seen:  # few combinations occur, and sorting each time costs more than the look-up
            self._seen[key] = tuple(self._labels[label] for label in sorted(used))
        return self._seen[key]

    def entities_of(self, sets: Sets) -> tuple[EntityRecord, ...]:
        """Returns the entities that spans of these sets are linked to."""
        used = {span.entity for work in sets for span in work.spans if span.entity}
        return tuple(self._entities[key] for key in sorted(used))

    def topics_of(self, sets: Sets) -> tuple[TopicRecord, ...]:
        """Returns the topics that relations and document labels of these sets name."""
        used = {label.topic for work in sets for label in work.labels if label.topic}
        for work in sets:
            for relation in work.relations:
                for end in (relation.head, relation.via, relation.tail):
                    if end is not None and end.startswith("topic:"):
                        used.add(end.removeprefix("topic:"))
        return tuple(self._topics[key] for key in sorted(used))
