"""The admin's pages of stories and of what corrections left behind, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from annotations.admin.base import ReadOnlyAdmin, when
from annotations.admin.people import NamingAdmin
from annotations.models import StoryBand, StoryMember, Uncarried


@admin.register(StoryMember)
class StoryMemberAdmin(ReadOnlyAdmin):
    """Which article stands in which story."""

    articles = "article"
    list_display = ["article", "story", "cut"]
    list_select_related = ["article"]
    search_fields = ["=story", "article__headline"]
    exclude = ["sketch"]


@admin.register(StoryBand)
class StoryBandAdmin(ReadOnlyAdmin):
    """By which pieces of its fingerprint an article finds its story."""

    articles = "member__article"
    list_display = ["member", "band", "value"]
    list_select_related = ["member__article"]
    search_fields = ["=member__story"]


@admin.register(Uncarried)
class UncarriedAdmin(NamingAdmin):
    """What did not come along to a corrected article, and what was decided."""

    people = ("decided_by",)
    sets = "annotation_set"
    list_display = [
        "annotation_set", "is_relation", "outcome", "decision", "decided_by", when("decided_at", _("decided")),
    ]  # fmt: skip
    list_filter = ["outcome", "decision", "annotation_set__project"]
    list_select_related = ["annotation_set__article", "decided_by"]
    search_fields = ["annotation_set__article__headline"]
