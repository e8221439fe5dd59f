"""The admin's pages of what is worked out from texts and names, to look at: it is made anew when it is gone."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from annotations import policy
from annotations.admin.base import ReadOnlyAdmin, when
from annotations.models import Analysis, EntityName, SearchText


@admin.register(Analysis)
class AnalysisAdmin(ReadOnlyAdmin):
    """Tokens, sentences and the normalised reading of a text."""

    list_display = ["text_sha256", "engine", when("made_at")]
    list_filter = ["engine"]
    search_fields = ["text_sha256"]
    exclude = ["normalised", "alignment", "tokens", "sentences"]
    fields = ["text_sha256", "engine", when("made_at")]
    readonly_fields = fields[2:]

    def _seen_by(self, request: HttpRequest) -> Q:
        """Those of texts that the person may read."""
        return Q(Exists(policy.visible_articles(request.user).filter(text_sha256=OuterRef("text_sha256"))))


@admin.register(SearchText)
class SearchTextAdmin(ReadOnlyAdmin):
    """What the search reads of an article."""

    articles = "article"
    list_display = ["article", "cut"]
    list_select_related = ["article"]
    search_fields = ["=article__uid", "article__headline"]
    exclude = ["words"]


@admin.register(EntityName)
class EntityNameAdmin(ReadOnlyAdmin):
    """By which spellings an entity is found."""

    projects = "project"
    list_display = ["key", "entity", "whole", "project"]
    list_filter = ["project", "whole"]
    list_select_related = ["entity", "project"]
    search_fields = ["key", "entity__name"]
