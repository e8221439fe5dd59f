"""What is agreed, what differs and how, and does a decision find its unit again?"""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.adjudication.align import Alignment, Decided, align
from annotations.adjudication.units import AGREED, Unit
from annotations.records import AnnotationSetRecord, ArticleLabelRecord, RelationRecord, SpanRecord

KINDS = {
    "PER": "entity", "ORG": "entity", "CLAIM": "claim", "CUE": "cue",
    "attribution": "attribution", "stance": "stance", "category": "article",
}  # fmt: skip


def span(uid: str, label: str, *ranges: tuple[int, int], **fields: Any) -> SpanRecord:
    return SpanRecord(uid, label, ranges, "", **fields)


def work(name: str, *things: SpanRecord | RelationRecord | ArticleLabelRecord) -> AnnotationSetRecord:
    def of(kind: type) -> tuple[Any, ...]:
        return tuple(thing for thing in things if isinstance(thing, kind))

    times = {"status": "submitted", "created_at": "", "updated_at": "", "submitted_at": None}
    return AnnotationSetRecord(
        id=name, kind="annotator", annotator=name, **times,
        spans=of(SpanRecord), relations=of(RelationRecord), labels=of(ArticleLabelRecord),
    )  # fmt: skip


@st.composite
def works(draw: Any) -> list[AnnotationSetRecord]:
    """Sets whose spans overlap in every way, doubles included, with relations between them and article labels."""
    found = []
    for name in ("a", "b", "c")[: draw(st.integers(1, 3))]:
        things: list[Any] = []
        for at in range(draw(st.integers(0, 6))):
            cuts = sorted(draw(st.sets(st.integers(0, 12), min_size=2, max_size=4)))
            pieces = tuple(zip(cuts[::2], cuts[1::2], strict=False))
            things.append(span(f"{name}{at}", draw(st.sampled_from(["PER", "ORG", "CLAIM"])), *pieces))
        ends = [thing.id for thing in things] + ["implicit", "topic:oil"]
        for at in range(draw(st.integers(0, 4))):
            head, tail = draw(st.sampled_from(ends)), draw(st.sampled_from(ends))
            via = draw(st.sampled_from([None, *ends]))
            label = draw(st.sampled_from(["attribution", "stance"]))
            things.append(RelationRecord(f"{name}r{at}", label, head, via, tail))
        if draw(st.booleans()):
            things.append(ArticleLabelRecord("category", None, draw(st.sampled_from(["sport", "other"]))))
        found.append(work(name, *things))
    return found


def summary(alignment: Alignment) -> list[tuple[Any, ...]]:
    return [(u.key, u.kind, u.absent, u.ranges, u.candidates, u.fingerprint) for u in alignment.units]


@given(works())
def test_every_annotation_stands_in_exactly_one_unit_and_a_set_once_in_each(sets: list[AnnotationSetRecord]) -> None:
    units = align(sets, KINDS).units
    standing = sorted((m.work, m.uid) for u in units for c in u.candidates for m in c.members if m.uid)
    assert standing == sorted((s.id, thing.id) for s in sets for thing in (*s.spans, *s.relations))
    assert sum(u.noun == "label" for u in units) == len({(one.label, one.topic) for s in sets for one in s.labels})
    for unit in units:
        voices = [m.work for c in unit.candidates for m in c.members] + list(unit.absent)
        assert sorted(voices) == sorted(s.id for s in sets)
    assert len({unit.key for unit in units}) == len(units)


@given(works(), st.randoms(use_true_random=False))
def test_the_order_of_the_sets_and_of_what_they_hold_does_not_matter(
    sets: list[AnnotationSetRecord], chance: random.Random
) -> None:
    def shuffled(things: Any) -> list[Any]:
        return chance.sample(list(things), len(things))

    mixed = [work(s.id, *shuffled((*s.spans, *s.relations, *s.labels))) for s in shuffled(sets)]
    assert summary(align(mixed, KINDS)) == summary(align(sets, KINDS))


@given(works())
def test_sets_that_say_the_same_have_nothing_to_decide(sets: list[AnnotationSetRecord]) -> None:
    one = sets[0]
    alignment = align([one, *(work(name, *one.spans, *one.relations, *one.labels) for name in ("y", "z"))], KINDS)
    assert {unit.kind for unit in alignment.units} <= {AGREED}
    assert len(alignment.units) == len(one.spans) + len(one.relations) + len(one.labels)


@given(works())
def test_what_was_decided_is_found_again_when_the_sets_are_as_they_were(sets: list[AnnotationSetRecord]) -> None:
    before = align(sets, KINDS)
    after = align(sets, KINDS, [decided(unit) for unit in before.units])
    assert set(after.decisions) == {unit.key for unit in before.units}
    assert (after.dated, after.lost) == (frozenset(), ())
    assert summary(after) == summary(before)


def decided(unit: Unit, *, taken: int = 0) -> Decided:
    values = tuple(candidate.value for candidate in unit.candidates)
    return Decided(
        unit=unit.key, noun=unit.noun, group=unit.group, candidates=values, taken=values[taken : taken + 1]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "ours", "theirs"),
    [
        ("agreed", [span("1", "PER", (0, 4))], [span("2", "PER", (0, 4))]),
        ("boundary", [span("1", "PER", (0, 4))], [span("2", "PER", (0, 7))]),
        ("boundary", [span("1", "PER", (0, 2), (4, 6))], [span("2", "PER", (0, 6))]),
        ("label", [span("1", "PER", (0, 4))], [span("2", "ORG", (0, 4))]),
        ("label", [span("1", "PER", (0, 4))], [span("2", "ORG", (0, 7))]),
        ("missing", [span("1", "PER", (0, 4))], []),
        ("attribute", [span("1", "PER", (0, 4))], [span("2", "PER", (0, 4), attributes={"mention": "name"})]),
        ("attribute", [span("1", "PER", (0, 4))], [span("2", "PER", (0, 4), entity="kim")]),
        ("article", [ArticleLabelRecord("category", None, "sport")], [ArticleLabelRecord("category", None, "other")]),
        ("article", [ArticleLabelRecord("category", None, "sport")], []),
    ],
)  # fmt: skip
def test_a_difference_has_its_kind(kind: str, ours: list[Any], theirs: list[Any]) -> None:
    assert [unit.kind for unit in align([work("a", *ours), work("b", *theirs)], KINDS).units] == [kind]


