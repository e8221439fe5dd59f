"""Many sets are changed as one step, each whole or not at all, and one undo restores what still stands."""

import msgspec
import pytest

from annotations.actions.bulk_edits import BulkEditTaken, Group, apply, undo
from annotations.edits import operation_decoder
from annotations.models import AnnotationSet, BulkEdit, Revision, Span
from annotations.queries.invariants import broken_sets
from tests.factories import TEXT, Cast, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def works(cast: Cast) -> list[AnnotationSet]:
    return [make_set(cast, f"{n} {TEXT}") for n in ("👩‍👩‍👧‍👦", "دو", "سه")]


def group(work: AnnotationSet, *operations: dict[str, object]) -> Group:
    read = tuple(operation_decoder.decode(msgspec.json.encode(operation)) for operation in operations)
    return Group(set_id=work.pk, text_sha256=work.article.text_sha256, operations=read)


def named(works: list[AnnotationSet], piece: str = "کیم جونگ اون", label: str = "PER") -> list[Group]:
    return [group(work, span_op(work.article.text, piece, label=label)) for work in works]


def quotes() -> list[tuple[str, str]]:
    rows = Span.objects.select_related("label", "annotation_set__article").order_by("annotation_set", "start")
    return [(row.label.key, row.annotation_set.article.text[row.start : row.end]) for row in rows]


def test_all_sets_are_changed_and_one_undo_takes_it_back(cast: Cast, works: list[AnnotationSet]) -> None:
    edit = apply(cast.project, named(works), by=cast.annotator, uid=uid(), about={"label": "PER"})
    assert quotes() == [("PER", "کیم جونگ اون")] * 3
    assert [part.refusals for part in edit.parts.all()] == [[], [], []]
    report = undo(edit, by=cast.annotator)
    assert (report.restored, report.sets, report.left) == (3, 3, [])
    assert quotes() == []
    assert [work.revisions.count() for work in works] == [2, 2, 2]
    assert list(broken_sets()) == []
    edit.refresh_from_db()
    assert edit.undone_at is not None


def test_the_same_edit_sent_twice_and_undone_twice_is_done_once(cast: Cast, works: list[AnnotationSet]) -> None:
    groups, name = named(works), uid()
    apply(cast.project, groups[:2], by=cast.annotator, uid=name)
    edit = apply(cast.project, groups, by=cast.annotator, uid=name)
    assert (BulkEdit.objects.count(), edit.parts.count(), Revision.objects.count()) == (1, 3, 3)
    undo(edit, by=cast.annotator)
    again = undo(edit, by=cast.annotator)
    assert (again.restored, again.left, Revision.objects.count()) == (0, [], 6)


def test_undo_leaves_what_has_changed_since_and_says_so(cast: Cast, works: list[AnnotationSet]) -> None:
    edit = apply(cast.project, named(works), by=cast.annotator, uid=uid())
    changed = Span.objects.get(annotation_set=works[1])
    perform(works[1], op("span.update", id=changed.uid, label="ORG"))
    report = undo(edit, by=cast.annotator)
    assert (report.restored, report.sets) == (2, 2)
    assert [(left.set_id, left.reason, left.quote) for left in report.left] == [
        (works[1].pk, "changed", "کیم جونگ اون")
    ]
    assert quotes() == [("ORG", "کیم جونگ اون")]


def test_undo_restores_labels_deleted_spans_and_their_relations(cast: Cast, works: list[AnnotationSet]) -> None:
    work, text = works[0], works[0].article.text
    holder, target = span_op(text, "کیم جونگ اون"), span_op(text, "روسیه", label="LOC")
    stance = op("relation.create", id=uid(), label="stance", head=holder["id"], tail=target["id"])
    topical = op("label.set", label="category", value="economy")
    assert {said.status for said in perform(work, holder, target, stance, topical).results} == {"ok"}
    before = work_state(work)
    edit = apply(
        cast.project,
        [
            group(
                work,
                op("relation.delete", id=stance["id"]),
                op("span.delete", id=holder["id"]),
                op("span.update", id=target["id"], label="ORG"),
                op("label.set", label="category", value="sport"),
            )
        ],
        by=cast.annotator,
        uid=uid(),
    )
    assert edit.parts.get().refusals == []
    assert undo(edit, by=cast.annotator).left == []
    assert work_state(work) == before
    assert list(broken_sets()) == []


def work_state(work: AnnotationSet) -> list[object]:
    from annotations.queries.invariants import stored_state

    state = stored_state(AnnotationSet.objects.get(pk=work.pk))
    return [state.spans, state.relations, state.labels]


def test_a_closed_set_is_refused_whole_and_the_others_go_on(cast: Cast, works: list[AnnotationSet]) -> None:
    AnnotationSet.objects.filter(pk=works[1].pk).update(status="submitted")
    edit = apply(cast.project, named(works), by=cast.annotator, uid=uid())
    refusals = {part.annotation_set_id: [said["reason"] for said in part.refusals] for part in edit.parts.all()}
    assert refusals == {works[0].pk: [], works[1].pk: ["set_closed"], works[2].pk: []}
    assert quotes() == [("PER", "کیم جونگ اون")] * 2


def test_a_set_that_is_closed_meanwhile_is_not_undone_until_it_is_open_again(
    cast: Cast, works: list[AnnotationSet]
) -> None:
    edit = apply(cast.project, named(works), by=cast.annotator, uid=uid())
    AnnotationSet.objects.filter(pk=works[2].pk).update(status="submitted")
    assert [left.reason for left in undo(edit, by=cast.annotator).left] == ["set_closed"]
    AnnotationSet.objects.filter(pk=works[2].pk).update(status="returned")
    assert undo(edit, by=cast.annotator).restored == 1
    assert quotes() == []


def test_another_s_sets_are_not_there_and_nothing_is_written(cast: Cast, works: list[AnnotationSet]) -> None:
    with pytest.raises(AnnotationSet.DoesNotExist):
        apply(cast.project, named(works), by=cast.annotator2, uid=uid())
    assert not BulkEdit.objects.exists()
    edit = apply(cast.project, named(works), by=cast.reviewer, uid=uid())
    assert {part.refusals[0]["reason"] for part in edit.parts.all()} == {"not_yours"}
    assert quotes() == []


def test_an_id_belongs_to_who_used_it_first(cast: Cast, works: list[AnnotationSet]) -> None:
    name = uid()
    apply(cast.project, named(works), by=cast.annotator, uid=name)
    with pytest.raises(BulkEditTaken):
        apply(cast.project, [], by=cast.manager, uid=name)


def test_operations_that_do_not_fit_are_refused_one_by_one(cast: Cast, works: list[AnnotationSet]) -> None:
    text = works[0].article.text
    wrong = span_op(text, "کیم") | {"quote": "کیو"}
    edit = apply(
        cast.project, [group(works[0], wrong, span_op(text, "روسیه", label="LOC"))], by=cast.annotator, uid=uid()
    )
    part = edit.parts.get()
    assert [(said["op_id"], said["reason"]) for said in part.refusals] == [(wrong["op_id"], "quote_mismatch")]
    assert [change["after"]["quote"] for change in part.changes] == ["روسیه"]
