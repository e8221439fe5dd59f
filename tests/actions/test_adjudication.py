"""Does a decision reach the gold set, with where it came from, and can it be taken back?"""

import random
import uuid
from typing import Any

import pytest

from annotations.actions import adjudication as actions
from annotations.actions import adjudication_errors as errors
from annotations.actions.adjudication import Said
from annotations.actions.adjudication_end import finish, reopen
from annotations.actions.assignments import assign, submit
from annotations.actions.operations import SetClosed
from annotations.actions.projects import add_member
from annotations.actions.transitions import move
from annotations.models import (
    AdjudicationStep,
    AnnotationSet,
    ProjectArticle,
    Provenance,
    Role,
    SetKind,
    SetStatus,
    Span,
    StatusChange,
    Verdict,
)
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of
from annotations.queries.invariants import broken_sets
from tests.factories import EMOJI_TEXT as TEXT
from tests.factories import Cast, make_cast, make_user, op, perform, span_op, uid
from tests.table import Table, laid_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def table(cast: Cast) -> Table:
    return laid_table(cast)


def test_a_decision_is_an_operation_on_the_gold_set_with_its_verdict_and_origin(table: Table) -> None:
    unit = table.unit("boundary")
    table.decide(unit, 0, error_type="guideline", note=" بند ۳ ")
    assert table.quotes() == [("LOC", "کره شمالی")] or table.quotes() == [("LOC", "شمالی")]
    verdict = Verdict.objects.get(gold=table.gold)
    assert (verdict.unit, verdict.kind, verdict.error_type, verdict.note) == (
        unit.key,
        "boundary",
        "guideline",
        "بند ۳",
    )
    assert verdict.chosen["taken"] == [unit.candidates[0].value]
    assert verdict.candidates == [candidate.value for candidate in unit.candidates]
    (origin,) = Provenance.objects.filter(gold=table.gold)
    assert origin.verdict == verdict
    assert origin.sources == [[member.work, member.uid] for member in unit.candidates[0].members]
    revision = table.gold.revisions.get()
    assert (revision.actor, revision.operations[0]["op"]) == (table.by, "span.create")
    assert table.gold.status == SetStatus.IN_PROGRESS


def test_what_all_agree_on_comes_in_one_step_and_goes_in_one(table: Table) -> None:
    step = table.accept()
    assert table.quotes() == [("LOC", "روسیه"), ("PER", "کیم جونگ اون")]
    assert all(len(row.sources) == 2 and row.verdict is None for row in Provenance.objects.filter(gold=table.gold))
    with pytest.raises(errors.NothingAgreed):
        table.accept()
    table.undo()
    assert (table.quotes(), Provenance.objects.filter(gold=table.gold).count()) == ([], 0)
    table.undo(step.uid)  # again changes nothing
    table.accept()
    assert len(table.quotes()) == 2


def test_a_decision_can_be_made_anew_and_taken_back_to_the_one_before(table: Table) -> None:
    unit = table.unit("label")
    table.decide(unit, 0, note="نخست")
    first = table.standing()
    table.decide(unit, 1, error_type="ambiguous")
    assert table.standing() != first
    assert Span.objects.filter(annotation_set=table.gold).count() == 1
    table.undo()
    assert table.standing() == first
    verdict = Verdict.objects.get(gold=table.gold)
    assert (verdict.note, verdict.error_type, verdict.chosen["taken"]) == ("نخست", "", [unit.candidates[0].value])
    assert Provenance.objects.get(gold=table.gold).verdict == verdict
    table.undo()
    assert (table.standing(), Verdict.objects.count()) == (([], [], []), 0)
    with pytest.raises(errors.NothingToUndo):
        table.undo()


@pytest.mark.parametrize(("take", "left"), [((), 0), ((0,), 1), ((0, 1), 2)])
def test_none_one_or_both_candidates_can_stand(table: Table, take: tuple[int, ...], left: int) -> None:
    table.decide(table.unit("label"), *take)
    assert len(table.quotes()) == left
    table.decide(table.unit("label"))
    assert table.quotes() == []
    assert [v.chosen["taken"] for v in Verdict.objects.all()] == [[]]


def test_an_own_boundary_is_no_candidate_s_and_states_its_quote(table: Table) -> None:
    unit, piece = table.unit("boundary"), "علاقه کره شمالی"
    start = TEXT.index(piece)
    own = ((start, start + len(piece)),)
    with pytest.raises(errors.GoldRefuses) as refused:
        table.decide(unit, 0, own=own, quote=piece[:-1])
    assert refused.value.reason == "quote_mismatch"
    table.decide(unit, 0, own=own, quote=piece)
    assert table.quotes() == [("LOC", piece)]
    assert Provenance.objects.get(gold=table.gold).sources == []
    assert table.dossier.case.alignment.dated == frozenset()


