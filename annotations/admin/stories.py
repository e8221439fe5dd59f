"""The admin's pages of stories and of what corrections left behind, to look at."""

from django.contrib import admin

from annotations.admin.base import ReadOnlyAdmin
from annotations.models import StoryMember, Uncarried


@admin.register(StoryMember)
class StoryMemberAdmin(ReadOnlyAdmin):
    """Which article stands in which story."""

    list_display = ["article", "story", "cut"]
    list_select_related = ["article"]
    search_fields = ["=story", "article__headline"]
    exclude = ["sketch"]


@admin.register(Uncarried)
class UncarriedAdmin(ReadOnlyAdmin):
    """What did not come along to a corrected article, and what was decided."""

    list_display = ["annotation_set", "is_relation", "outcome", "decision", "decided_by", "decided_at"]
    list_filter = ["outcome", "decision", "annotation_set__project"]
    list_select_related = ["annotation_set__article", "decided_by"]
    search_fields = ["annotation_set__article__headline"]
