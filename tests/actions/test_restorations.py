"""Does restoring give exactly what stood, as new operations, once, and is it refused with a reason where it can't?"""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.actions import restorations
from annotations.actions.entities import create_entity
from annotations.actions.operations import NotYours, SetClosed
from annotations.actions.restorations import MovedOn, NotRestorable, VersionUnknown, restore
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Entity, Label, Revision, RevisionStep, Span
from annotations.queries.invariants import rebuilt, stored_state
from annotations.queries.versions import state_at, states_at
from tests.factories import EMOJI_TEXT, TEXT, Cast, make_cast, make_set, op, perform, span_op, uid


def new() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    """A set of six versions: a claim with its source, made, described, and taken apart again."""
    work = make_set(cast, EMOJI_TEXT)
    claim, source = span_op(EMOJI_TEXT, "صادرات نفت رشد می‌کند", "CLAIM"), span_op(EMOJI_TEXT, "کیم جونگ اون")
    relation = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=source["id"])
    perform(work, claim, source, relation)
    perform(work, op("relation.delete", id=relation["id"]), op("span.update", id=source["id"], label="ORG"))
    perform(work, op("span.delete", id=claim["id"]))
    work.refresh_from_db()
    return work


def test_a_restored_set_is_what_it_was_and_its_history_has_grown(work: AnnotationSet) -> None:
    before = list(Revision.objects.filter(annotation_set=work).values_list("version", "op_id", "operations"))
    done = restore(work, 3, by=work.annotator, uid=new())
    work.refresh_from_db()
    assert (done.version, done.changed) == (9, 3) == (work.version, done.changed)
    assert stored_state(work) == state_at(work, 3) == rebuilt(work)
    assert (
        list(Revision.objects.filter(annotation_set=work).values_list("version", "op_id", "operations"))[:6] == before
    )
    step = RevisionStep.objects.get()
    assert (step.kind, step.first, step.last, step.about["to"], step.by) == ("restore", 7, 9, 3, work.annotator)


def test_restoring_the_version_before_takes_a_restore_back(work: AnnotationSet) -> None:
    there = stored_state(work)
    restore(work, 0, by=work.annotator, uid=new())
    assert stored_state(work).spans == {}
    restore(work, 6, by=work.annotator, uid=new())
    assert stored_state(work) == there


def test_a_restore_that_is_sent_twice_is_done_once(work: AnnotationSet) -> None:
    name = new()
    first = restore(work, 3, by=work.annotator, uid=name)
    perform(work, span_op(EMOJI_TEXT, "تهران", "LOC"))
    assert restore(work, 3, by=work.annotator, uid=name) == first
    assert Revision.objects.filter(annotation_set=work).count() == first.version + 1


def test_what_was_edited_after_the_preview_is_not_overrun(work: AnnotationSet) -> None:
    perform(work, span_op(EMOJI_TEXT, "تهران", "LOC"))
    with pytest.raises(MovedOn):
        restore(work, 3, by=work.annotator, uid=new(), since=6)
    assert not RevisionStep.objects.exists()


@pytest.mark.parametrize("version", [-1, 7, 10**6])
def test_a_version_that_never_was_is_refused(work: AnnotationSet, version: int) -> None:
    with pytest.raises(VersionUnknown):
        restore(work, version, by=work.annotator, uid=new())


def test_only_whoever_may_edit_the_set_restores_and_only_while_it_is_open(cast: Cast, work: AnnotationSet) -> None:
    with pytest.raises(AnnotationSet.DoesNotExist):
        restore(work, 3, by=cast.annotator2, uid=new())
    with pytest.raises(NotYours):
        restore(work, 3, by=cast.manager, uid=new())
    move(work, "submit", by=cast.annotator)
    with pytest.raises(SetClosed):
        restore(work, 3, by=cast.annotator, uid=new())
    assert Revision.objects.filter(annotation_set=work).count() == 6


@pytest.mark.parametrize("gone", ["label", "entity"])
def test_what_is_gone_from_the_project_hinders_and_nothing_is_half_restored(work: AnnotationSet, gone: str) -> None:
    create_entity(work.project, by=work.annotator, name="تاس", key="org-tass")
    place = span_op(EMOJI_TEXT, "روسیه", "LOC", entity="org-tass")
    perform(work, place)
    perform(work, op("span.delete", id=place["id"]))
    if gone == "entity":
        Entity.objects.all().delete()
    else:
        Label.objects.filter(key="LOC").update(archived_at=work.created_at)
    there = stored_state(work)
    with pytest.raises(NotRestorable) as refusal:
        restore(work, 7, by=work.annotator, uid=new())
    assert refusal.value.data == {"version": 7, "n": 1}
    assert stored_state(work) == there
    assert Revision.objects.filter(annotation_set=work).count() == 8


def test_a_restore_that_fails_half_way_leaves_nothing(work: AnnotationSet, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_given: object, **_named: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(restorations, "note_step", failing)
    there = stored_state(work)
    with pytest.raises(RuntimeError):
        restore(work, 3, by=work.annotator, uid=new())
    assert stored_state(work) == there
    assert Span.objects.count() == 1


PIECES = ("روسیه", "کیم جونگ اون", "مریم رضایی", "تهران", "نفت")
LABELS = ("PER", "LOC", "ORG")


class Restoring(TestCase):
    """Through the one write path, after any edits: hypothesis with a database of its own for each example."""

    @settings(max_examples=25)
    @given(
        st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from((*LABELS, "gone", "joined"))), max_size=14),
        st.data(),
    )
    def test_restoring_any_version_gives_exactly_that_version(
        self, steps: list[tuple[str, str]], data: st.DataObject
    ) -> None:
        cast = make_cast()
        work = make_set(cast, TEXT)
        held: dict[str, str] = {}
        joined: dict[str, str] = {}
        for piece, what in steps:
            if what == "joined" and len(held) > 1:
                first, second = list(held.values())[:2]
                ends = {"head": first, "tail": second, "label": "stance"}
                relation = op("relation.create", id=uid(), attributes={"polarity": "FAVOR"}, **ends)
                perform(work, relation)
                joined[piece] = relation["id"]
            elif what == "gone" and piece in joined:
                perform(work, op("relation.delete", id=joined.pop(piece)))
            elif what == "gone" and piece in held:
                perform(work, op("span.delete", id=held[piece]))
            elif what in LABELS and piece in held:
                perform(work, op("span.update", id=held[piece], label=what))
            elif what in LABELS:
                create = span_op(TEXT, piece, what)
                perform(work, create)
                held[piece] = create["id"]
        work.refresh_from_db()
        version = data.draw(st.integers(0, work.version))
        (then,) = states_at(work, version)
        restore(work, version, by=cast.annotator, uid=uid())
        assert stored_state(work) == then
        assert rebuilt(work) == then