def test_a_relation_waits_for_its_spans_and_stands_between_those_of_the_gold_set(table: Table) -> None:
    unit = table.unit("relation")
    with pytest.raises(errors.SpansFirst):
        table.decide(unit, 0)
    table.accept()
    table.decide(unit, 0)
    (relation,) = relations_of(table.gold)
    spans = {span.id: span.quote for span in spans_of(table.gold)}
    assert (spans[relation.head], spans[relation.tail]) == ("کیم جونگ اون", "روسیه")
    with pytest.raises(errors.GoldRefuses) as refused:  # the spans it stands on can't go before it
        table.undo(AdjudicationStep.objects.earliest("pk").uid)
    assert refused.value.reason == "span_in_use"
    assert len(table.quotes()) == 2


def test_a_relation_falls_away_with_a_span_that_is_decided_away(cast: Cast) -> None:
    table = Table(cast)
    for person, russia in ((cast.annotator, "روسیه"), (cast.annotator2, "با روسیه")):
        head, tail = span_op(TEXT, "کیم جونگ اون"), span_op(TEXT, russia, "LOC")
        stance = op("relation.create", id=uid(), label="stance", head=head["id"], tail=tail["id"])
        table.hand_in(person, head, tail, stance | {"attributes": {"polarity": "NONE"}})
    table.accept()
    assert len(table.dossier.case.pending()) == 1  # the relation waits
    table.decide(table.unit("boundary"))
    assert table.dossier.case.pending() == []
    assert finish(table.project, table.article, by=table.by).status == SetStatus.ACCEPTED


def test_an_article_s_label_is_set_and_cleared(table: Table) -> None:
    unit = table.unit("article")
    table.decide(unit, 1)
    assert [said.value for said in labels_of(table.gold)] == [unit.candidates[1].value["value"]]
    table.decide(unit)
    assert labels_of(table.gold) == []
    table.undo()
    assert len(labels_of(table.gold)) == 1


def test_a_step_that_is_sent_twice_is_done_once(table: Table) -> None:
    step = str(uuid.uuid4())
    table.decide(table.unit("label"), 0, step=step)
    table.decide(table.unit("label"), 0, step=step)
    assert (AdjudicationStep.objects.count(), table.gold.version) == (1, 1)


def test_what_was_not_seen_as_it_is_now_is_not_decided(table: Table) -> None:
    unit = table.unit("label")
    work = AnnotationSet.objects.get(annotator=table.cast.annotator2)
    move(work, "return", by=table.by, note="دوباره ببین")
    span = next(span for span in spans_of(work) if span.quote == "صادرات نفت")
    perform(work, op("span.update", id=span.id, label="PRO"))
    submit(work, by=table.cast.annotator2)
    with pytest.raises(errors.UnitChanged):
        table.decide(unit, 0)
    assert not AnnotationSet.objects.filter(kind=SetKind.GOLD).exists()  # nothing is half written


def test_decisions_stand_when_new_work_comes_in_and_what_is_dated_says_so(table: Table) -> None:
    table.accept()
    table.decide(table.unit("boundary"), 0)
    table.decide(table.unit("label"), 0)
    before = table.standing()
    third = make_user("third")
    add_member(table.project, third, role=Role.ANNOTATOR)
    table.hand_in(third, span_op(TEXT, "علاقه کره شمالی", "LOC"), span_op(TEXT, "کیم جونگ اون"))
    case = table.dossier.case
    assert table.standing() == before
    assert len(case.alignment.decisions) == 2
    boundary = next(unit for unit in case.alignment.units if unit.kind == "boundary")
    assert case.alignment.dated == {boundary.key}
    assert case.is_settled(boundary)
    # Nobody else says what two of three said: that is open, and what all say is accepted still.
    assert {unit.kind for unit in case.open_units()} == {"missing", "relation", "article"}
    assert not case.pending()


