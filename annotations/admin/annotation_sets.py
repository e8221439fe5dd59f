"""The admin's pages of annotation sets: whose work, what stands in it, how it moved on, and moving many of them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.admin.annotations import Quoting
from annotations.admin.base import ReadOnlyInline, when
from annotations.admin.history import move_sentence
from annotations.admin.moves import ACTIONS
from annotations.admin.people import NamingAdmin, with_readers
from annotations.models import AnnotationSet, ArticleLabel, Span, StatusChange
from annotations.queries.annotation_sets import relations_of, spans_of
from annotations.queries.sentences import Sentences
from annotations.templatetags.newsroom import titled


class SpanInline(Quoting, ReadOnlyInline):
    """The spans of a set with their words."""

    model = Span
    fields = readonly_fields = ["quote", "title", "entity", "start", "end"]
    ordering = ["start", "-end", "id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Span]:
        """Spans with label and entity."""
        return super().get_queryset(request).select_related("label", "entity")


class ArticleLabelInline(ReadOnlyInline):
    """What is said of the whole article."""

    model = ArticleLabel
    fields = readonly_fields = ["title", "topic", "value"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleLabel]:
        """Values with label and topic."""
        return super().get_queryset(request).select_related("label", "topic")

    @admin.display(description=_("label"))
    def title(self, row: ArticleLabel) -> str:
        """The label's title in the language of the interface."""
        return titled(row.label)


class StatusChangeInline(ReadOnlyInline):
    """How the work moved on."""

    model = StatusChange
    fields = ["sentence", "note", when("at")]
    readonly_fields = fields
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StatusChange]:
        """Moves with who made them."""
        rows = super().get_queryset(request).select_related("actor", "annotation_set__annotator")
        return with_readers(rows, request, project="annotation_set__project")

    @admin.display(description=_("what was done"))
    def sentence(self, row: StatusChange) -> SafeString:
        """Who did what."""
        return move_sentence(row)


@admin.register(AnnotationSet)
class AnnotationSetAdmin(NamingAdmin):
    """Whose work, how far; accepted, returned, taken away and resumed like everywhere else, by actions/transitions."""

    people, work = ("annotator",), ""
    sets = "pk"
    actions = ACTIONS
    list_display = [
        "article", "project", "kind", "annotator", "pseudonym", "state", "version", when("updated_at", _("changed")),
    ]  # fmt: skip
    list_filter = ["status", "project", "kind"]
    list_select_related = ["article", "project", "annotator"]
    search_fields = ["article__headline", "pseudonym", "annotator__username", "uid"]
    inlines = [StatusChangeInline, SpanInline, ArticleLabelInline]
    fields = [
        "article", "project", "kind", "annotator", "pseudonym", "state", "version", when("created_at", _("created")),
        when("updated_at", _("changed")), when("submitted_at", _("submitted")), "relations", "history",
    ]  # fmt: skip
    readonly_fields = ["state", *fields[7:]]

    @admin.display(description=_("status"), ordering="status")
    def state(self, work: AnnotationSet) -> SafeString:
        """How far the work is, with the dot that it has everywhere."""
        return format_html('<span class="state {}">{}</span>', work.status, work.get_status_display())

    @admin.display(description=_("relations"))
    def relations(self, work: AnnotationSet) -> SafeString | str:
        """What is joined to what."""
        spans = {span.id: span for span in spans_of(work)}
        sentences = Sentences(work.project_id)
        rows = [sentences.named(relation, spans.get) for relation in relations_of(work)]
        return format_html_join("", "<p>{}: <bdi>{}</bdi></p>", rows) or "–"

    @admin.display(description=_("history"))
    def history(self, work: AnnotationSet) -> SafeString:
        """Where to read what was done, and where the work can be seen."""
        return format_html(
            '<a href="{}">{}</a> · <a href="{}?annotation_set__id__exact={}">{}</a> · <a href="{}">{}</a>',
            reverse("set-history", args=[work.pk]), _("Timeline"),
            reverse("admin:annotations_revision_changelist"), work.pk, _("Revisions"),
            reverse("workspace", args=[work.pk]), _("Open the work"),
        )  # fmt: skip
