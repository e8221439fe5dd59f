"""The admin's pages of what is read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ScopedAdmin, when
from annotations.models import AnnotationSet, Article, ProjectArticle, Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """Outlets."""

    list_display = ["name", "domain"]
    search_fields = ["name", "domain"]


@admin.register(Article)
class ArticleAdmin(ScopedAdmin):
    """Articles; what stands on the text can be corrected, the text never."""

    articles = "pk"
    list_display = [
        "headline", "source", when("published_at", _("published")), "length", "language",
        when("created_at", _("added")),
    ]  # fmt: skip
    list_filter = ["source", "language"]
    list_select_related = ["source"]
    search_fields = ["headline", "url", "uid"]
    readonly_fields = ["uid", "text", "text_sha256", "length", "sections", "supersedes", "added_by", "created_at"]
    fields = [
        "headline", "source", "url", "author", "published_at", "language", "meta", "text", "sections", "length",
        "text_sha256", "uid", "supersedes", "added_by", "created_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Lists leave the texts in the database."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        listed = match and match.url_name and match.url_name.endswith("changelist")
        return rows.defer("text") if listed else rows

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Articles come in by import, which freezes the text."""
        return False


@admin.register(ProjectArticle)
class ProjectArticleAdmin(ScopedAdmin):
    """Which article stands in which project."""

    projects = "project"
    list_display = ["article", "project", "priority", "taken", when("added_at", _("added"))]
    list_filter = ["project"]
    list_select_related = ["article", "project"]
    search_fields = ["article__headline"]
    autocomplete_fields = ["article", "project"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A place is made or taken away, not turned into another."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ProjectArticle | None = None) -> bool:
        """Only where nobody has worked: the work would vanish from exports."""
        works = AnnotationSet.objects.filter(project=obj.project_id, article=obj.article_id) if obj else None
        return super().has_delete_permission(request, obj) and works is not None and not works.exists()
