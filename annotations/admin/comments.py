"""The admin's pages of comments and of who has read them, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import when
from annotations.admin.people import NamingAdmin
from annotations.models import Comment, ReadMark


@admin.register(Comment)
class CommentAdmin(NamingAdmin):
    """Who said what about whose work; deleted ones included."""

    people = ("author", "resolved_by")
    sets = "annotation_set"
    list_display = [
        "text", "author", "annotation_set", when("created_at"), when("resolved_at", _("resolved")),
        when("deleted_at", _("deleted")),
    ]  # fmt: skip
    list_filter = [
        "annotation_set__project", ("resolved_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["author", "annotation_set__article"]
    search_fields = ["text", "uid", "author__username", "annotation_set__article__headline"]


@admin.register(ReadMark)
class ReadMarkAdmin(NamingAdmin):
    """How far somebody has read the comments of a set."""

    people = ("user",)
    sets = "annotation_set"
    list_display = ["user", "annotation_set", "upto"]
    list_filter = ["annotation_set__project"]
    list_select_related = ["user", "annotation_set__article"]
    search_fields = ["user__username", "annotation_set__article__headline"]
