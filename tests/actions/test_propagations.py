"""One label on the same words of all open articles: as one step, once, and back without what others changed since."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.actions.assignments import submit
from annotations.actions.entities import create_entity
from annotations.actions.propagations import (
    NotPropagable,
    PropagationIdTaken,
    advance_propagation,
    begin_propagation,
)
from annotations.models import AnnotationSet, Propagation, Revision, Span
from annotations.queries.invariants import broken_sets
from annotations.queries.occurrences import MOST_SETS, Model, preview
from tests.factories import Cast, make_cast, make_set, op, perform, span_op

pytestmark = pytest.mark.django_db
TEXTS = (
    "تاس گفت",
    "👩‍👩‍👧‍👦 خبرگزاری تاس و تاسیسات تاس‌ها؛ تاس\nو «تاس» رفت",
    "تاسیسات و تاس‌ها",
    "تاسِ و تاس",
    "هیچ",
)
TASS = Model(words="تاس", whole=True, label="ORG", entity="org-tass")


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    create_entity(cast.project, by=cast.manager, name="تاس", label="ORG", key="org-tass")
    return cast


@pytest.fixture
def works(cast: Cast) -> list[AnnotationSet]:
    return [make_set(cast, text) for text in TEXTS]


def step(cast: Cast, works: list[AnnotationSet], **more: object) -> Propagation:
    fields = {"uid": str(uuid.uuid4()), "words": "تاس", "whole": True, "label": "ORG", "entity": "org-tass"} | more
    return begin_propagation(
        cast.project, by=cast.annotator, origin=works[0].pk, attributes={"mention": "name"}, **fields
    )  # type: ignore[arg-type]


def turn(made: Propagation, cast: Cast, *, done: bool) -> Propagation:
    while not (made := advance_propagation(made, by=cast.annotator, done=done)).ended:
        pass
    return made


def standing() -> list[tuple[int, str, str | None]]:
    rows = Span.objects.order_by("annotation_set", "start").select_related("label", "entity")
    return [(span.start, span.label.key, span.entity and span.entity.key) for span in rows]


def test_all_whole_places_of_other_open_articles_get_label_and_link(cast: Cast, works: list[AnnotationSet]) -> None:
    done = turn(step(cast, works), cast, done=True)
    text = TEXTS[1]
    places = [at for at in range(len(text)) if text.startswith("تاس", at) and text[at + 3 : at + 4] in (" ", "\n", "»")]
    assert standing() == [(at, "ORG", "org-tass") for at in places] + [(7, "ORG", "org-tass")]
    assert done.report == {"spans": 4, "sets": 2}
    assert all(TEXTS[1][at : at + 3] == "تاس" for at in places)
    assert list(broken_sets()) == []


def test_one_step_takes_all_back_and_does_it_again(cast: Cast, works: list[AnnotationSet]) -> None:
    made = turn(step(cast, works), cast, done=True)
    before = standing()
    back = turn(made, cast, done=False)
    assert (standing(), back.report) == ([], {"spans": 4, "sets": 2})
    assert turn(back, cast, done=True).report == {"spans": 4, "sets": 2}
    assert standing() == before
    assert list(broken_sets()) == []


def test_saying_it_again_changes_nothing(cast: Cast, works: list[AnnotationSet]) -> None:
    made = step(cast, works)
    for done in (True, True, False, False, True, True):
        turn(made, cast, done=done)
        before = Revision.objects.count()
        turn(step(cast, works, uid=made.uid), cast, done=done)
        assert Revision.objects.count() == before
    assert len(standing()) == 4


def test_what_stands_there_already_is_linked_or_left_alone(cast: Cast, works: list[AnnotationSet]) -> None:
    plain, other = span_op(TEXTS[3], "تاس", "ORG", ranges=[[7, 10]]), span_op(TEXTS[1], "تاس", "LOC")
    perform(works[3], plain)
    perform(works[1], other)
    made = turn(step(cast, works), cast, done=True)
    assert [one for one in standing() if one[1] == "LOC"] == [(other["ranges"][0][0], "LOC", None)]
    assert Span.objects.get(uid=plain["id"]).entity is not None
    assert made.report["spans"] == 3
    turn(made, cast, done=False)
    assert standing() == [(other["ranges"][0][0], "LOC", None), (7, "ORG", None)]


def test_what_was_changed_since_stays_and_is_reported(cast: Cast, works: list[AnnotationSet]) -> None:
    made = turn(step(cast, works), cast, done=True)
    spans = list(Span.objects.filter(annotation_set=works[1]).order_by("start"))
    perform(works[1], op("span.update", id=spans[0].uid, label="LOC"), op("span.delete", id=spans[1].uid))
    stance = {"label": "stance", "head": spans[2].uid, "tail": "implicit", "attributes": {"polarity": "FAVOR"}}
    perform(works[1], {**op("relation.create"), "id": str(uuid.uuid4()), **stance, "tail": spans[0].uid})
    back = turn(made, cast, done=False)
    assert [one[1] for one in standing()] == ["LOC", "ORG"]
    assert (back.report["spans"], back.report["kept"]) == (1, 2)
    (kept,) = back.report["kept_in"]
    assert (kept["set"], kept["n"], kept["reason"]) == (works[1].pk, 2, "changed")


def test_work_handed_in_is_not_touched(cast: Cast, works: list[AnnotationSet]) -> None:
    submit(works[3], by=cast.annotator)
    made = turn(step(cast, works), cast, done=True)
    assert made.report == {"spans": 3, "sets": 1}
    works[1].refresh_from_db()
    submit(works[1], by=cast.annotator)
    back = turn(made, cast, done=False)
    assert (back.report["spans"], back.report["kept"], back.report["kept_in"][0]["reason"]) == (0, 3, "closed")
    assert len(standing()) == 3


def test_others_work_and_what_was_left_out_is_not_touched(cast: Cast, works: list[AnnotationSet]) -> None:
    AnnotationSet.objects.filter(pk=works[3].pk).update(annotator=cast.annotator2)
    made = turn(step(cast, works, skip=[works[1].pk]), cast, done=True)
    assert (standing(), made.report) == ([], {"spans": 0, "sets": 0})


def test_parts_of_words_are_found_where_a_part_was_meant(cast: Cast, works: list[AnnotationSet]) -> None:
    made = turn(step(cast, works, whole=False), cast, done=True)
    assert made.report["spans"] == sum(TEXTS[at].count("تاس") for at in (1, 2, 3)) - 1  # «تاسِ»: its mark belongs to it


def test_what_the_project_lacks_is_refused(cast: Cast, works: list[AnnotationSet]) -> None:
    for more in ({"label": "NONE"}, {"label": "CLAIM"}, {"entity": "none"}):
        with pytest.raises(NotPropagable):
            step(cast, works, **more)
    made = step(cast, works)
    with pytest.raises(PropagationIdTaken):
        begin_propagation(
            cast.project, by=cast.annotator2, uid=made.uid, origin=1, words="تاس", whole=True, label="ORG"
        )


def test_the_preview_tells_apart_what_stands_there(cast: Cast, works: list[AnnotationSet]) -> None:
    perform(works[1], span_op(TEXTS[1], "تاس", "LOC"))
    perform(works[3], span_op(TEXTS[3], "تاس", "ORG", ranges=[[7, 10]]))
    page = preview(cast.project, TASS, to=cast.annotator, origin=works[0].pk)
    assert [(one["set"], one["counts"]) for one in page["articles"]] == [
        (works[1].pk, {"free": 2, "linkable": 0, "otherwise": 1, "labelled": 0}),
        (works[3].pk, {"free": 0, "linkable": 1, "otherwise": 0, "labelled": 0}),
    ]
    assert page["after"] is None
    (context,) = page["articles"][1]["contexts"]
    assert context == {"before": "تاسِ و ", "words": "تاس", "after": "", "state": "linkable"}
    assert Span.objects.count() == 2


def test_the_preview_goes_page_by_page(cast: Cast) -> None:
    works = [make_set(cast, f"تاس {at}") for at in range(MOST_SETS + 3)]
    seen, after = [], 0
    while after is not None:
        page = preview(cast.project, TASS, to=cast.annotator, origin=works[0].pk, after=after)
        assert len(page["articles"]) <= MOST_SETS
        seen += [one["set"] for one in page["articles"]]
        after = page["after"]
    assert seen == [work.pk for work in works[1:]]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=6))
def test_however_often_it_turns_the_history_leads_to_what_stands(
    cast: Cast, works: list[AnnotationSet], turns: list[tuple[bool, int]]
) -> None:
    made = step(cast, works)
    for done, edit in turns:
        turn(made, cast, done=done)
        spans = list(Span.objects.order_by("pk"))
        if edit < len(spans):
            perform(spans[edit].annotation_set, op("span.update", id=spans[edit].uid, label="LOC"))
    assert list(broken_sets()) == []
    for work in works:
        for span in Span.objects.filter(annotation_set=work):
            assert work.article.text[span.start : span.end] == "تاس"
