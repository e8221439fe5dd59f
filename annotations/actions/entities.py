"""How does the knowledge base grow? Entities are made and renamed; every name keeps its keys for the search."""

import secrets
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from annotations import policy
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.wording import words_key
from annotations.models import Entity, EntityName, Project, User
from annotations.text.names import name_keys

LONGEST_NAME = 300
MOST_ALIASES = 200


class NotYourKnowledge(NewsroomError):
    """Raised when an annotator would change what was given to the knowledge base, not learned."""

    def __init__(self) -> None:
        super().__init__(
            code="not_your_knowledge",
            message=gettext_noop("Only reviewers and managers change what the knowledge base was given."),
            hint=gettext_noop("Names that were learned from mentions can be taken away by everybody."),
        )


class EntityKeyTaken(NewsroomError):
    """Raised when an entity is made with the key of another one."""

    def __init__(self, *, key: str) -> None:
        super().__init__(
            code="entity_taken",
            message=gettext_noop("The project's knowledge base has an entity «{entity}» already."),
            data={"entity": key},
        )


class TooManyNames(NewsroomError):
    """Raised when an entity would get more names than one can look through."""

    def __init__(self) -> None:
        super().__init__(
            code="too_many_names",
            message=gettext_noop("An entity has no more than {most} other names."),
            data={"most": MOST_ALIASES},
        )


def names_of(entity: Entity) -> list[str]:
    """Returns all names of an entity, the canonical one first."""
    return [name for name in (entity.name, entity.name_en, *entity.aliases) if name]


def index_names(entities: Sequence[Entity]) -> None:
    """Writes the search keys of these entities anew."""
    EntityName.objects.filter(entity__in=[entity.pk for entity in entities]).delete()
    rows = []
    for entity in entities:
        keys: dict[bytes, bool] = {}
        for name in names_of(entity):
            for key, whole in name_keys(name).items():
                keys[key] = keys.get(key, False) or whole
        rows += [EntityName(project_id=entity.project_id, entity=entity, key=k, whole=w) for k, w in keys.items()]
    EntityName.objects.bulk_create(rows, batch_size=2000)


def new_key(label: str) -> str:
    """Returns a key that no other entity has: the label with a number drawn by lot."""
    return f"{label.lower() or 'e'}-{secrets.token_hex(5)}"


def create_entity(
    project: Project | int, *, by: User, name: str, label: str = "", name_en: str = "", external_id: str = "",
    aliases: Iterable[str] = (), key: str = "",
) -> Entity:  # fmt: skip
    """Makes an entity; without a key it gets one. Raises EntityKeyTaken."""
    pk = project.pk if isinstance(project, Project) else project
    entity = Entity(
        project_id=pk, key=key or new_key(label), label_key=label, name=name, name_en=name_en,
        external_id=external_id, aliases=list(dict.fromkeys(aliases)), created_by=by,
    )  # fmt: skip
    with write_turn():
        try:
            with transaction.atomic():
                entity.save(force_insert=True)
        except IntegrityError as error:
            raise EntityKeyTaken(key=entity.key) from error
        index_names([entity])
    return entity


def change_entity(
    entity: Entity, *, by: User, add: Iterable[str] = (), remove: Iterable[str] = (), **fields: str
) -> Entity:
    """Changes an entity and returns it. Every member may add names and take learned ones away.

    A name taken away is not learned again from the same words until somebody adds it. Raises NotYourKnowledge and
    TooManyNames.
    """
    trusted = policy.may_edit_knowledge(by, entity.project)
    if fields and not trusted:
        raise NotYourKnowledge
    with write_turn():
        held = Entity.objects.select_for_update(no_key=True).select_related("project").get(pk=entity.pk)
        for name in remove:
            if name in held.aliases and name not in held.learned and not trusted:
                raise NotYourKnowledge
            _drop(held, name)
            held.refused = sorted({*held.refused, words_key(name)})
        for name in add:
            held.refused = [key for key in held.refused if key != words_key(name)]
            if name not in names_of(held):
                held.aliases = [*held.aliases, name]
        if len(held.aliases) > MOST_ALIASES:
            raise TooManyNames
        for field, value in fields.items():
            setattr(held, field, value)
        held.save()
        index_names([held])
    return held


def _drop(entity: Entity, name: str) -> None:
    entity.aliases = [alias for alias in entity.aliases if alias != name]
    entity.learned = [alias for alias in entity.learned if alias != name]
