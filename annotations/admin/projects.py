"""The admin's pages of projects, their people and their knowledge base."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from annotations.actions.entities import index_names
from annotations.admin.base import KeyedAdmin
from annotations.models import Entity, Membership, Project, Topic


class MembershipInline(admin.TabularInline):
    """A project's people."""

    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    """Projects with their people."""

    list_display = ["title", "slug", "preset", "overlap", "self_assign", "created_at"]
    search_fields = ["title", "title_en", "slug"]
    # What has versions is changed on its own page, so that none is missing.
    readonly_fields = ["guideline", "guideline_version", "scheme_version"]
    inlines = [MembershipInline]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Who does what where."""

    list_display = ["user", "project", "role", "pseudonym"]
    list_filter = ["role", "project"]
    list_select_related = ["user", "project"]
    search_fields = ["user__username", "pseudonym"]
    autocomplete_fields = ["user", "project"]


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
