"""/projects/{slug}/import/: articles and annotations come in."""

import shutil
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.files import File
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError, PermissionDenied, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations import policy
from annotations.actions.import_jobs import add_upload, checked_options, confirm, draft_import, read_as
from annotations.actions.imports import ImportReport, import_drafts
from annotations.api.format_options import option_parameters
from annotations.api.jobs import JobSerializer
from annotations.api.parsers import UploadParser
from annotations.api.serializers import ImportReportSerializer
from annotations.api.signed import SignedRequest
from annotations.importers import IMPORTERS, Importer, Unreadable
from annotations.importers.mapping import mapped
from annotations.jobs.labels import Choice, said_choices, targets
from annotations.jobs.runner import start
from annotations.models import Job
from annotations.queries.scheme import known_labels
from annotations.queries.selection import FilterInvalid

SPOOLED = 1024 * 1024


OPTIONS = option_parameters(IMPORTERS)


def failure(problem: Unreadable) -> dict[str, object]:
    """Returns what went wrong with a record, in the active language."""
    return {"place": problem.place, "code": problem.code, "detail": _(problem.message).format(**problem.data)}


def report_body(report: ImportReport) -> dict[str, object]:
    """Returns the report as a JSON value."""
    return {
        "stored": report.stored,
        "skipped": report.skipped,
        "failed": report.failed,
        "sets": report.sets,
        "spans": report.spans,
        "relations": report.relations,
        "failures": [failure(problem) for problem in report.failures],
    }


class ImportView(APIView):
    """Reads the body in a format and stores its records in the project."""

    parser_classes = [UploadParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses forms before anything reads them: the body is the file itself."""
        if (request.content_type or "").startswith(("application/x-www-form-urlencoded", "multipart/")):
            raise UnsupportedMediaType(request.content_type)
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="projects_import",
        parameters=[
            OpenApiParameter("format", str, enum=list(IMPORTERS), description="The format, `jsonl` unless said."),
            *OPTIONS,
            OpenApiParameter(
                "map",
                str,
                many=True,
                description="What becomes of a label of the file: `INCOMING=LABEL` for one of the project's, "
                "`INCOMING=-` to leave it out, `INCOMING=+KIND` to make one. As often as needed.",
            ),
            OpenApiParameter(
                "wait", bool, default=True, description="With `false` the answer is a job, at once; a worker runs it."
            ),
        ],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: ImportReportSerializer, 202: JobSerializer},
    )
    def post(self, request: SignedRequest, slug: str) -> Response:
        """Each record is stored wholly or not at all; the report says what became of it."""
        project = get_object_or_404(policy.visible_projects(request.user), slug=slug)
        if not policy.can_upload(request.user, project):
            raise PermissionDenied
        name = request.query_params.get("format", "jsonl")
        if name not in IMPORTERS:
            raise FilterInvalid(field="format", value=name, known=", ".join(IMPORTERS))
        if not hasattr(request.data, "readline"):
            raise ParseError(_("The request has no body."))
        importer, choices = IMPORTERS[name], said_choices(project, request.query_params.getlist("map"))
        told = {one.name: request.query_params[one.name] for one in OPTIONS if one.name in request.query_params}
        options = checked_options(importer, told)
        # Readers look at a file's beginning, some at its end, before they read it; a body can be read but once.
        with SpooledTemporaryFile(max_size=SPOOLED) as body:
            shutil.copyfileobj(request.data, body)
            body.seek(0)
            if request.query_params.get("wait", "").lower() in ("false", "0"):
                job = _queued(draft_import(project, by=request.user), body, importer, options, choices)
                place = request.build_absolute_uri(reverse("api-job-detail", args=[job.pk]))
                return Response(JobSerializer(job).data, status=202, headers={"Location": place})
            items = importer.read(body, options)
            if choices:
                items = mapped(items, targets(choices, {}), known_labels(project))
            return Response(report_body(import_drafts(project, items, by=request.user)))


def _queued(
    job: Job, body: IO[bytes], importer: Importer, options: dict[str, str | bool], choices: list[Choice]
) -> Job:
    """Keeps the body with the job and leaves the rest to a worker; returns the job as it is then."""
    read_as(add_upload(job, File(body, name="body"), name=f"body{importer.suffixes[0]}"), importer.key, options)
    confirm(job, params={"labels": choices}, total=None)
    start(job)
    return Job.objects.get(pk=job.pk)
