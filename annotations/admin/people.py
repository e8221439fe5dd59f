"""Under which name is somebody known to a reader of the admin's pages? Annotators by pseudonyms, but to who manages.

As on the project's own pages: a reviewer who read there who wrote what would judge people, not work.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, Field, Model, OuterRef, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.utils.text import capfirst

from annotations import policy
from annotations.admin.base import ReadOnlyAdmin
from annotations.models import AnnotationSet, Membership, User

Shown = str | Callable[[Any], Any]


def with_readers(rows: QuerySet[Any], request: HttpRequest, *, project: str, maker: str = "") -> QuerySet[Any]:
    """Returns rows that know who reads them: `reader`, and whether they may know the names (`by_name`).

    `project` is the way from a row to its project; `maker` that to a person who goes by the pseudonym they have there.
    """
    managed = policy.managed_projects(request.user).filter(pk=OuterRef(project)).order_by()
    known = Value(True) if request.user.is_superuser else Exists(managed)
    rows = rows.annotate(reader=Value(request.user.pk), by_name=known)
    if maker:
        found = Membership.objects.filter(project=OuterRef(project), user=OuterRef(maker)).values("pseudonym")[:1]
        rows = rows.annotate(maker_pseudonym=Subquery(found))
    return rows


def name_of(person: User | None, row: Any, work: AnnotationSet | None) -> str | None:
    """Returns a person's name as the reader of a row knows them; None for nobody."""
    if person is None:
        return None
    if row.by_name or person.pk == row.reader:
        return person.display_name
    if work is None:
        return row.maker_pseudonym or "–"
    return work.pseudonym if person.pk == work.annotator_id else person.display_name


class NamingAdmin(ReadOnlyAdmin):
    """Pages of rows that name people: `people` are those fields, `work` the way to the set, "" where the row is it.

    Where `work` is None the row belongs to a project: `maker` is who goes by their pseudonym there.
    """

    people: tuple[str, ...] = ()
    work: str | None = "annotation_set"
    maker = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows that know who reads them."""
        way = "project" if not self.work else f"{self.work}__project"
        return with_readers(super().get_queryset(request), request, project=way, maker=self.maker)

    def get_list_display(self, request: HttpRequest) -> list[Shown]:
        """The columns, people under the names by which they are known."""
        return [self._named(shown) for shown in super().get_list_display(request)]

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """The same on a row's own page."""
        return [self._named(shown) for shown in super().get_fields(request, obj)]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Names are looked for by those who may know all of them."""
        found = list(super().get_search_fields(request))
        return found if request.user.is_superuser else [name for name in found if not name.endswith("__username")]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """The same of filters that list names."""
        found = list(super().get_list_filter(request))
        return found if request.user.is_superuser else [name for name in found if name not in self.people]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether rows may be asked for in the address by this: not by whose they are."""
        by_person = any(lookup == name or lookup.startswith(f"{name}__") for name in self.people)
        return (request.user.is_superuser or not by_person) and super().lookup_allowed(lookup, value, request)

    def shown(self, row: Any, name: str) -> str | None:
        """Returns what a person of a row is called; `name` is the way to them."""
        work = row if self.work == "" else _at(row, self.work) if self.work else None
        return name_of(_at(row, name), row, work)

    def _named[Given](self, shown: Given) -> Given | Callable[[Any], str]:
        if not isinstance(shown, str) or shown not in self.people:
            return shown
        field = self.opts.get_field(shown)

        @admin.display(description=capfirst(field.verbose_name) if isinstance(field, Field) else shown)
        def column(row: Any) -> str:
            return self.shown(row, shown) or "–"

        column.__name__ = shown
        return column


def _at(row: Any, way: str) -> Any:
    for step in way.split("__"):
        row = row and getattr(row, step)
    return row
