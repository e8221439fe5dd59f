"""Which labels, entities and topics do incoming records name? What the project lacks is made as they define it.

They are made before the records are judged by them; what only refused records named goes again."""

from annotations.actions.entities import index_names
from annotations.kinds import KINDS, ArticleKind, RelationKind
from annotations.kinds.base import SLOTS
from annotations.kinds.soundness import COLORS
from annotations.kinds.state import SetState
from annotations.models import Entity, Label, Project, Topic
from annotations.queries.scheme import ProjectScheme
from annotations.records import Draft, EntityRecord, LabelTitle, TopicRecord


class Definitions:
    """The project's scheme while an import goes on, growing with what records define."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.scheme = ProjectScheme(project.pk)
        self.scheme.read_all()
        self._made: list[Label | Entity | Topic] = []

    def learn(self, drafts: list[Draft]) -> None:
        """Makes the labels, entities and topics that these drafts define and the project does not have."""
        labels = {x.key: x for d in drafts for x in d.labels if x.key not in self.scheme.labels}
        entities = {x.key: x for d in drafts for x in d.entities if x.key not in self.scheme.entities}
        topics = {x.key: x for d in drafts for x in d.topics if x.key not in self.scheme.topics}
        if not (labels or entities or topics):
            return
        order = Label.objects.filter(project=self.project).count()
        made = Label.objects.bulk_create(
            self._label(label, order=order + at) for at, label in enumerate(labels.values()) if label.kind in KINDS
        )
        things = Entity.objects.bulk_create(self._entity(entity) for entity in entities.values())
        index_names(things)
        self._made += [*made, *things, *Topic.objects.bulk_create(self._topic(topic) for topic in topics.values())]
        self.scheme.read_all()

    def forget(self, *, but_of: list[Draft], borne_by: list[SetState]) -> None:
        """Deletes again what other drafts than these define and none of these sets bears: nothing is left over.

        A record that comes in may bear what only a refused one beside it defines.
        """
        labels, entities, topics = _borne(borne_by)
        for model, named in (
            (Label, labels.union(x.key for d in but_of for x in d.labels)),
            (Entity, entities.union(x.key for d in but_of for x in d.entities)),
            (Topic, topics.union(x.key for d in but_of for x in d.topics)),
        ):
            gone = [row.pk for row in self._made if isinstance(row, model) and row.key not in named]
            if gone:
                model.objects.filter(pk__in=gone).delete()

    def _label(self, label: LabelTitle, *, order: int) -> Label:
        kind = KINDS[label.kind]
        return Label(
            project=self.project, key=label.key, kind=label.kind, title_fa=label.title_fa, title_en=label.title_en,
            color=COLORS[order % len(COLORS)], ends=kind.ends if isinstance(kind, RelationKind) else {}, order=order,
            # The record says which attributes were used, not which are allowed: until a manager says so, any.
            attributes={} if isinstance(kind, ArticleKind) else {"type": "object", "additionalProperties": True},
        )  # fmt: skip

    def _entity(self, entity: EntityRecord) -> Entity:
        return Entity(
            project=self.project, key=entity.key, label_key=entity.label, name=entity.name, name_en=entity.name_en,
            external_id=entity.external_id, aliases=list(entity.aliases),
        )  # fmt: skip

    def _topic(self, topic: TopicRecord) -> Topic:
        return Topic(
            project=self.project, key=topic.key, title_fa=topic.title_fa, title_en=topic.title_en,
            proposition=topic.proposition,
        )  # fmt: skip


def _borne(states: list[SetState]) -> tuple[set[str], set[str], set[str]]:
    """Returns the keys of the labels, entities and topics that something in these sets bears."""
    spans = [span for state in states for span in state.spans.values()]
    relations = [relation for state in states for relation in state.relations.values()]
    values = [value for state in states for value in state.labels.values()]
    ends = {end for relation in relations for slot in SLOTS if (end := getattr(relation, slot)) is not None}
    return (
        {span.label for span in spans} | {one.label for one in relations} | {value.label for value in values},
        {span.entity for span in spans if span.entity},
        {end.removeprefix("topic:") for end in ends if end.startswith("topic:")}
        | {value.topic for value in values if value.topic},
    )