def test_spans_of_different_kinds_are_never_one_unit() -> None:
    units = align([work("a", span("1", "PER", (0, 4))), work("b", span("2", "CLAIM", (0, 4)))], KINDS).units
    assert [(unit.group, unit.kind) for unit in units] == [("claim", "missing"), ("entity", "missing")]


def test_of_several_overlapping_spans_the_likest_are_compared() -> None:
    ours = work("a", span("1", "PER", (0, 10)), span("2", "PER", (8, 12)))
    theirs = work("b", span("3", "PER", (0, 11)))
    units = align([ours, theirs], KINDS).units
    assert [(u.kind, sorted(m.uid for m in u.members)) for u in units] == [("boundary", ["1", "3"]), ("missing", ["2"])]


def three(tail: tuple[int, int] = (20, 24), *, polarity: str = "FAVOR") -> AnnotationSetRecord:
    relation = RelationRecord("r", "stance", "1", None, "2", {"polarity": polarity})
    return work("c", span("1", "PER", (0, 4)), span("2", "ORG", tail), relation)


def test_a_relation_is_compared_between_the_units_of_its_ends_whatever_their_bounds() -> None:
    ours, theirs = three((20, 30)), three()
    alignment = align([work("a", *ours.spans, *ours.relations), theirs], KINDS)
    assert [(unit.noun, unit.kind) for unit in alignment.units] == [
        ("span", "agreed"), ("span", "boundary"), ("relation", "agreed"),
    ]  # fmt: skip
    assert alignment.units[2].ranges == ((0, 4), (20, 30))


def test_another_value_between_the_same_ends_is_a_difference_of_the_relation() -> None:
    ours = three(polarity="AGAINST")
    units = align([work("a", *ours.spans, *ours.relations), three()], KINDS).units
    assert [unit.kind for unit in units] == ["agreed", "agreed", "relation"]
    assert {c.value["attributes"]["polarity"] for c in units[2].candidates} == {"FAVOR", "AGAINST"}


def test_one_claim_with_two_sources_is_one_difference() -> None:
    def said(name: str, source: str) -> AnnotationSetRecord:
        things = [span("1", "PER", (0, 4)), span("2", "ORG", (5, 9)), span("3", "CLAIM", (12, 30))]
        return work(name, *things, RelationRecord("r", "attribution", "3", None, source))

    units = [u for u in align([said("a", "1"), said("b", "2")], KINDS).units if u.noun == "relation"]
    assert [(unit.kind, len(unit.candidates)) for unit in units] == [("relation", 2)]


def test_what_more_sets_say_than_anything_else_is_preselected_and_nothing_where_none_leads() -> None:
    short, long = span("1", "PER", (0, 4)), span("2", "PER", (0, 7))
    unit = align([work("a", long), work("b", short), work("c", short)], KINDS).units[0]
    assert unit.preselected() == unit.candidates[0].key
    assert unit.candidates[0].value["ranges"] == [[0, 4]]
    assert align([work("a", long), work("b", short)], KINDS).units[0].preselected() is None
    assert align([work("a", long), work("b"), work("c")], KINDS).units[0].preselected() == ""


def test_a_decision_follows_its_unit_when_somebody_moves_a_boundary() -> None:
    ours, theirs = work("a", span("1", "PER", (0, 4))), work("b", span("2", "PER", (0, 7)))
    (unit,) = align([ours, theirs], KINDS).units
    again = align([ours, work("b", span("9", "PER", (0, 9)))], KINDS, [decided(unit)])
    assert [(u.key, u.kind) for u in again.units] == [(unit.key, "boundary")]
    assert again.dated == {unit.key}  # (0, 9) was not there to be chosen
    assert again.lost == ()


def test_a_decision_stands_when_what_it_took_is_said_no_more() -> None:
    ours, theirs = work("a", span("1", "PER", (0, 4))), work("b", span("2", "PER", (0, 7)))
    (unit,) = align([ours, theirs], KINDS).units
    gone = align([work("a"), theirs], KINDS, [decided(unit, taken=0)])
    assert set(gone.decisions) == {unit.key}
    assert gone.dated == {unit.key}
    assert gone.agreed == []


def test_a_decision_of_what_nobody_says_any_more_is_kept_as_lost() -> None:
    (unit,) = align([work("a", span("1", "PER", (0, 4))), work("b")], KINDS).units
    left = align([work("a"), work("b")], KINDS, [decided(unit)])
    assert [one.unit for one in left.lost] == [unit.key]
    assert left.units == ()


def test_a_relation_keeps_its_decision_when_the_bounds_of_its_end_move() -> None:
    ours = three(polarity="AGAINST")
    sets = [work("a", *ours.spans, *ours.relations), three()]
    before = align(sets, KINDS)
    kept = [decided(unit) for unit in before.units]
    moved = three((19, 24), polarity="AGAINST")
    after = align([work("a", *moved.spans, *moved.relations), three()], KINDS, kept)
    assert set(after.decisions) == {unit.key for unit in before.units}
    assert {unit.key for unit in after.units} == {unit.key for unit in before.units}
