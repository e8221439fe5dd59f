"""Two annotators' files of the same articles: neither is lost, and a file that is sent twice comes in once."""

import io
import json
from typing import Any

import pytest

from annotations.actions.imports import ImportReport, import_drafts
from annotations.importers import IMPORTERS
from annotations.models import AnnotationSet, Article, Span
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db

TEXT = "کیم به سئول رفت."
ALI, SARA = [[0, 3, "PER"], [7, 11, "LOC"]], [[0, 3, "PER"]]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def bring(cast: Cast, *works: list[Any], key: str = "doccano", **options: str) -> ImportReport:
    """Imports a file with a line for each of these works on the same text."""
    lines = "\n".join(json.dumps({"text": TEXT, "label": work}) for work in works)
    return import_drafts(cast.project, IMPORTERS[key].read(io.BytesIO(lines.encode()), options), by=cast.manager)


def test_a_second_set_that_says_something_else_fails_with_the_reason(cast: Cast) -> None:
    bring(cast, ALI)
    report = bring(cast, SARA)
    assert (report.stored, report.skipped, [problem.code for problem in report.failures]) == (0, 0, ["set_differs"])
    assert Span.objects.count() == 2


def test_a_file_that_is_sent_twice_comes_in_once_whatever_the_order_of_its_spans(cast: Cast) -> None:
    bring(cast, ALI)
    report = bring(cast, ALI[::-1])
    assert (report.stored, report.skipped, report.failed) == (0, 1, 0)


def test_files_of_two_annotators_both_come_in_under_their_names(cast: Cast) -> None:
    bring(cast, ALI, annotator="علی")
    report = bring(cast, SARA, annotator="سارا")
    assert (report.stored, report.failed) == (1, 0)
    sizes = {row.pseudonym: row.spans.count() for row in AnnotationSet.objects.all()}
    assert sizes == {"علی": 2, "سارا": 1}
    assert bring(cast, SARA, annotator="سارا").skipped == 1


@pytest.mark.parametrize("apart", [True, False], ids=["two files", "one record"])
def test_an_account_that_has_a_set_on_an_article_gets_no_second_one_under_another_name(cast: Cast, apart: bool) -> None:
    """The database would refuse it, and the good records beside it with it."""
    works = [{"kind": "annotator", "annotator": name, "spans": []} for name in ("علی", "سارا")]
    texts = [(TEXT, works[:1]), (TEXT, works[1:])] if apart else [(TEXT, works)]
    lines = "\n".join(json.dumps({"text": text, "annotation_sets": sets}) for text, sets in [*texts, ("دیگر", [])])
    same = {"علی": cast.annotator, "سارا": cast.annotator}
    items = IMPORTERS["jsonl"].read(io.BytesIO(lines.encode()), {})
    report = import_drafts(cast.project, items, by=cast.manager, annotators=same)
    code = "account_has_set" if apart else "set_twice"
    assert (report.failed, [problem.code for problem in report.failures]) == (1, [code])
    assert Article.objects.filter(text="دیگر").exists()
    if apart:
        assert {report.failures[0].data[name] for name in ("account", "annotator", "known")} == {
            "annotator", "سارا", "علی",
        }  # fmt: skip


def test_within_one_file_the_second_of_two_sets_fails_only_where_it_differs(cast: Cast) -> None:
    report = bring(cast, ALI, ALI, SARA)
    assert (report.stored, report.skipped, report.failed) == (1, 1, 1)
    assert report.failures[0].place == 3


def test_relations_are_compared_by_what_they_join_and_not_by_their_ids(cast: Cast) -> None:
    def line(first: int, second: int, type: str) -> dict[str, Any]:
        spans = [(first, 0, 3, "PER"), (second, 7, 11, "LOC")]
        entities = [{"id": id, "start_offset": a, "end_offset": b, "label": label} for id, a, b, label in spans]
        return {"text": TEXT, "entities": entities, "relations": [{"from_id": first, "to_id": second, "type": type}]}

    def send(record: dict[str, Any]) -> ImportReport:
        from_file = IMPORTERS["doccano"].read(io.BytesIO(json.dumps(record).encode()), {})
        return import_drafts(cast.project, from_file, by=cast.manager)

    assert send(line(1, 2, "stance")).failed == 0
    assert (send(line(8, 9, "stance")).skipped, send(line(9, 8, "stance")).skipped) == (1, 1)
    assert send(line(1, 2, "attribution")).failures[0].code == "set_differs"


def test_what_was_edited_since_is_still_the_set_that_came_in(cast: Cast) -> None:
    bring(cast, ALI)
    Span.objects.all().delete()
    assert bring(cast, ALI).skipped == 1


def test_a_name_is_not_given_to_sets_that_have_one_and_not_to_machines(cast: Cast) -> None:
    task = {
        "data": {"text": TEXT},
        "annotations": [{"completed_by": {"id": 7, "email": "reza"}, "result": []}],
        "predictions": [{"model_version": "m1", "result": []}],
    }
    items = IMPORTERS["label-studio"].read(io.BytesIO(json.dumps([task]).encode()), {"annotator": "علی"})
    names = [(work.kind, work.annotator) for _place, item in items for work in getattr(item, "annotation_sets", ())]
    assert ("machine", "m1") in names
    assert all(name != "علی" for _kind, name in names)
