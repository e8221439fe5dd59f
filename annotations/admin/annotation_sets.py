"""The admin's pages of annotations and their history, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ReadOnlyAdmin
from annotations.models import AnnotationSet, Relation, Revision, Span
from annotations.records import quote_of


@admin.register(AnnotationSet)
class AnnotationSetAdmin(ReadOnlyAdmin):
    """Whose work, how far."""

    list_display = ["article", "project", "kind", "annotator", "pseudonym", "status", "version", "updated_at"]
    list_filter = ["project", "kind", "status"]
    list_select_related = ["article", "project", "annotator"]
    search_fields = ["article__headline", "pseudonym", "annotator__username", "uid"]
    date_hierarchy = "updated_at"


@admin.register(Span)
class SpanAdmin(ReadOnlyAdmin):
    """Labelled pieces of texts."""

    list_display = ["quote", "label", "start", "end", "entity", "annotation_set"]
    list_filter = ["label__project", "label"]
    list_select_related = ["label", "entity", "annotation_set__article"]
    search_fields = ["uid", "entity__name", "annotation_set__article__headline"]

    @admin.display(description=_("quote"))
    def quote(self, span: Span) -> str:
        """What stands there."""
        return quote_of(span.annotation_set.article.text, span.ranges)


@admin.register(Relation)
class RelationAdmin(ReadOnlyAdmin):
    """Attributions and stances."""

    list_display = ["uid", "label", "head_kind", "via_kind", "tail_kind", "attributes", "annotation_set"]
    list_filter = ["label__project", "label"]
    list_select_related = ["label", "annotation_set__article"]
    search_fields = ["uid", "annotation_set__article__headline"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """The append-only history."""

    list_display = ["annotation_set", "version", "actor", "created_at", "op_id"]
    list_select_related = ["annotation_set__article", "actor"]
    search_fields = ["op_id", "annotation_set__article__headline", "actor__username"]
    date_hierarchy = "created_at"
