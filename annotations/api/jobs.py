"""/jobs/: long runs: how far they are, what went wrong in them, and the hand on them."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import policy
from annotations.actions import jobs
from annotations.api.serializers import ProblemSerializer
from annotations.errors import NewsroomError
from annotations.forms.told import told
from annotations.jobs import report, runner
from annotations.models import Job, Project, User
from annotations.queries.jobs import progress
from annotations.queries.selection import FilterInvalid


class JobFileSerializer(serializers.Serializer[Any]):
    """A file that a job reads, and what became of its records."""

    name = serializers.CharField()
    size = serializers.IntegerField()
    importer = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job, how far it is, and what became of its records."""

    project = serializers.SlugRelatedField[Project](slug_field="slug", read_only=True)
    by = serializers.SlugRelatedField[User](slug_field="username", read_only=True)
    state = serializers.SerializerMethodField(help_text="`interrupted` goes on by itself once a worker is there.")
    rate = serializers.SerializerMethodField(help_text="Records a second.")
    remaining = serializers.SerializerMethodField(help_text="Seconds.")
    lacks_worker = serializers.SerializerMethodField(help_text="Whether it waits and no worker is there.")
    message = serializers.SerializerMethodField(help_text="Why it failed, in the caller's language.")
    article = serializers.IntegerField(
        source="result.article", default=None, allow_null=True, read_only=True,
        help_text="The one article that was stored.",
    )  # fmt: skip
    files = JobFileSerializer(many=True, read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = Job
        fields = [
            "id", "kind", "project", "by", "state", "unit", "done", "total", "counts", "rate", "remaining",
            "lacks_worker", "message", "article", "files", "created_at", "started_at", "finished_at",
        ]  # fmt: skip

    def to_representation(self, instance: Job) -> dict[str, Any]:
        """Works out the progress once for all of its fields."""
        self._seen = progress(instance)
        return super().to_representation(instance)

    def get_state(self, job: Job) -> str:
        """The state at this moment."""
        return self._seen.state

    def get_rate(self, job: Job) -> float | None:
        """Records a second, while it runs."""
        return self._seen.rate

    def get_remaining(self, job: Job) -> float | None:
        """Seconds that are left at this rate."""
        return self._seen.remaining

    def get_lacks_worker(self, job: Job) -> bool:
        """Whether nobody is there to run it."""
        return self._seen.lacks_worker

    @extend_schema_field(str)
    def get_message(self, job: Job) -> str:
        """Why it failed."""
        return told(NewsroomError(code="", message=job.message, data=job.error)) if job.message else ""


PASSED = {409: OpenApiResponse(ProblemSerializer, "The job is not in a state for that")}


class JobFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which jobs a list shows."""

    project = filters.CharFilter(field_name="project__slug")

    class Meta:
        model = Job
        fields = ["kind", "state"]


class JobViewSet(viewsets.ReadOnlyModelViewSet[Job]):
    """The caller's jobs, and those of the projects they manage."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer
    filterset_class = JobFilter

    def get_queryset(self) -> QuerySet[Job]:
        """The jobs the caller may see."""
        runner.look_after()
        return policy.visible_jobs(self.request.user).select_related("project", "by").prefetch_related("files")

    @extend_schema(request=None, responses={200: JobSerializer} | PASSED)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Ends the job after the chunk it is at; what was stored stands."""
        jobs.cancel(self.get_object())
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses={200: JobSerializer} | PASSED)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Takes up again what was cancelled, failed or interrupted, after its last chunk."""
        job = self.get_object()
        if not policy.can_run(request.user, job):
            raise PermissionDenied
        runner.resume(job)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        parameters=[OpenApiParameter("format", str, description="`jsonl` (as it is without) or `csv`.")],
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR, (200, "text/csv"): OpenApiTypes.STR},
        filters=False,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def report(self, request: Request, pk: str) -> StreamingHttpResponse:
        """Streams what failed or was noticed, a line for each record, in the order of the file."""
        job = self.get_object()
        name = request.query_params.get("format", "jsonl")
        if name not in report.FORMATS:
            raise FilterInvalid(field="format", value=name, known=", ".join(report.FORMATS))
        return report.report_response(job, name)
