"""The admin's pages of releases, to look at: they are cut on the project's page and changed nowhere."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations import policy
from annotations.admin.base import ReadOnlyAdmin, when
from annotations.models import ChangeClock, Release, ReleaseFile


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """Data sets that were frozen."""

    list_display = ["name", "project", "dated", "by", when("sealed_at", _("sealed")), "sha256"]
    list_filter = ["project"]
    list_select_related = ["project", "by"]
    search_fields = ["name", "uid", "sha256", "project__title"]

    def _seen_by(self, request: HttpRequest) -> Q:
        return Q(pk__in=policy.visible_releases(request.user).values("pk"))


@admin.register(ReleaseFile)
class ReleaseFileAdmin(ReadOnlyAdmin):
    """What lies in the storage of each."""

    list_display = ["path", "release", "size", "sha256", "media_type"]
    list_filter = ["release__project"]
    list_select_related = ["release__project"]
    search_fields = ["path", "sha256", "release__name"]

    def _seen_by(self, request: HttpRequest) -> Q:
        return Q(release__in=policy.visible_releases(request.user).values("pk"))


@admin.register(ChangeClock)
class ChangeClockAdmin(ReadOnlyAdmin):
    """Which database this is; pulls go by it."""

    list_display = ["database", "value"]
    search_fields = ["database"]
