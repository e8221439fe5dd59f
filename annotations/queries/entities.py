"""Which entity is meant? The project's knowledge base, searched by folded names and ranked for the mention at hand."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotations import policy
from annotations.models import AnnotationSet, Entity, EntityName, Project, Span, User
from annotations.text.names import AFTER_ALL, name_keys, query_key

# So many are ranked: what is exact comes first in the index, and what somebody has linked is asked for apart.
WINDOW = 100
MOST_FOUND = 50


def search_entities(
    project: Project, query: str, *, to: User, label: str = "", limit: int = 20
) -> list[dict[str, Any]]:
    """Returns what the words may mean: of the same label first, then by the exact name, then by number of mentions.

    Found are names of which a word begins with the query and goes on like it, and names that the query ends with:
    «ترامپ» for «دونالد ترامپ». Mentions are counted in the sets that the person may see.
    """
    exact = _exact(project, query)
    found = set(exact) | _beginning(project, query_key(query))
    entities = Entity.objects.filter(pk__in=found).in_bulk()
    mentions = mentions_of(project, found, to=to)

    def rank(entity: Entity) -> tuple[Any, ...]:
        return (
            entity.label_key != label if label else False,
            -exact.get(entity.pk, 0), -mentions[entity.pk], entity.name, entity.pk,
        )  # fmt: skip

    best = sorted(entities.values(), key=rank)[:limit]
    return [entity_data(entity, mentions=mentions[entity.pk]) for entity in best]


def _beginning(project: Project, key: bytes) -> set[int]:
    if not key:
        return set()
    rows = EntityName.objects.filter(project=project, key__gte=key, key__lt=key + AFTER_ALL).order_by("key", "pk")
    linked = rows.filter(Exists(Span.objects.filter(entity=OuterRef("entity"))))
    return {pk for part in (rows, linked) for pk in part.values_list("entity", flat=True)[:WINDOW]}


def _exact(project: Project, query: str) -> dict[int, int]:
    """Returns entities that bear the query as a name, or a part of it from one of its words on: 2 and 1."""
    keys = name_keys(query)
    rows = EntityName.objects.filter(project=project, whole=True, key__in=list(keys)).order_by("key", "pk")
    found: dict[int, int] = {}
    for pk, key in rows.values_list("entity", "key")[: 2 * WINDOW]:
        found[pk] = max(found.get(pk, 0), 2 if keys[bytes(key)] else 1)
    return found


def mentions_of(project: Project, entities: Collection[int], *, to: User) -> Counter[int]:
    """Counts the mentions of entities in the project's sets that the person may see: peers stay blind to each other."""
    sets = policy.attended_sets(to).filter(project=project).order_by().values("pk")
    rows = Span.objects.filter(entity__in=entities, annotation_set__in=sets).order_by().values_list("entity")
    return Counter(dict(rows.annotate(n=Count("pk"))))


def entity_data(entity: Entity, **more: Any) -> dict[str, Any]:
    """Returns an entity as the API and the workspace show it."""
    return {
        "key": entity.key,
        "label": entity.label_key,
        "name": entity.name,
        "name_en": entity.name_en,
        "external_id": entity.external_id,
        "aliases": entity.aliases,
        "learned": entity.learned,
    } | more


def with_mentions(project: Project, entities: Iterable[Entity], *, to: User) -> list[dict[str, Any]]:
    """Returns entities in their order, each with the number of its mentions."""
    rows = list(entities)
    counts = mentions_of(project, [entity.pk for entity in rows], to=to)
    return [entity_data(entity, mentions=counts[entity.pk]) for entity in rows]


def entities_in(annotation_set: AnnotationSet) -> list[dict[str, Any]]:
    """Returns what the spans of a set are linked to; all others are searched for when they are wanted."""
    linked = Span.objects.filter(annotation_set=annotation_set, entity__isnull=False).order_by()
    return [entity_data(entity) for entity in Entity.objects.filter(pk__in=linked.values("entity")).order_by("key")]


def entities_page(project: Project, *, label: str) -> QuerySet[Entity]:
    """The project's entities, of one label where it is given."""
    return Entity.objects.filter(Q(label_key=label) if label else Q(), project=project)
