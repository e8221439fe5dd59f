"""The admin's pages of label schemes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from annotations.admin.base import ReadOnlyAdmin
from annotations.models import ArticleLabel, Label


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin):
    """Labels; a key that records name can't be changed here, and a label is archived rather than deleted."""

    list_display = ["key", "kind", "title_fa", "title_en", "color", "shortcut", "order", "project", "archived_at"]
    list_filter = ["project", "kind"]
    list_select_related = ["project"]
    search_fields = ["key", "title_fa", "title_en"]

    def get_readonly_fields(self, request: HttpRequest, obj: Label | None = None) -> list[str]:
        """Key, kind and project are fixed once the label is there."""
        return ["key", "kind", "project"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a label that nothing uses can go."""
        if obj is None:
            return False
        return not (obj.spans.exists() or obj.relations.exists() or obj.article_labels.exists())


@admin.register(ArticleLabel)
class ArticleLabelAdmin(ReadOnlyAdmin):
    """Values said of whole articles."""

    list_display = ["annotation_set", "label", "topic", "value"]
    list_filter = ["label__project", "label"]
    list_select_related = ["annotation_set__article", "label", "topic"]
    search_fields = ["value", "annotation_set__article__headline"]
