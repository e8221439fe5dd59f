"""The admin's page of time on task, to look at."""

from django.contrib import admin

from annotations.admin.base import ReadOnlyAdmin
from annotations.models import Visit


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    """Who worked how long on what."""

    list_display = ["annotation_set", "user", "seconds", "began_at", "updated_at"]
    list_filter = ["annotation_set__project", "user"]
    list_select_related = ["annotation_set__article", "user"]
    date_hierarchy = "began_at"
