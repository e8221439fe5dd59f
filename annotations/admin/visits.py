"""The admin's pages of time on task and of warnings, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ReadOnlyAdmin, when
from annotations.admin.people import NamingAdmin
from annotations.models import Dismissal, Visit, WarningTally


@admin.register(Visit)
class VisitAdmin(NamingAdmin):
    """Who worked how long on what."""

    people = ("user",)
    sets = "annotation_set"
    list_display = ["annotation_set", "user", "seconds", when("began_at", _("began")), when("updated_at", _("changed"))]
    list_filter = ["annotation_set__project", "user"]
    list_select_related = ["annotation_set__article", "user"]
    search_fields = ["annotation_set__article__headline", "user__username"]


@admin.register(Dismissal)
class DismissalAdmin(NamingAdmin):
    """Which warnings somebody has put aside."""

    people = ("user",)
    sets = "annotation_set"
    list_display = ["user", "annotation_set", "kind", "thing", when("created_at")]
    list_filter = ["kind", "annotation_set__project"]
    list_select_related = ["user", "annotation_set__article"]
    search_fields = ["user__username", "annotation_set__article__headline"]


@admin.register(WarningTally)
class WarningTallyAdmin(ReadOnlyAdmin):
    """How many warnings a set was handed in with."""

    sets = "annotation_set"
    list_display = ["annotation_set", "kind", "open", "dismissed"]
    list_filter = ["kind", "annotation_set__project"]
    list_select_related = ["annotation_set__article"]
    search_fields = ["annotation_set__article__headline"]
