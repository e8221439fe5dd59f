"""Which spans match, what is confused with what, and how sure is a figure?"""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement import confusion, relation_f1, span_f1
from annotations.agreement.matching import overlap, overlapping_pairs
from annotations.agreement.report import Agreement
from annotations.agreement.tally import Tally
from annotations.agreement.tokens import unit_counts, words
from annotations.importers.jsonl import read
from annotations.presets import PRESETS
from annotations.records import AnnotationSetRecord, Draft, Record, SpanRecord
from tests.shape.files import ROOT


def span(label: str, *ranges: tuple[int, int]) -> SpanRecord:
    return SpanRecord(id=f"{label}{ranges}", label=label, ranges=ranges, quote="")


@st.composite
def spans(draw: Any) -> list[SpanRecord]:
    found = []
    for at in range(draw(st.integers(0, 8))):
        cuts = sorted(draw(st.sets(st.integers(0, 30), min_size=2, max_size=4)))
        pieces = tuple(zip(cuts[::2], cuts[1::2], strict=False))
        found.append(SpanRecord(id=str(at), label=draw(st.sampled_from("AB")), ranges=pieces, quote=""))
    return found


@given(spans(), spans())
def test_overlap_is_the_number_of_shared_places(ours: list[SpanRecord], theirs: list[SpanRecord]) -> None:
    def places(one: SpanRecord) -> set[int]:
        return {place for start, end in one.ranges for place in range(start, end)}

    for one in ours:
        for other in theirs:
            assert overlap(one.ranges, other.ranges) == len(places(one) & places(other))


@given(spans(), spans())
def test_no_span_is_matched_twice_and_nothing_that_touches_stays_alone_on_both_sides(
    ours: list[SpanRecord], theirs: list[SpanRecord]
) -> None:
    pairs = overlapping_pairs(ours, theirs)
    assert len({id(one) for one, _ in pairs}) == len({id(other) for _, other in pairs}) == len(pairs)
    used = {id(found) for pair in pairs for found in pair}
    left = [one for one in ours if id(one) not in used]
    right = [other for other in theirs if id(other) not in used]
    assert not any(overlap(one.ranges, other.ranges) for one in left for other in right)


@given(spans(), spans())
def test_every_span_is_one_case_of_the_confusion(ours: list[SpanRecord], theirs: list[SpanRecord]) -> None:
    found = list(confusion.cases(ours, theirs))
    assert sorted(id(one) for one, _ in found if one) == sorted(map(id, ours))
    assert sorted(id(other) for _, other in found if other) == sorted(map(id, theirs))


@given(spans(), spans())
def test_exact_matches_are_never_more_than_partial_ones_and_both_are_symmetric(
    ours: list[SpanRecord], theirs: list[SpanRecord]
) -> None:
    there, back = span_f1.count(ours, theirs, scope="x"), span_f1.count(theirs, ours, scope="x")
    for label in "AB":
        assert there[span_f1.EXACT, "x", label] <= there[span_f1.PARTIAL, "x", label]
    assert there == back


def test_equal_ranges_are_paired_before_longer_overlaps() -> None:
    ours, theirs = [span("PER", (0, 4))], [span("ORG", (0, 4)), span("PER", (0, 9))]
    assert [(a and a.label, b and b.label) for a, b in confusion.cases(ours, theirs)] == [("PER", "ORG"), (None, "PER")]


def test_a_word_counts_once_for_each_person_whatever_half_spaces_it_holds() -> None:
    text = "کیم می‌خواهد برود."
    assert [text[start:end] for start, end in words(text)] == ["کیم", "می‌خواهد", "برود"]
    units = unit_counts(words(text), [[span("PER", (0, 3))], [span("PER", (0, 12))]], labels={"PER"})
    person, nothing = frozenset({"PER"}), frozenset()
    assert units == {(person, person): 1, (nothing, person): 1, (nothing, nothing): 1}


def demonstration() -> Record:
    with (ROOT / "annotations" / "demo" / "seed.jsonl").open("rb") as file:
        [(_place, draft)] = read(file, {})
    assert isinstance(draft, Draft)
    sets = [s for s in msgspec.to_builtins(draft)["annotation_sets"] if s["kind"] == "annotator"]
    whole = msgspec.to_builtins(draft) | {"annotation_sets": sets, "id": draft.id or "seed"}
    return msgspec.convert(whole, Record, strict=False)


def kinds() -> dict[str, str]:
    return {label.key: label.kind for label in PRESETS["news-fa"].labels}


def agreed(agreement: Agreement, label: str) -> float | None:
    scopes = list(agreement.shared)
    return agreement.tally.figure(lambda tally: relation_f1.f1(tally, scopes=scopes, labels=[label])).value


def test_the_demonstrations_two_annotators_agree_as_was_counted_by_hand() -> None:
    agreement = Agreement(kinds())
    agreement.add(demonstration())
    report = agreement.report()
    # The figures of the data's own description: label and every range equal; relations with equal ends.
    assert report.exact.value == pytest.approx(0.764, abs=0.0005)
    exact = {found.label: found.exact.value for found in report.labels}
    expected = {"PER": 0.836, "ORG": 0.581, "LOC": 0.899, "DAT": 0.222, "PRO": 0.444, "CLAIM": 0.735, "CUE": 0.789}
    assert {label: exact[label] for label in expected} == pytest.approx(expected, abs=0.0005)
    assert report.partial.value > report.exact.value
    relations = {kind: agreed(agreement, kind) for kind in ("attribution", "stance")}
    assert relations == pytest.approx({"attribution": 0.462, "stance": 0.541}, abs=0.0005)
    assert report.relations_on_matched_spans.value > report.relations.value
    assert 0 < report.alpha["entity"].value < 1


def test_an_article_of_one_person_says_nothing_of_agreement() -> None:
    agreement = Agreement(kinds())
    alone = msgspec.structs.replace(demonstration(), annotation_sets=demonstration().annotation_sets[:1])
    agreement.add(alone)
    report = agreement.report()
    assert report.articles == 0
    assert report.exact.value is None
    assert report.pairs == []


def test_the_order_of_articles_and_the_cut_into_batches_change_no_interval() -> None:
    counts = [{"x": number % 3, "y": 2} for number in range(40)]
    one, other = Tally(), Tally()
    for at, count in enumerate(counts):
        one.add(count, article=str(at))
    for at, count in reversed(list(enumerate(counts))):
        other.add(count, article=str(at))

    def share(tally: Tally) -> Any:
        return tally.of("x") / tally.of("y")

    figure = one.figure(share)
    assert figure == other.figure(share)
    assert figure.low < figure.value < figure.high


def test_the_calculation_by_hand_in_the_documentation() -> None:
    agreement = Agreement({"PER": "entity", "ORG": "entity"})
    text = "یک دو سه چهار پنج شش هفت هشت نه ده"
    cuts = words(text)

    def work(annotator: str, *marked: SpanRecord) -> AnnotationSetRecord:
        return AnnotationSetRecord(
            id=annotator, kind="annotator", annotator=annotator, status="submitted", created_at="", updated_at="",
            submitted_at=None, spans=marked, relations=(), labels=(),
        )  # fmt: skip

    first = work("a", span("PER", cuts[0]), span("ORG", (cuts[3][0], cuts[4][1])))
    second = work("b", span("PER", cuts[0]), span("ORG", cuts[3]))
    agreement.add(msgspec.structs.replace(demonstration(), text=text, annotation_sets=(first, second)))
    report = agreement.report()
    assert (report.exact.value, report.partial.value) == (0.5, 1)
    assert report.alpha["entity"].value == pytest.approx(1 - 38 / 162)
