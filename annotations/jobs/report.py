"""How does the report of what went wrong leave? Streamed, a line for each problem: as CSV for people, as JSON Lines."""

from collections.abc import Iterator

import msgspec
from django.http import StreamingHttpResponse
from django.utils import translation

from annotations.exporters.spreadsheet import rows_as_csv
from annotations.jobs.told import told
from annotations.models import Job
from annotations.queries.jobs import all_problems

COLUMNS = ("file", "record", "severity", "code", "message")


def as_csv(job: Job) -> Iterator[bytes]:
    """Yields the lines of a CSV that opens in spreadsheets, Persian included."""
    return rows_as_csv(_rows(job, translation.get_language()), COLUMNS)


def _rows(job: Job, language: str) -> Iterator[tuple[object, ...]]:
    names = _names(job)
    for problem in all_problems(job):
        with translation.override(language):
            cells = (names[problem.file], problem.place, problem.severity, problem.code, told(problem))
        yield cells


def as_jsonl(job: Job) -> Iterator[str]:
    """Yields a JSON object for each problem, with the values that its message was filled from."""
    names, language = _names(job), translation.get_language()
    for problem in all_problems(job):
        with translation.override(language):
            detail = told(problem)
        row = {
            "file": names[problem.file], "place": problem.place, "severity": problem.severity, "code": problem.code,
            "detail": detail, "data": problem.data,
        }  # fmt: skip
        yield msgspec.json.encode(row).decode() + "\n"


def _names(job: Job) -> dict[int, str]:
    return dict(job.files.values_list("place", "name"))


FORMATS = {"csv": (as_csv, "text/csv"), "jsonl": (as_jsonl, "application/x-ndjson")}


def report_response(job: Job, name: str) -> StreamingHttpResponse:
    """Returns a job's report in one of FORMATS, as a file that streams."""
    lines, media_type = FORMATS[name]
    headers = {"Content-Disposition": f'attachment; filename="job-{job.pk}-report.{name}"'}
    return StreamingHttpResponse(lines(job), content_type=f"{media_type}; charset=utf-8", headers=headers)
