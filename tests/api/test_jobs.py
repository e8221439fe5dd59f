"""Jobs over the API: an import that does not wait, how far it is, its report, the hand on it."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from annotations.actions import import_jobs
from annotations.models import Article, Job, JobProblem
from tests.factories import Cast, make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
LINES = '{"text": "یک"}\nbad\n{"text": "دو"}\n{"text": "یک"}\n'.encode()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def client_of(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def begun(cast: Cast) -> tuple[APIClient, dict[str, Any]]:
    client = client_of(cast.manager)
    answer = client.generic(
        "POST", "/api/v1/projects/test/import/?format=jsonl&wait=false", LINES, content_type="application/octet-stream"
    )
    assert answer.status_code == 202
    assert answer.headers["Location"].endswith(f"/api/v1/jobs/{answer.json()['id']}/")
    return client, answer.json()


def work() -> None:
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def test_an_import_that_does_not_wait_answers_with_a_job_that_a_worker_runs(cast: Cast) -> None:
    client, job = begun(cast)
    assert (job["state"], job["project"], job["by"]) == ("waiting", "test", "manager")
    assert not Article.objects.exists()
    work()
    job = client.get(f"/api/v1/jobs/{job['id']}/").json()
    assert (job["state"], job["done"], job["total"]) == ("done", len(LINES), len(LINES))
    assert {name: job["counts"][name] for name in ("stored", "skipped", "failed")} == {
        "stored": 2, "skipped": 1, "failed": 1,
    }  # fmt: skip
    assert job["files"][0]["counts"]["stored"] == 2
    assert [found["id"] for found in client.get("/api/v1/jobs/?state=done&project=test").json()["results"]] == [
        job["id"]
    ]


def test_the_same_import_that_waits_answers_with_the_same_numbers(cast: Cast) -> None:
    answer = client_of(cast.manager).generic(
        "POST", "/api/v1/projects/test/import/?format=jsonl", LINES, content_type="application/octet-stream"
    )
    assert [answer.json()[name] for name in ("stored", "skipped", "failed")] == [2, 1, 1]
    assert not Job.objects.exists()


def test_a_job_is_cancelled_once_and_goes_on_when_asked(cast: Cast) -> None:
    client, job = begun(cast)
    assert client.post(f"/api/v1/jobs/{job['id']}/cancel/").json()["state"] == "cancelled"
    refused = client.post(f"/api/v1/jobs/{job['id']}/cancel/")
    assert (refused.status_code, refused.json()["title"]) == (409, "job_ended")
    assert client.post(f"/api/v1/jobs/{job['id']}/resume/").json()["state"] == "waiting"
    work()
    assert Article.objects.count() == 2
    assert client.post(f"/api/v1/jobs/{job['id']}/resume/").json()["title"] == "job_not_resumable"


def test_who_may_no_longer_import_may_still_cancel_but_not_go_on(cast: Cast) -> None:
    client, job = begun(cast)
    cast.project.memberships.filter(user=cast.manager).update(role="reviewer")
    assert client.post(f"/api/v1/jobs/{job['id']}/cancel/").status_code == 200
    assert client.post(f"/api/v1/jobs/{job['id']}/resume/").status_code == 403


def test_the_report_names_each_record_in_csv_and_json_lines(cast: Cast) -> None:
    client, job = begun(cast)
    work()
    rows = [json.loads(line) for line in client.get(f"/api/v1/jobs/{job['id']}/report/").getvalue().splitlines()]
    assert [(row["place"], row["severity"], row["code"]) for row in rows] == [(2, "failure", "not_a_record")]
    text = client.get(f"/api/v1/jobs/{job['id']}/report/?format=csv").getvalue().decode("utf-8-sig")
    assert [row["record"] for row in csv.DictReader(io.StringIO(text))] == ["2"]
    assert client.get(f"/api/v1/jobs/{job['id']}/report/?format=xls").status_code == 422


def test_no_cell_of_the_report_is_a_formula(cast: Cast) -> None:
    job = import_jobs.draft_import(cast.project, by=cast.manager)
    job.files.create(place=0, name="=HYPERLINK(1).jsonl")
    for message in ("=1+1", "+1", "-1", "@x", "\tx", "سالم"):
        JobProblem.objects.create(job=job, place=1, severity="failure", code="x", message="{x}", data={"x": message})
    text = client_of(cast.manager).get(f"/api/v1/jobs/{job.pk}/report/?format=csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["file"][:2] for row in rows} == {"'="}
    assert [row["message"] for row in rows] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "سالم"]


def test_a_report_of_any_length_takes_a_constant_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    job = import_jobs.draft_import(cast.project, by=cast.manager)
    job.files.create(place=0, name="a")
    JobProblem.objects.bulk_create(
        JobProblem(job=job, place=at, severity="remark", code="x", message="x") for at in range(2000)
    )
    client = client_of(cast.manager)
    with django_assert_max_num_queries(6):
        assert len(client.get(f"/api/v1/jobs/{job.pk}/report/").getvalue().splitlines()) == 2000
