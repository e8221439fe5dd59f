"""What do the admin's pages share? What a person may see comes through the policy; histories are looked at only."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations import policy
from annotations.models import Article, Project, User
from annotations.templatetags.newsroom import clock, gregorian, jalali

TIME = _("time")


class ScopedAdmin(admin.ModelAdmin):
    """Rows that belong to a set, a project or an article: staff see those that the policy shows them anywhere.

    `sets`, `projects` and `articles` name the way from a row there, `reviewed` and `managed` the way to a project that
    the person must review or manage; `own` the ways to whose row it is and to its project. A row need satisfy one of
    those given; where none is, staff see nothing. Texts of articles that are read along with a list stay in the
    database.
    """

    # Of names and of functions of a row: django-stubs knows these in lists of columns only.
    fields: ClassVar[list[Any] | None]
    readonly_fields: ClassVar[list[Any]]
    sets = projects = reviewed = managed = articles = ""
    own: tuple[str, str] | None = None
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that the person may see."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name and match.url_name.endswith("changelist"):
            joined = self.list_select_related if isinstance(self.list_select_related, list | tuple) else ()
            rows = rows.defer(*(f"{path}__text" for path in joined if path.split("__")[-1] == "article"))
        return rows if request.user.is_superuser else rows.filter(self._seen_by(request))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Rows are added to projects that the person manages, of articles that they see: others are no choice."""
        if db_field.related_model in (Project, Article):
            allowed = policy.managed_projects if db_field.related_model is Project else policy.visible_articles
            kwargs["queryset"] = allowed(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _seen_by(self, request: HttpRequest) -> Q:
        seen = Q(pk__in=())
        visible = (
            (self.sets, policy.visible_sets), (self.projects, policy.visible_projects),
            (self.reviewed, policy.reviewed_projects), (self.managed, policy.managed_projects),
            (self.articles, policy.visible_articles),
        )  # fmt: skip
        for way, rows in visible:
            if way:
                seen |= Q(**{f"{way}__in": rows(request.user).order_by().values("pk")})
        if self.own:
            person, project = self.own
            member_of = policy.visible_projects(request.user).order_by().values("pk")
            seen |= Q(**{person: request.user.pk, f"{project}__in": member_of})
        return seen


class KeyedAdmin(ScopedAdmin):
    """Rows that histories and records name by key: key and project stay what they were made as."""

    projects = "project"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What is fixed once the row is there."""
        return ["key", "project"] if obj else []


class LookedAt:
    """A mixin for rows that nobody adds, changes or deletes by hand: edits go through operations, history is kept."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds such rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes such rows by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes such rows by hand."""
        return False


class ReadOnlyAdmin(LookedAt, ScopedAdmin):
    """The pages of such rows."""


class ReadOnlyInline(LookedAt, admin.TabularInline):
    """Such rows on the page of what they belong to."""

    fields: ClassVar[list[Any] | None]
    readonly_fields: ClassVar[list[Any]]
    extra = 0
    can_delete = False


def asking(request: HttpRequest) -> User:
    """Returns who asks. Raises PermissionDenied for nobody, whom the admin has not let in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def moment(value: datetime | None) -> SafeString | str:
    """Returns a time in both calendars, the Jalali first, with the time of day."""
    if value is None:
        return "–"
    return format_html(
        '<time class="moment" datetime="{}"><bdi>{}</bdi> <bdi>{}</bdi><small><bdi>{}</bdi></small></time>',
        value.isoformat(), jalali(value), clock(value), gregorian(value),
    )  # fmt: skip


def when(field: str, title: Any = TIME) -> Callable[[Model], SafeString | str]:
    """Returns a column that shows a time in both calendars and is sorted by it."""

    @admin.display(description=title, ordering=field)
    def column(row: Model) -> SafeString | str:
        return moment(getattr(row, field))

    return column
