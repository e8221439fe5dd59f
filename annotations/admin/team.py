"""The admin's pages of teamwork, to look at: verdicts, versions of scheme and guideline, notices, messages sent."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ReadOnlyAdmin, when
from annotations.models import (
    AdjudicationStep,
    Delivery,
    GuidelineVersion,
    Notification,
    PriorityStep,
    ProjectChange,
    Provenance,
    Relabelling,
    SchemeDraft,
    SchemeVersion,
    Verdict,
    Webhook,
)


@admin.register(Verdict)
class VerdictAdmin(ReadOnlyAdmin):
    """How a disagreement was decided."""

    sets = "gold"
    list_display = ["gold", "kind", "unit", "error_type", "by", when("at")]
    list_filter = ["kind", "error_type", "gold__project"]
    list_select_related = ["gold__article", "by"]
    search_fields = ["unit", "note", "by__username", "gold__article__headline"]


@admin.register(AdjudicationStep)
class AdjudicationStepAdmin(ReadOnlyAdmin):
    """What an adjudicator did at once, and whether it was taken back."""

    sets = "gold"
    list_display = ["gold", "unit", "by", when("at"), when("undone_at", _("undone"))]
    list_filter = ["gold__project"]
    list_select_related = ["gold__article", "by"]
    search_fields = ["unit", "by__username", "gold__article__headline"]


@admin.register(ProjectChange)
class ProjectChangeAdmin(ReadOnlyAdmin):
    """Which settings and members of a project were changed, and by whom."""

    managed = "project"
    list_display = ["project", "changes", "member", "by", when("at")]
    list_filter = ["project"]
    list_select_related = ["project", "member", "by"]
    search_fields = ["project__title", "by__username", "member__username"]


@admin.register(Provenance)
class ProvenanceAdmin(ReadOnlyAdmin):
    """Where an annotation of a gold set comes from."""

    sets = "gold"
    list_display = ["gold", "uid", "sources", "verdict"]
    list_filter = ["gold__project"]
    list_select_related = ["gold__article", "verdict"]
    search_fields = ["uid", "gold__article__headline"]


@admin.register(SchemeVersion)
class SchemeVersionAdmin(ReadOnlyAdmin):
    """A project's labels as they were published."""

    projects = "project"
    list_display = ["project", "number", "note", "by", when("published_at", _("published"))]
    list_filter = ["project"]
    list_select_related = ["project", "by"]
    search_fields = ["note", "project__title"]


@admin.register(Relabelling)
class RelabellingAdmin(ReadOnlyAdmin):
    """Which labels a version merged into others, and what was taken back."""

    projects = "version__project"
    list_display = ["version", "merges", "undoes", "by", when("at", _("time"))]
    list_filter = ["version__project"]
    list_select_related = ["version__project", "undoes__version__project", "by"]
    search_fields = ["version__project__title"]


@admin.register(PriorityStep)
class PriorityStepAdmin(ReadOnlyAdmin):
    """Which priorities articles were given in one step."""

    managed = "project"
    list_display = ["project", "after", "by", when("at"), when("undone_at", _("undone"))]
    list_filter = ["project"]
    list_select_related = ["project", "by"]
    search_fields = ["project__title"]


@admin.register(SchemeDraft)
class SchemeDraftAdmin(ReadOnlyAdmin):
    """Changes of a scheme that nobody has published yet."""

    managed = "project"
    list_display = ["project", "base", "by", when("updated_at", _("changed"))]
    list_select_related = ["project", "by"]
    search_fields = ["project__title"]


@admin.register(GuidelineVersion)
class GuidelineVersionAdmin(ReadOnlyAdmin):
    """A project's guideline as it was published."""

    projects = "project"
    list_display = ["project", "number", "note", "by", when("published_at", _("published"))]
    list_filter = ["project"]
    list_select_related = ["project", "by"]
    search_fields = ["text", "note", "project__title"]


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """Who was told what; staff see their own, admins all."""

    list_display = ["user", "kind", "annotation_set", "actor", when("created_at"), when("read_at", _("read"))]
    list_filter = ["kind", ("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "actor", "annotation_set__article"]
    search_fields = ["user__username"]

    def _seen_by(self, request: HttpRequest) -> Q:
        return Q(user=request.user.pk)


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    """Which programs are told of a project's events; what signs the messages is shown to nobody."""

    managed = "project"
    list_display = ["url", "project", "active", "by", when("created_at", _("created"))]
    list_filter = ["active", "project"]
    list_select_related = ["project", "by"]
    search_fields = ["url"]
    exclude = ["secret"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What became of each message to such a program."""

    managed = "webhook__project"
    list_display = [
        "event",
        "webhook",
        "state",
        "attempts",
        "status_code",
        when("created_at"),
        when("ended_at", _("ended")),
    ]
    list_filter = ["state", "event", "webhook__project"]
    list_select_related = ["webhook__project"]
    search_fields = ["uid", "webhook__url", "error"]
