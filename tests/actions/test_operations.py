"""Edits: each judged for itself, applied exactly once, recorded for ever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.actions.operations import NotYours, SetClosed, WrongText, apply_operations
from annotations.models import AnnotationSet, Relation, Revision, SetStatus, Span
from annotations.queries.invariants import rebuilt, stored_state
from tests.factories import EMOJI_TEXT, TEXT, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", [TEXT, EMOJI_TEXT])
def test_a_span_is_stored_in_code_points(text: str) -> None:
    work = make_set(make_cast(), text)
    outcome = perform(work, span_op(text, "کیم جونگ اون"))
    assert [result.status for result in outcome.results] == ["ok"]
    span = Span.objects.get()
    assert text[span.start : span.end] == "کیم جونگ اون"
    assert Revision.objects.get().operations[0]["quote"] == "کیم جونگ اون"


def test_the_first_edit_puts_the_set_in_progress() -> None:
    work = make_set(make_cast())
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    work.refresh_from_db()
    assert (work.status, work.version) == (SetStatus.IN_PROGRESS, 1)


def test_an_operation_sent_twice_is_applied_once() -> None:
    work = make_set(make_cast())
    edit = span_op(TEXT, "روسیه", "LOC")
    assert [r.status for r in perform(work, edit, edit).results] == ["ok", "duplicate"]
    assert [r.status for r in perform(work, edit).results] == ["duplicate"]
    assert (Span.objects.count(), Revision.objects.count()) == (1, 1)


def test_an_operation_without_an_id_of_its_own_is_refused() -> None:
    work = make_set(make_cast())
    (result,) = perform(work, span_op(TEXT, "روسیه", "LOC") | {"op_id": None}).results
    assert (result.status, result.reason, result.field) == ("rejected", "op_id_missing", "op_id")
    assert not Span.objects.exists()


REFUSED = [
    ({"ranges": [[0, 5000]], "quote": "x"}, "range_outside", "ranges"),
    ({"ranges": [[5, 5]], "quote": ""}, "range_outside", "ranges"),
    ({"ranges": [[-1, 5]], "quote": "x"}, "range_outside", "ranges"),
    ({"ranges": [[5, 6]], "quote": " "}, "range_blank", "ranges"),
    ({"ranges": [[0, 5], [3, 9]], "quote": "x"}, "ranges_order", "ranges"),
    ({"ranges": [], "quote": ""}, "ranges_count", "ranges"),
    ({"quote": "کره جنوبی"}, "quote_mismatch", "quote"),
    ({"label": "NOPE"}, "label_unknown", "label"),
    ({"label": "stance"}, "label_kind", "label"),
    ({"attributes": {"colour": "red"}}, "attribute_invalid", "attributes"),
    ({"attributes": {"mention": "loud"}}, "attribute_invalid", "attributes.mention"),
    ({"entity": "nobody"}, "entity_unknown", "entity"),
]


@pytest.mark.parametrize(("change", "reason", "field"), REFUSED, ids=[reason for _c, reason, _f in REFUSED])
def test_a_bad_span_is_refused_with_its_field_and_changes_nothing(change: dict, reason: str, field: str) -> None:
    work = make_set(make_cast())
    good = span_op(TEXT, "کره شمالی", "LOC")
    refused, accepted = perform(work, good | change | {"op_id": uid(), "id": uid()}, good).results
    assert (refused.status, refused.reason, refused.field) == ("rejected", reason, field)
    assert accepted.status == "ok"
    assert Span.objects.count() == 1


def test_a_claim_gets_its_source_and_a_stance_its_target() -> None:
    work = make_set(make_cast())
    claim = span_op(TEXT, "صادرات نفت رشد می‌کند", "CLAIM", attributes={"kind": "prediction"})
    person, cue = span_op(TEXT, "کیم جونگ اون"), span_op(TEXT, "گفت", "CUE")
    said = op("relation.create", id=uid(), label="attribution", head=claim["id"], via=cue["id"], tail=person["id"])
    stance = op(
        "relation.create", id=uid(), label="stance", head=person["id"], tail=claim["id"],
        attributes={"polarity": "FAVOR"},
    )  # fmt: skip
    outcome = perform(work, claim, person, cue, said, stance)
    assert {result.status for result in outcome.results} == {"ok"}
    relation = Relation.objects.get(label__key="attribution")
    assert (relation.head_span.uid, relation.via_span.uid, relation.tail_span.uid) == (
        claim["id"], cue["id"], person["id"],
    )  # fmt: skip


def test_an_end_that_the_label_does_not_allow_is_refused() -> None:
    work = make_set(make_cast())
    person = span_op(TEXT, "کیم جونگ اون")
    said = op("relation.create", id=uid(), label="attribution", head=person["id"], tail="article")
    assert perform(work, person, said).results[1].reason == "end_not_allowed"


def test_a_span_that_a_relation_stands_on_is_not_deleted() -> None:
    work = make_set(make_cast())
    claim = span_op(TEXT, "صادرات نفت رشد می‌کند", "CLAIM")
    said = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail="implicit")
    perform(work, claim, said)
    drop = op("span.delete", id=claim["id"])
    assert perform(work, drop).results[0].reason == "span_in_use"
    relabel = op("span.update", id=claim["id"], label="PER")
    assert perform(work, relabel).results[0].reason == "span_in_use"
    outcome = perform(work, op("relation.delete", id=said["id"]), op("span.delete", id=claim["id"]))
    assert {result.status for result in outcome.results} == {"ok"}
    assert not Span.objects.exists()


def test_a_closed_set_and_a_wrong_text_and_a_stranger_are_refused() -> None:
    cast = make_cast()
    work = make_set(cast)
    with pytest.raises(WrongText):
        apply_operations(work.pk, [], by=cast.annotator, text_sha256="0" * 64)
    with pytest.raises(NotYours):
        perform(work, span_op(TEXT, "روسیه", "LOC"), by=cast.reviewer)
    with pytest.raises(AnnotationSet.DoesNotExist):
        perform(work, span_op(TEXT, "روسیه", "LOC"), by=cast.annotator2)
    AnnotationSet.objects.update(status=SetStatus.SUBMITTED)
    with pytest.raises(SetClosed):
        perform(work, span_op(TEXT, "روسیه", "LOC"))
    assert not Revision.objects.exists()


WORDS = ["کره شمالی", "روسیه", "کیم جونگ اون", "صادرات نفت", "مریم رضایی", "تهران"]
LABELS = ["PER", "LOC", "CLAIM", "CUE"]


@st.composite
def random_operations(draw: st.DrawFn) -> list[dict]:
    """A sequence of edits over a few ids: many valid, many not, some twice, in any order."""
    ids = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(4)]
    one = st.one_of(
        st.builds(
            lambda i, w, k: {"op": "span.create", "id": i} | _piece(w) | {"label": k},
            st.sampled_from(ids), st.sampled_from(WORDS), st.sampled_from(LABELS),
        ),
        st.builds(
            lambda i, w: {"op": "span.update", "id": i} | _piece(w), st.sampled_from(ids), st.sampled_from(WORDS)
        ),
        st.builds(
            lambda i, k: {"op": "span.update", "id": i, "label": k}, st.sampled_from(ids), st.sampled_from(LABELS)
        ),
        st.builds(lambda i: {"op": "span.delete", "id": i}, st.sampled_from(ids)),
        st.builds(
            lambda i, h, t: {"op": "relation.create", "id": i, "label": "attribution", "head": h, "tail": t},
            st.sampled_from(ids), st.sampled_from(ids), st.sampled_from([*ids, "article", "implicit"]),
        ),
        st.builds(lambda i: {"op": "relation.delete", "id": i}, st.sampled_from(ids)),
        st.builds(
            lambda v: {"op": "label.set", "label": "category", "value": v}, st.sampled_from(["sport", "health", "no"])
        ),
        st.just({"op": "label.clear", "label": "category"}),
    )  # fmt: skip
    made = [
        edit | {"op_id": f"10000000-0000-4000-8000-{n:012d}"} for n, edit in enumerate(draw(st.lists(one, max_size=14)))
    ]
    doubled = made + draw(st.lists(st.sampled_from(made), max_size=4)) if made else made
    return draw(st.permutations(doubled))


def _piece(word: str) -> dict:
    start = TEXT.index(word)
    return {"ranges": [[start, start + len(word)]], "quote": word}


class TestHistory(TestCase):
    """Replaying the history of a set gives what its tables hold."""

    @settings(max_examples=60)
    @given(operations=random_operations(), cut=st.integers(0, 14))
    def test_the_state_is_rebuilt_from_the_revisions(self, operations: list[dict], cut: int) -> None:
        work = make_set(make_cast())
        first, second = perform(work, *operations[:cut]), perform(work, *operations[cut:])
        applied = [r for r in first.results + second.results if r.status == "ok"]
        assert len({r.op_id for r in applied}) == len(applied) == Revision.objects.count() == second.version
        assert rebuilt(work) == stored_state(work)


def test_clearing_a_label_of_no_topic_is_refused_and_history_stays_readable() -> None:
    work = make_set(make_cast())
    said = op("label.set", label="category", value="sport")
    outcome = perform(work, said, op("label.clear", label="category", topic=""))
    assert [result.reason for result in outcome.results] == [None, "topic_unknown"]
    assert rebuilt(work) == stored_state(work)
