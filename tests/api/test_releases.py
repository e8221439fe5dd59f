"""Releases over HTTP: cut by a manager, downloaded in pieces that fit together, compared; bad input is told."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.api.ranges import _bounds
from annotations.jobs import runner
from annotations.models import Release, ReleaseFile
from tests.factories import Cast, make_cast, make_set, make_user, perform, span_op

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
URL = "/api/v1/projects/test/releases/"
BODY = {"name": "1.0", "formats": ["jsonl"], "split": {"way": "none"}, "authors": ["گروه"]}


@pytest.fixture
def cast() -> Iterator[Cast]:
    cast = make_cast()
    work = make_set(cast)
    perform(work, span_op(work.article.text, "کیم جونگ اون"))
    yield cast
    runner._warm.clear()


def client_of(cast: Cast, name: str = "manager") -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def cut(cast: Cast, **more: Any) -> Release:
    said = client_of(cast).post(URL, BODY | more, content_type="application/json")
    assert said.status_code == 201, said.content
    release = Release.objects.get(uid=said.json()["id"])
    runner.run_slice(release.job_id, leave=lambda: False)
    return release


def read(client: Client, address: str, **headers: str) -> tuple[int, bytes, Any]:
    response = client.get(address, headers=headers)
    return response.status_code, b"".join(response) if response.streaming else response.content, response.headers


def test_what_a_manager_cuts_a_reviewer_downloads(cast: Cast) -> None:
    cut(cast)
    reviewer = client_of(cast, "reviewer")
    (listed,) = reviewer.get(URL).json()["results"]
    assert (listed["name"], listed["counts"]["total"]["articles"], listed["sealed_at"] is not None) == ("1.0", 1, True)
    for file in listed["files"]:
        status, content, headers = read(reviewer, f"{URL}1.0/files/{file['path']}")
        assert (status, len(content), hashlib.sha256(content).hexdigest()) == (200, file["size"], file["sha256"])
        assert headers["ETag"] == f'"{file["sha256"]}"'
    assert reviewer.post(URL, BODY | {"name": "2"}, content_type="application/json").status_code == 403


def test_a_broken_download_goes_on_where_it_broke(cast: Cast) -> None:
    cut(cast)
    client, address = client_of(cast), f"{URL}1.0/files/records.jsonl"
    _status, whole, headers = read(client, address)
    status, first, part = read(client, address, range="bytes=0-99")
    assert (status, part["Content-Range"]) == (206, f"bytes 0-99/{len(whole)}")
    assert first + read(client, address, range="bytes=100-", **{"If-Range": headers["ETag"]})[1] == whole
    assert read(client, address, range="bytes=-7")[1] == whole[-7:]
    assert read(client, address, range="bytes=100-", **{"If-Range": '"another"'})[:2] == (200, whole)
    assert read(client, address, range=f"bytes={len(whole)}-")[0] == 416
    for nonsense in ("bytes=0-1,5-6", f"bytes={'9' * 5000}-", f"bytes=-{'9' * 5000}"):
        assert read(client, address, range=nonsense)[:2] == (200, whole)
    assert read(client, address, **{"If-None-Match": headers["ETag"]})[:2] == (304, b"")


@settings(max_examples=60)
@given(size=st.integers(1, 50), first=st.integers(0, 60), last=st.integers(0, 60))
def test_a_range_is_what_python_slices(size: int, first: int, last: int) -> None:
    content = bytes(range(size))
    for asked, wanted in (
        ((str(first), str(last)), content[first : last + 1] if first <= last else b""),
        ((str(first), ""), content[first:]),
        (("", str(last)), content[-last:] if last else b""),
    ):
        start, end = _bounds(*asked, size=size)
        assert content[start : end + 1] == wanted


def test_what_a_release_can_not_be_is_told_by_field(cast: Cast) -> None:
    cut(cast)
    for change in (
        {}, {"name": "نسخه"}, {"name": "2", "formats": ["docx"]}, {"name": "2", "filter": {"colour": "red"}},
        {"name": "2", "split": {"way": "story", "shares": [80, 10, 20]}}, {"name": "2", "filter": {"source": "x"}},
        {"name": "2", "split": {"way": "date"}}, {"name": "2", "dated": "0001-01-01"},
        {"name": "2", "dated": "9999-12-31"},
        {"name": "2", "split": {"way": "date", "dev_from": "0001-01-01", "test_from": "2024-01-01"}},
    ):  # fmt: skip
        said = client_of(cast).post(URL, BODY | change, content_type="application/json")
        assert said.status_code == 422, (change, said.content)
    assert Release.objects.count() == 1


def test_two_releases_are_compared_and_nothing_is_there_of_one_that_is_not_sealed(cast: Cast) -> None:
    cut(cast)
    work = make_set(cast, "خبری دیگر")
    cut(cast, name="1.1")
    client = client_of(cast)
    found = client.get(f"{URL}1.1/difference/").json()
    assert found["articles"] == {"added": 1, "removed": 0, "changed": 0}
    turned = client.get(f"{URL}1.0/difference/?against=1.1").json()
    assert turned["articles"] == {"added": 0, "removed": 1, "changed": 0}
    assert [case["headline"] for case in turned["cases"]] == [work.article.text]
    client.post(URL, BODY | {"name": "1.2"}, content_type="application/json")
    ReleaseFile.objects.create(
        release=Release.objects.get(name="1.2"), path="records.jsonl", media_type="x", size=0, sha256="0" * 64
    )
    unsealed = ("1.2/files/records.jsonl", "1.2/difference/", "1.1/difference/?against=1.2")
    assert {client.get(f"{URL}{path}").status_code for path in unsealed} == {404}


def test_a_name_that_holds_nul_is_no_releases_and_no_files(cast: Cast) -> None:
    cut(cast)
    client = client_of(cast)
    for path in ("1%00/", "1%00/difference/", "1.0/difference/?against=1%00", "1.0/files/records%00", "1%00/files/x"):
        assert client.get(f"{URL}{path}").status_code == 404, path


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    cut(cast)
    client = Client()
    client.force_login(make_user("somebody"))
    assert {client.get(f"{URL}{path}").status_code for path in ("", "1.0/", "1.0/files/README.md")} == {404}
