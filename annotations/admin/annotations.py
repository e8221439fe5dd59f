"""The admin's pages of what stands in the sets, to look at: spans, relations, values of whole articles."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ReadOnlyAdmin
from annotations.models import ArticleLabel, Relation, Span
from annotations.queries.sentences import label_with, quoted
from annotations.records import quote_of
from annotations.templatetags.newsroom import titled


class Quoting(BaseModelAdmin):
    """A mixin for pages of spans that shows their words; of each text comes only what lies between its ends."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Span]:
        """Spans with the text from their first to their last character."""
        extent = Substr("annotation_set__article__text", F("start") + 1, F("end") - F("start"))
        rows: QuerySet[Span] = super().get_queryset(request)
        return rows.annotate(extent=extent)

    @admin.display(description=_("quote"))
    def quote(self, span: Any) -> SafeString:
        """What stands there."""
        ranges = [(start - span.start, end - span.start) for start, end in span.ranges]
        return format_html("<bdi>{}</bdi>", quoted(quote_of(span.extent, ranges)))

    @admin.display(description=_("label"), ordering="label")
    def title(self, span: Span) -> str:
        """The label with its attributes, in the language of the interface."""
        return label_with(span.label, span.attributes)


@admin.register(Span)
class SpanAdmin(Quoting, ReadOnlyAdmin):
    """Labelled pieces of texts."""

    sets = "annotation_set"
    list_display = ["quote", "title", "start", "end", "entity", "annotation_set"]
    list_filter = ["label__project", "label__kind"]
    list_select_related = ["label", "entity", "annotation_set__article"]
    search_fields = ["uid", "entity__name", "annotation_set__article__headline"]


@admin.register(Relation)
class RelationAdmin(ReadOnlyAdmin):
    """Attributions and stances."""

    sets = "annotation_set"
    list_display = ["uid", "label", "head_kind", "via_kind", "tail_kind", "attributes", "annotation_set"]
    list_filter = ["label__project", "label__kind"]
    list_select_related = ["label", "annotation_set__article"]
    search_fields = ["uid", "annotation_set__article__headline"]


@admin.register(ArticleLabel)
class ArticleLabelAdmin(ReadOnlyAdmin):
    """Values said of whole articles."""

    sets = "annotation_set"
    list_display = ["annotation_set", "title", "topic", "value"]
    list_filter = ["label__project", "value"]
    list_select_related = ["annotation_set__article", "label", "topic"]
    search_fields = ["value", "annotation_set__article__headline"]

    @admin.display(description=_("label"), ordering="label")
    def title(self, row: ArticleLabel) -> str:
        """The label's title in the language of the interface."""
        return titled(row.label)
