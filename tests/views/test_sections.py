"""Where do a project's sections stand? Also on the pages of it whose address does not name it."""

import re

import pytest
from django.test import Client

from annotations.models import Job, JobState
from tests.factories import Cast, make_cast, make_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def sections(html: str) -> tuple[list[str], list[str]]:
    """Returns the addresses that the project's bar leads to, and which of them the page belongs to."""
    bar = re.search(r'<nav class="sections".*?</nav>', html, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?', bar[0]) if bar else []
    return [address for address, _here in links], [address for address, here in links if here]


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


@pytest.mark.parametrize(
    ("kind", "belongs"),
    [("import", ""), ("agreement", "agreement/"), ("release", "releases/"), ("relabelling", "scheme/")],
)
def test_a_job_stands_in_the_section_that_it_was_begun_in(cast: Cast, kind: str, belongs: str) -> None:
    job = Job.objects.create(kind=kind, project=cast.project, by=cast.manager, state=JobState.DONE)
    leads, here = sections(client_of("manager").get(f"/jobs/{job.pk}/").content.decode())
    assert "/projects/test/settings/" in leads
    assert here == [f"/projects/test/{belongs}"]


def test_a_job_of_no_project_has_no_sections(cast: Cast) -> None:
    job = Job.objects.create(kind="index", by=cast.manager, state=JobState.DONE)
    assert sections(client_of("manager").get(f"/jobs/{job.pk}/").content.decode()) == ([], [])


@pytest.mark.parametrize("page", ["history", "compare"])
def test_the_history_of_a_work_leads_back_by_what_the_persons_role_lets_them_see(cast: Cast, page: str) -> None:
    work = make_set(cast)
    leads, here = sections(client_of("annotator").get(f"/sets/{work.pk}/{page}/").content.decode())
    assert "/projects/test/" in leads
    assert "/projects/test/settings/" not in leads
    assert here == []
