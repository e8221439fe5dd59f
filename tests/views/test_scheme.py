"""The label editor's page: how far annotations have followed a merge, and a merge taken back from its versions."""

import re

import msgspec
import pytest
from django.test import Client

from annotations.actions import relabelling, schemes
from annotations.jobs import relabelling as following
from annotations.models import Project, SchemeVersion, Span
from annotations.queries.scheme_labels import published_labels
from tests.factories import Cast, make_cast, make_set, op, perform, span_op

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def manager(cast: Cast) -> Client:
    cast.manager.language = "en"
    cast.manager.save()
    client = Client()
    client.force_login(cast.manager)
    return client


def merged(project: Project, cast: Cast, client: Client) -> dict[str, int | None]:
    """Has LOC merged into FAC by way of the API."""
    labels = [msgspec.structs.replace(one, into="FAC" if one.key == "LOC" else "") for one in published_labels(project)]
    schemes.save_draft(project, labels, by=cast.manager)
    return client.post("/api/v1/projects/test/scheme/publish/", {}, content_type="application/json").json()


def test_a_merge_is_taken_back_from_the_list_of_versions_with_a_report(cast: Cast, manager: Client) -> None:
    work = make_set(cast)
    perform(work, *(span_op(work.article.text, word, "LOC") for word in ("روسیه", "تهران")))
    assert merged(cast.project, cast, manager)["job"] is None
    page = manager.get("/projects/test/scheme/").content.decode()
    assert 'action="/projects/test/scheme/versions/2/undo/"' in page
    span = Span.objects.get(start=work.article.text.index("روسیه"))
    perform(work, op("span.update", id=span.uid, attributes={"mention": "name"}))
    answer = manager.post("/projects/test/scheme/versions/2/undo/", follow=True)
    report = re.sub(r"\s+", " ", answer.content.decode())
    assert "<dt>given the other label</dt><dd>1</dd>" in report
    assert "<dt>left as they are</dt><dd>1</dd>" in report
    (kind,) = answer.context["kinds"]
    problems = manager.get(f"/jobs/{answer.context['job'].pk}/problems/", {"code": kind["code"]}).content.decode()
    assert "«روسیه»" in problems
    assert f'href="/sets/{work.pk}/"' in problems
    assert {one.label.key for one in Span.objects.select_related("label")} == {"LOC", "FAC"}
    page = manager.get("/projects/test/scheme/").content.decode()
    assert "versions/2/undo/" not in page
    assert "Takes back the merge of version 2" in page
    again = manager.post("/projects/test/scheme/versions/2/undo/", follow=True)
    assert "taken back already" in again.content.decode()
    assert SchemeVersion.objects.count() == 3


def test_the_page_says_how_far_annotations_have_followed(
    cast: Cast, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (relabelling, schemes, following):
        monkeypatch.setattr(module, "CHUNK", 1)
    work = make_set(cast)
    perform(work, *(span_op(work.article.text, word, "LOC") for word in ("روسیه", "تهران")))
    assert merged(cast.project, cast, manager)["job"] is not None
    page = manager.get("/projects/test/scheme/", {"part": "live"}).content.decode()
    assert "0 of 2" in page
    assert "data-poll=" in page
    refused = manager.post("/projects/test/scheme/versions/2/undo/", follow=True)
    assert "still being moved" in refused.content.decode()
