"""Who acted on some sets, under the name that their reader knows them by?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from annotations.models import AnnotationSet, Comment, Revision, StatusChange, Uncarried, User, Verdict

Pairs = dict[str, list[tuple[int | None, tuple[int, ...]]]]


def called(person: User | None, annotation_set: AnnotationSet, *, reader: User) -> str | None:
    """Returns a person's name to one reader; None for nobody.

    The annotator goes by their pseudonym, as in the API and in exports; others and oneself by name.
    """
    if person is None:
        return None
    if person.pk == annotation_set.annotator_id and person.pk != reader.pk:
        return annotation_set.pseudonym
    return person.display_name


def people_of(sets: Mapping[int, AnnotationSet], talk: Iterable[int], *, reader: User) -> Pairs:
    """Returns who did something, by name, each with the (person, sets) that the name stands for.

    Edits, transitions, decisions and verdicts of all the sets count, comments of those in `talk`.
    """
    acted: set[tuple[int, int]] = set()
    for table, work, actor in (
        (Revision, "annotation_set", "actor"), (StatusChange, "annotation_set", "actor"),
        (Uncarried, "annotation_set", "decided_by"), (Verdict, "gold", "by"),
    ):  # fmt: skip
        rows = table.objects.filter(**{f"{work}__in": sets, f"{actor}__isnull": False})
        acted |= set(rows.order_by().values_list(f"{work}_id", f"{actor}_id").distinct())
    said = Comment.objects.filter(annotation_set__in=talk, deleted_at=None, author__isnull=False)
    acted |= set(said.order_by().values_list("annotation_set_id", "author_id").distinct())
    accounts = User.objects.in_bulk({person for _set, person in acted})
    named: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for set_id, person in sorted(acted):
        named[called(accounts[person], sets[set_id], reader=reader) or ""][person].append(set_id)
    return {name: [(person, tuple(ids)) for person, ids in named[name].items()] for name in sorted(named)}
