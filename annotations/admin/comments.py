"""The admin's page of comments, to look at."""

from django.contrib import admin

from annotations.admin.base import ReadOnlyAdmin
from annotations.models import Comment


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Who said what about whose work; deleted ones included."""

    list_display = ["text", "author", "annotation_set", "created_at", "resolved_at", "deleted_at"]
    list_filter = ["annotation_set__project", "resolved_at", "deleted_at"]
    list_select_related = ["author", "annotation_set__article"]
    search_fields = ["text", "uid", "author__username", "annotation_set__article__headline"]
    date_hierarchy = "created_at"
