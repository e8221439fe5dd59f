"""The admin's pages of what was done to many sets at once, to look at: it is taken back where it was done."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations import policy
from annotations.admin.base import when
from annotations.admin.people import NamingAdmin
from annotations.models import BulkEdit, BulkEditPart, Propagation


@admin.register(BulkEdit)
class BulkEditAdmin(NamingAdmin):
    """Who changed many sets in one step."""

    people, work, maker = ("made_by",), None, "made_by"
    reviewed, own = "project", ("made_by", "project")
    list_display = ["uid", "project", "made_by", "about", when("created_at"), when("undone_at", _("undone"))]
    list_filter = ["project", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["project", "made_by"]
    search_fields = ["uid", "made_by__username"]


@admin.register(BulkEditPart)
class BulkEditPartAdmin(NamingAdmin):
    """What such a step did to one set; who made it while they reviewed sees of it later what they may still read."""

    reviewed, own = "bulk_edit__project", ("bulk_edit__made_by", "bulk_edit__project")
    list_display = ["bulk_edit", "annotation_set", "made_by", when("undone_at", _("undone"))]
    list_filter = ["bulk_edit__project"]
    list_select_related = ["bulk_edit__made_by", "annotation_set__article"]
    search_fields = ["bulk_edit__uid", "annotation_set__article__headline"]

    def _seen_by(self, request: HttpRequest) -> Q:
        attended = policy.attended_sets(request.user).order_by().values("pk")
        return super()._seen_by(request) & Q(annotation_set__in=attended)

    @admin.display(description=_("made by"))
    def made_by(self, part: BulkEditPart) -> str:
        """Whose step it was."""
        return self.shown(part, "bulk_edit__made_by") or "–"


@admin.register(Propagation)
class PropagationAdmin(NamingAdmin):
    """Labels that somebody put on the same words in all their open articles."""

    people, work, maker = ("created_by",), None, "created_by"
    reviewed, own = "project", ("created_by", "project")
    list_display = ["words", "label_key", "entity_key", "project", "created_by", "is_done", when("created_at")]
    list_filter = ["project", "label_key"]
    list_select_related = ["project", "created_by"]
    search_fields = ["words", "created_by__username"]

    @admin.display(description=_("stands"), boolean=True)
    def is_done(self, step: Propagation) -> bool:
        """Whether its labels stand."""
        return step.done
