"""The admin's pages of jobs, to look at: they are started, cancelled and resumed on their own pages."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations import policy
from annotations.admin.base import ReadOnlyAdmin, when
from annotations.models import Job, JobFile, JobProblem, WorkerMark


class JobScopedAdmin(ReadOnlyAdmin):
    """Rows of jobs: `jobs` names the way to them from a row; staff see those that they see anywhere."""

    jobs = "job"

    def _seen_by(self, request: HttpRequest) -> Q:
        return Q(**{f"{self.jobs}__in": policy.visible_jobs(request.user).order_by().values("pk")})


@admin.register(Job)
class JobAdmin(JobScopedAdmin):
    """What was run, by whom, and how far it came."""

    jobs = "pk"
    exclude = ["params", "pace"]
    list_display = [
        "id", "kind", "project", "by", "state", "done", "total", when("heartbeat", _("last sign of life")),
        when("created_at", _("created")),
    ]  # fmt: skip
    list_filter = ["kind", "state", "project"]
    list_select_related = ["project", "by"]
    search_fields = ["uid", "by__username", "project__title"]


@admin.register(JobFile)
class JobFileAdmin(JobScopedAdmin):
    """Which files a job reads."""

    list_display = ["name", "job", "size", "importer", "counts"]
    list_select_related = ["job"]
    search_fields = ["name", "url"]
    exclude = ["path", "file"]


@admin.register(JobProblem)
class JobProblemAdmin(JobScopedAdmin):
    """What went wrong with which record."""

    list_display = ["job", "file", "place", "severity", "code", "message"]
    list_filter = ["severity", "job__project"]
    list_select_related = ["job"]
    search_fields = ["code"]


@admin.register(WorkerMark)
class WorkerMarkAdmin(ReadOnlyAdmin):
    """Which workers are there, and when each last said so."""

    list_display = ["worker", when("seen_at", _("last sign of life"))]
    search_fields = ["worker"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkerMark]:
        """All of them: a worker belongs to no project."""
        return WorkerMark.objects.all()