def test_finishing_closes_gold_and_sets_and_opening_again_keeps_what_was_decided(table: Table) -> None:
    with pytest.raises(errors.NotDone) as left:
        finish(table.project, table.article, by=table.by)
    assert left.value.data == {"open": 5, "agreed": 2}
    table.accept()
    while units := table.dossier.case.open_units():
        table.decide(units[0], 0)
    gold = finish(table.project, table.article, by=table.by)
    assert (gold.status, gold.kind) == (SetStatus.ACCEPTED, SetKind.GOLD)
    sets = AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR)
    assert {work.status for work in sets} == {SetStatus.ADJUDICATED}
    assert StatusChange.objects.exclude(batch=None).values("batch").distinct().count() == 1
    with pytest.raises(SetClosed):
        table.decide(table.dossier.case.alignment.differing[0], 0)
    before = table.standing()
    reopen(table.project, table.article, by=table.cast.manager)
    assert (table.standing(), table.gold.annotator) == (before, table.cast.manager)
    assert finish(table.project, table.article, by=table.cast.manager).status == SetStatus.ACCEPTED
    assert list(broken_sets()) == []


def test_only_one_person_at_a_time_decides_and_whoever_takes_over_goes_on(table: Table) -> None:
    table.accept()
    manager = table.cast.manager
    for attempt in (lambda: table.accept(by=manager), lambda: table.decide(table.unit("label"), 0, by=manager)):
        with pytest.raises(errors.AdjudicatedByAnother) as another:
            attempt()
        assert another.value.data == {"person": table.by.display_name}
    actions.take_over(table.project, table.article, by=manager)
    table.decide(table.unit("label"), 0, by=manager)
    with pytest.raises(errors.AdjudicatedByAnother):
        table.undo()


def test_who_annotated_an_article_does_not_judge_it_where_policy_says_so(table: Table) -> None:
    with pytest.raises(errors.NotYoursToJudge):
        table.accept(by=table.cast.annotator)
    work = assign(table.project, table.article, annotator=table.by)
    assert work.kind == SetKind.ANNOTATOR
    table.project.reviewer_not_author = True
    table.project.save()
    with pytest.raises(errors.NotYoursToJudge):
        table.accept()


def test_what_is_agreed_is_not_known_while_somebody_has_not_handed_in(table: Table) -> None:
    third = make_user("third")
    add_member(table.project, third, role=Role.ANNOTATOR)
    assign(table.project, table.article, annotator=third)
    with pytest.raises(errors.SetsMissing) as missing:
        table.accept()
    assert missing.value.data["numbers"] == list(table.dossier.missing)
    table.decide(table.unit("label"), 0)  # disagreements can be decided all the same


@pytest.mark.parametrize("more", [{"take": ("0" * 16,)}, {"error_type": "mood"}, {"own": ((0, 3),), "quote": TEXT[:3]}])
def test_what_is_no_choice_is_refused(table: Table, more: dict[str, Any]) -> None:
    unit = table.unit("article")
    taken = {"take": (unit.candidates[0].key,)} | more
    with pytest.raises(errors.NotAChoice):
        actions.decide(
            table.project, table.article, Said(unit=unit.key, seen=unit.fingerprint, **taken), by=table.by, step=uid()
        )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_was_done_in_whatever_order_taking_all_of_it_back_leaves_nothing(table: Table, seed: int) -> None:
    chance, done = random.Random(seed), 0
    for _ in range(14):
        units = table.dossier.case.alignment.differing
        unit = chance.choice(units)
        take = chance.sample(range(len(unit.candidates)), chance.randint(0, len(unit.candidates)))
        try:
            if chance.random() < 0.2:
                table.accept()
            else:
                table.decide(unit, *take[:1] if unit.noun == "label" else take)
        except (errors.SpansFirst, errors.NothingAgreed, errors.GoldRefuses):
            continue  # what stands against it is written down elsewhere; here it must have changed nothing
        done += 1
        assert list(broken_sets()) == []
        assert {row.uid for row in Provenance.objects.all()} == {
            annotation.id for annotation in (*spans_of(table.gold), *relations_of(table.gold))
        }
    assert done > 5
    for _ in range(done):
        table.undo()
    assert (table.standing(), Verdict.objects.count(), Provenance.objects.count()) == (([], [], []), 0, 0)
    assert list(broken_sets()) == []


def test_agreement_of_an_article_is_kept_when_sets_are_handed_in_and_taken_back(table: Table) -> None:
    place = ProjectArticle.objects.get(article=table.article)
    assert place.agreement == pytest.approx(2 * 2 / (5 + 4))
    work = AnnotationSet.objects.get(annotator=table.cast.annotator)
    move(work, "reopen", by=table.cast.manager)
    place.refresh_from_db()
    assert place.agreement is None
