"""The admin's pages of jobs, to look at: they are started, cancelled and resumed on their own pages."""

from django.contrib import admin

from annotations.admin.base import ReadOnlyAdmin
from annotations.models import Job, JobProblem


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """What was run, by whom, and how far it came."""

    exclude = ["params", "pace"]
    list_display = ["id", "kind", "project", "by", "state", "done", "total", "heartbeat", "created_at"]
    list_filter = ["kind", "state", "project"]
    list_select_related = ["project", "by"]
    search_fields = ["uid", "by__username", "project__title"]
    date_hierarchy = "created_at"


@admin.register(JobProblem)
class JobProblemAdmin(ReadOnlyAdmin):
    """What went wrong with which record."""

    list_display = ["job", "file", "place", "severity", "code", "message"]
    list_filter = ["severity", "job__project"]
    list_select_related = ["job"]
    search_fields = ["code"]
