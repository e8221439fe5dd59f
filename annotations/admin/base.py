"""What do the admin's pages share?"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class KeyedAdmin(admin.ModelAdmin):
    """Rows that histories and records name by key: key and project stay what they were made as."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What is fixed once the row is there."""
        return ["key", "project"] if obj else []


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that are looked at and never changed here: edits go through operations, history is append-only."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds such rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes such rows by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes such rows by hand."""
        return False
