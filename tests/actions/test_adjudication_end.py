"""Is an adjudication finished over just those sets that were looked at?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions import adjudication_end
from annotations.actions import adjudication_errors as errors
from annotations.actions.adjudication_end import finish
from annotations.actions.assignments import assign, submit
from annotations.actions.projects import add_member
from annotations.models import AnnotationSet, Article, Project, Role, SetKind, SetStatus
from annotations.queries.adjudication import Dossier, load_dossier
from tests.conftest import ON_POSTGRES
from tests.factories import EMOJI_TEXT as TEXT
from tests.factories import make_cast, make_user, perform, span_op
from tests.table import Table, laid_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return laid_table(make_cast())


def all_decided(table: Table) -> None:
    table.accept()
    while units := table.dossier.case.open_units():
        table.decide(units[0], 0)


def third_work(table: Table) -> AnnotationSet:
    """Begins work of a third annotator on the table's article."""
    third = make_user("third")
    add_member(table.project, third, role=Role.ANNOTATOR)
    work = assign(table.project, table.article, annotator=third)
    perform(work, span_op(TEXT, "علاقه کره شمالی", "LOC"))
    return work


def test_a_set_that_comes_in_while_an_adjudication_is_finished_is_not_adjudicated_unseen(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_decided(table)
    late = third_work(table)

    def read(project: Project, article: Article) -> Dossier | None:
        found = load_dossier(project, article)
        submit(late, by=late.annotator)
        return found

    monkeypatch.setattr(adjudication_end, "load_dossier", read)
    finish(table.project, table.article, by=table.by)
    late.refresh_from_db()
    assert late.status == SetStatus.SUBMITTED
    others = AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR).exclude(pk=late.pk)
    assert {work.status for work in others} == {SetStatus.ADJUDICATED}


def test_an_adjudication_is_not_finished_over_a_set_that_the_person_has_not_seen(table: Table) -> None:
    all_decided(table)
    seen = table.dossier.seen
    submit(late := third_work(table), by=late.annotator)
    while units := table.dossier.case.open_units():
        table.decide(units[0], 0)
    with pytest.raises(errors.UnitChanged):
        finish(table.project, table.article, by=table.by, seen=seen)
    assert table.gold.status == SetStatus.IN_PROGRESS


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer at a time and locks no rows")
def test_all_sets_of_an_article_are_locked_in_their_order_before_an_adjudication_is_finished(table: Table) -> None:
    all_decided(table)
    with CaptureQueriesContext(connection) as queries:
        finish(table.project, table.article, by=table.by)
    first = next(query["sql"] for query in queries if " UPDATE OF " in query["sql"])
    assert first.startswith('SELECT "annotations_annotationset"."id" AS "pk" FROM')
    assert first.endswith(' ORDER BY 1 ASC FOR NO KEY UPDATE OF "annotations_annotationset"')
