"""Is a decision taken back with all that it wrote, and never under a later one?"""

import pytest

from annotations.actions import adjudication as actions
from annotations.actions import adjudication_errors as errors
from annotations.models import AdjudicationStep, Provenance, Verdict
from tests.factories import EMOJI_TEXT as TEXT
from tests.factories import make_cast, perform, span_op
from tests.table import Table, laid_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return laid_table(make_cast())


def test_a_step_is_not_taken_back_over_another_person_s_later_decision_of_the_same(table: Table) -> None:
    unit, manager = table.unit("boundary"), table.cast.manager
    rejected = table.decide(unit)
    actions.take_over(table.project, table.article, by=manager)
    table.decide(unit, 0, by=manager, note="نام کامل")
    actions.take_over(table.project, table.article, by=table.by)
    with pytest.raises(errors.Overtaken):
        table.undo(rejected)
    verdict = Verdict.objects.get(gold=table.gold)
    assert (verdict.by, verdict.note, len(table.quotes())) == (manager, "نام کامل", 1)
    assert Provenance.objects.get(gold=table.gold).verdict == verdict


def test_of_two_decisions_alike_the_later_is_taken_back_first(table: Table) -> None:
    unit = table.unit("boundary")
    first, second = table.decide(unit, 0, note="نخست"), table.decide(unit, 0, note="دوم")
    with pytest.raises(errors.Overtaken):
        table.undo(first)
    table.undo(second)
    assert (Verdict.objects.get().note, len(table.quotes())) == ("نخست", 1)
    table.undo(first)
    assert (table.standing(), Verdict.objects.count(), Provenance.objects.count()) == (([], [], []), 0, 0)


def test_what_was_agreed_is_not_taken_back_under_a_later_decision_of_it(table: Table) -> None:
    agreed = table.accept()
    unit = next(unit for unit in table.dossier.case.alignment.agreed if unit.noun == "span")
    decision = table.decide(unit, 0)
    with pytest.raises(errors.Overtaken):
        table.undo(agreed.uid)
    table.undo(decision)
    table.undo(agreed.uid)
    assert (table.quotes(), Provenance.objects.count()) == ([], 0)


def test_a_verdict_that_comes_back_is_still_its_author_s_and_of_its_time(table: Table) -> None:
    unit, manager = table.unit("label"), table.cast.manager
    table.decide(unit, 0)
    first = Verdict.objects.get()
    actions.take_over(table.project, table.article, by=manager)
    table.decide(unit, 1, by=manager)
    table.undo(by=manager)
    again = Verdict.objects.get()
    assert (again.by, again.at) == (table.by, first.at)


def test_a_verdict_of_which_an_older_step_kept_no_author_comes_back_as_nobody_s(table: Table) -> None:
    unit = table.unit("label")
    table.decide(unit, 0, note="نخست")
    step = AdjudicationStep.objects.get(uid=table.decide(unit, 1))
    del step.before["made"], step.before["verdict"]["by_id"], step.before["verdict"]["at"]
    step.save()
    table.undo()
    verdict = Verdict.objects.get()
    assert (verdict.by, verdict.at, verdict.note) == (None, step.at, "نخست")


def test_the_origin_that_a_decision_gave_to_a_span_that_stood_already_goes_with_it(table: Table) -> None:
    unit = table.unit("boundary")
    table.undo(table.decide(unit, 0))  # the gold set is made
    value = unit.candidates[0].value
    start, end = value["ranges"][0]
    perform(table.gold, span_op(TEXT, TEXT[start:end], value["label"]), by=table.by)
    step = table.decide(unit, 0)
    assert (AdjudicationStep.objects.get(uid=step).changes, Provenance.objects.count()) == ([], 1)
    table.undo()
    assert (len(table.quotes()), Provenance.objects.count()) == (1, 0)
