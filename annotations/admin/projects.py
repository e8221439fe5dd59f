"""The admin's pages of projects, their people and their knowledge base."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Field, QuerySet
from django.forms import Field as FormField
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations import policy
from annotations.actions.entities import index_names
from annotations.actions.members import add_person, change_role
from annotations.actions.projects import create_project
from annotations.admin.base import KeyedAdmin, ReadOnlyInline, ScopedAdmin, asking, when
from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.models import Entity, Membership, Project, Topic
from annotations.presets import PRESETS
from annotations.presets.base import Preset


def _title(preset: Preset) -> str:
    return preset.title_en if get_language() == "en" else preset.title_fa


class MembershipInline(ReadOnlyInline):
    """A project's people."""

    model = Membership
    fields = readonly_fields = ["user", "role", "pseudonym"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """Memberships with their person, for those who manage the project: pseudonyms stand beside names."""
        managed = policy.managed_projects(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(project__in=managed).select_related("user")


@admin.register(Project)
class ProjectAdmin(ScopedAdmin):
    """Projects with their people; made here like anywhere else, and changed on their own pages."""

    projects = "pk"
    list_display = ["title", "slug", "preset", "overlap", "blind", "deadline", when("created_at", _("created"))]
    list_filter = ["preset", "blind"]
    search_fields = ["title", "title_en", "slug"]
    # What has versions is changed on its own page, so that none is missing.
    readonly_fields = ["guideline", "guideline_version", "scheme_version"]
    inlines = [MembershipInline]
    fields = ["title", "title_en", "slug", "description", "preset", "overlap", "self_assign", "blind", "deadline"]

    def get_fields(self, request: HttpRequest, obj: Project | None = None) -> list[Any]:
        """A project that is there leads to its own page."""
        return ["own_page", *self.fields] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Project | None = None) -> list[str]:
        """Nothing of a project that is there is changed here."""
        return ["own_page", *self.fields] if obj else []

    @admin.display(description=_("changed on"))
    def own_page(self, project: Project) -> SafeString:
        """Where settings, people, labels and guideline are changed."""
        return format_html('<a href="{}">{}</a>', reverse("project", args=[project.slug]), _("the project's page"))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """The scheme to begin with is one of those there are; the address may be left to be made of the title."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "preset" and field is not None:
            field.widget = Select(choices=[(key, _title(preset)) for key, preset in PRESETS.items()])
        elif db_field.name == "slug" and field is not None:
            field.required = False
        return field

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        """Makes the project with the labels of its preset; who makes it manages it."""
        if not change:
            given = {name: form.cleaned_data[name] for name in self.fields}
            obj.pk = create_project(by=asking(request), **given).pk

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A project holds people's work."""
        return False


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """Who does what where, for who manages the project; a pseudonym stays what it was drawn as."""

    managed = "project"
    list_display = ["user", "project", "role", "pseudonym"]
    list_filter = ["role", "project"]
    list_select_related = ["user", "project"]
    search_fields = ["user__username", "pseudonym"]
    autocomplete_fields = ["user"]
    fields = ["user", "project", "role"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who manages a project adds people to it."""
        return super().has_add_permission(request) and policy.managed_projects(request.user).exists()

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """Who manages the project says what its people do."""
        managed = obj is None or policy.can_manage(request.user, obj.project)
        return managed and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        """Person and project are fixed once they belong together."""
        return ["user", "project"] if obj else []

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Makes the person a member, or changes their role, as the project's page does: it is written down."""
        if change:
            change_role(obj, role=form.cleaned_data["role"], by=asking(request))
        else:
            obj.pk = add_person(obj.project, name=obj.user.username, role=obj.role, by=asking(request)).pk

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what is refused is said with why, and nothing of it stays."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except NewsroomError as refusal:
            messages.error(request, told(refusal))
            return redirect(request.get_full_path())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who leaves a project, and what becomes of their work, is settled on its page."""
        return False


@admin.register(Entity)
class EntityAdmin(KeyedAdmin):
    """Things that mentions are linked to; what is saved here is found by its new names."""

    list_display = ["name", "name_en", "label_key", "external_id", "project"]
    list_filter = ["project", "label_key"]
    list_select_related = ["project"]
    search_fields = ["name", "name_en", "key", "external_id"]
    readonly_fields = ["learned", "refused", "created_by", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What is fixed once the row is there, and what edits alone write."""
        return [*super().get_readonly_fields(request, obj), *self.readonly_fields]

    def save_model(self, request: HttpRequest, obj: Entity, form: Any, change: bool) -> None:
        """Saves the entity with the keys of its names."""
        super().save_model(request, obj, form, change)
        index_names([obj])


@admin.register(Topic)
class TopicAdmin(KeyedAdmin):
    """Targets of stances that need no mention."""

    list_display = ["title_fa", "title_en", "key", "project"]
    list_filter = ["project"]
    list_select_related = ["project"]
    search_fields = ["title_fa", "title_en", "key", "proposition"]
