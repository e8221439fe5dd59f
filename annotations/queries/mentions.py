"""Who can be called in a comment on a set, and by which name? Members who may see it; its annotator by pseudonym."""

from typing import NamedTuple

from django.db.models import Q

from annotations.models import AnnotationSet, Membership, Role, User
from annotations.text.mentions import mentioned


class Addressee(NamedTuple):
    """Somebody who can be called: by `name`; `title` says who that is."""

    user: User
    name: str
    title: str


def addressees(annotation_set: AnnotationSet, *, reader: User) -> list[Addressee]:
    """Returns those whom the reader can call on this set, without the reader."""
    readers = Q(role__in=[Role.REVIEWER, Role.MANAGER]) | Q(user=annotation_set.annotator_id)
    rows = Membership.objects.filter(readers, project=annotation_set.project_id, user__is_active=True)
    found = []
    for membership in rows.exclude(user=reader).select_related("user"):
        if membership.user_id == annotation_set.annotator_id:
            found.append(Addressee(membership.user, annotation_set.pseudonym, ""))
        else:
            found.append(Addressee(membership.user, membership.user.username, membership.user.display_name))
    # By the name that is shown: by their user name, the annotator's place would tell who hides behind the pseudonym.
    return sorted(found, key=lambda one: one.name)


def people_called(annotation_set: AnnotationSet, text: str, *, by: User) -> list[User]:
    """Returns whom a text calls, of those who may see the set."""
    if "@" not in text:
        return []
    by_name = {one.name: one.user for one in addressees(annotation_set, reader=by)}
    return [by_name[name] for name in mentioned(text, by_name)]
