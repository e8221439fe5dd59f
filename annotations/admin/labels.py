"""The admin's page of label schemes, to look at: a scheme is changed on its project's pages, after a preview."""

from django.contrib import admin

from annotations.admin.base import ReadOnlyAdmin, when
from annotations.models import Label


@admin.register(Label)
class LabelAdmin(ReadOnlyAdmin):
    """Labels; one that is not given any more is archived, and stays where it was given."""

    projects = "project"
    list_display = ["key", "kind", "title_fa", "title_en", "color", "shortcut", "order", "project", when("archived_at")]
    list_filter = ["project", "kind", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["project"]
    search_fields = ["key", "title_fa", "title_en"]
