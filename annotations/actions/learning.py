"""What does the knowledge base learn from edits? Entities made on the way to a link, and names from linked mentions.

A name is learned in the transaction of the edit that links it, and forgotten in that of the edit that takes the last
such link away: undoing a link undoes what was learned of it, whoever has linked the same words keeps it.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from annotations import edits
from annotations.actions.entities import LONGEST_NAME, MOST_ALIASES, create_entity, index_names, names_of
from annotations.kinds.wording import key_hash, words_key
from annotations.models import Entity, Span, User
from annotations.queries.scheme import ProjectScheme
from annotations.records import SpanRecord


def teaches(span: SpanRecord | None) -> bool:
    """Whether a span's words are a name of what it is linked to: a pronoun or a description is none."""
    return (
        span is not None
        and span.entity is not None
        and len(span.ranges) == 1
        and span.attributes.get("mention", "name") == "name"
        and len(span.quote) <= LONGEST_NAME
        and bool(words_key(span.quote))
    )


class Learning:
    """The knowledge base as one batch of edits changes it."""

    def __init__(self, project_id: int, scheme: ProjectScheme, *, by: User) -> None:
        self.project_id, self.scheme, self.by = project_id, scheme, by
        self._gained: defaultdict[str, list[str]] = defaultdict(list)
        self._lost: defaultdict[str, set[str]] = defaultdict(set)

    def write(self, operation: edits.EntityCreate | edits.EntityDelete) -> None:
        """Makes or takes away an entity, as the judge has allowed."""
        key = operation.key
        if isinstance(operation, edits.EntityCreate):
            made = create_entity(
                self.project_id, by=self.by, key=key, name=operation.name, label=operation.label,
                name_en=operation.name_en, external_id=operation.external_id,
            )  # fmt: skip
            self.scheme.entities.put(key, made.pk)
            return
        rows = Entity.objects.filter(project=self.project_id, key=key)
        if rows.exclude(Exists(Span.objects.filter(entity=OuterRef("pk")))).delete()[0]:
            self.scheme.entities.put(key, None)

    def note(self, before: SpanRecord | None, after: SpanRecord | None) -> None:
        """Notes what an edit did to a span; a name that was neither linked before nor is now teaches nothing."""
        if before is not None and teaches(before):
            self._lost[before.entity or ""].add(words_key(before.quote))
        if after is not None and teaches(after):
            self._gained[after.entity or ""].append(" ".join(after.quote.split()))

    def settle(self) -> None:
        """Writes what was learned and forgotten; entities in one order, so that no two batches wait for each other."""
        keys = {*self._gained, *self._lost}
        if not keys:
            return
        rows = Entity.objects.filter(project=self.project_id, key__in=keys).order_by("pk")
        changed = [entity for entity in rows.select_for_update(no_key=True) if self._teach(entity)]
        if changed:
            Entity.objects.bulk_update(changed, ["aliases", "learned"])
            index_names(changed)

    def _teach(self, entity: Entity) -> bool:
        before = entity.aliases
        known = {words_key(name) for name in names_of(entity)}
        for name in self._gained[entity.key]:
            key = words_key(name)
            if key not in known and key not in entity.refused and len(entity.aliases) < MOST_ALIASES:
                known.add(key)
                entity.aliases, entity.learned = [*entity.aliases, name], [*entity.learned, name]
        for key in self._lost[entity.key]:
            gone = [name for name in entity.learned if words_key(name) == key]
            if gone and not Span.objects.filter(entity=entity.pk, words=key_hash(key)).exists():
                entity.aliases = [name for name in entity.aliases if name not in gone]
                entity.learned = [name for name in entity.learned if name not in gone]
        is_changed: bool = entity.aliases != before
        return is_changed
