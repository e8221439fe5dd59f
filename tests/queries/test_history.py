"""What does a history tell, in which order, to whom? And what does a page of it cost?"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from annotations import policy
from annotations.actions import bulk_edits
from annotations.actions.assignments import assign
from annotations.actions.bulk_edits import Group
from annotations.actions.comments import resolve_thread, write_comment
from annotations.actions.entities import create_entity
from annotations.actions.propagations import advance_propagation, begin_propagation
from annotations.actions.restorations import restore
from annotations.actions.transitions import move
from annotations.edits import SpanCreate
from annotations.models import AnnotationSet, Revision, User
from annotations.queries.history import Event, HistoryPage, history_page
from annotations.queries.history_rows import Place
from tests.factories import TEXT, Cast, make_cast, make_set, op, perform, span_op, uid
from tests.table import laid_table

MOVED = TEXT[58:68].strip()

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_set(cast)


class Clock:
    """The time that edits are made at; it goes on when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2023, 9, 17, 8, 30, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def page(work: AnnotationSet, reader: User, **asked: Any) -> HistoryPage:
    sets = list(policy.visible_sets(reader).filter(article=work.article).select_related("project", "article"))
    return history_page(sets, reader=reader, **asked)


def said(events: list[Event]) -> list[str]:
    """The events as plain text, without the isolates."""
    lines = [" ".join(filter(None, [event.who, str(event.what or "")])) for event in events]
    return ["".join(character for character in line if character not in "\u2068\u2069") for line in lines]


def details(event: Event) -> list[str]:
    return ["".join(c for c in str(phrase) if c not in "\u2068\u2069") for phrase in event.details]


def test_edits_read_as_sentences_in_the_words_of_the_scheme(cast: Cast, work: AnnotationSet) -> None:
    create_entity(cast.project, by=cast.annotator, name="خبرگزاری تاس", key="org-tass")
    kim, claim = span_op(TEXT, "کیم جونگ اون"), span_op(TEXT, "صادرات نفت رشد می‌کند", "CLAIM")
    relation = op("relation.create", id=uid(), label="attribution", head=claim["id"], tail=kim["id"])
    perform(work, kim, claim, relation)
    perform(
        work,
        op("span.update", id=kim["id"], label="ORG", entity="org-tass"),
        op("span.update", id=kim["id"], attributes={"mention": "name"}),
        op("span.update", id=claim["id"], ranges=[[58, 68]], quote=TEXT[58:68]),
        op("relation.update", id=relation["id"], tail="implicit"),
        op("relation.delete", id=relation["id"]),
        op("span.delete", id=kim["id"]),
        op("label.set", label="category", value="economy"),
        op("label.clear", label="category"),
    )
    assert Revision.objects.count() == 11
    (event,) = page(work, cast.annotator, kind="edits").events
    assert details(event) == [
        "marked «کیم جونگ اون» as Person",
        "marked «صادرات نفت رشد می‌کند» as Claim",
        "made the relation Attribution: «صادرات نفت رشد می‌کند» → «کیم جونگ اون»",
        "changed «کیم جونگ اون» from Person to Organization",
        "linked «کیم جونگ اون» to «خبرگزاری تاس»",
        "set Mention of «کیم جونگ اون» to name",
        f"moved the bounds of «صادرات نفت رشد می‌کند» to «{MOVED}»",
        f"joined the relation Attribution otherwise: «{MOVED}» → «کیم جونگ اون» became «{MOVED}» → implicit",
        f"took the relation Attribution away: «{MOVED}» → implicit",
        "took the mark Organization off «کیم جونگ اون»",
        "set Category of the article to economy",
        "cleared Category of the article",
    ]
    assert event.counts == {"made": 4, "changed": 5, "deleted": 3}


def test_the_words_of_a_person_are_isolated_and_escaped(cast: Cast) -> None:
    work = make_set(cast, "گفت <b>تاس</b> & رفت")
    perform(work, span_op(work.article.text, "<b>تاس</b>", "ORG"))
    (event,) = page(work, cast.annotator, kind="edits").events
    (phrase,) = event.details
    assert phrase.html() == "marked <bdi>«&lt;b&gt;تاس&lt;/b&gt;»</bdi> as <bdi>Organization</bdi>"


def test_attributes_are_said_in_the_scheme_s_words_and_the_readers_digits(cast: Cast, work: AnnotationSet) -> None:
    place = span_op(TEXT, "تهران", "LOC", attributes={"mention": "name", "metonymy": "government"})
    other = span_op(TEXT, "کیم جونگ اون", "CLAIM")
    ends = {"head": other["id"], "tail": place["id"]}
    perform(work, place, other, op("relation.create", id=uid(), label="attribution", attributes={"level": 2}, **ends))
    with translation.override("fa"):
        (event,) = page(work, cast.annotator, kind="edits").events
        assert details(event) == [
            "«تهران» را مکان (نوع اشاره: نام، مجاز: به جای دولت) نشان کرد",
            "«کیم جونگ اون» را ادعا نشان کرد",
            "رابطهٔ انتساب (لایهٔ نقل: ۲) را ساخت: «کیم جونگ اون» ← «تهران»",
        ]


def test_edits_close_together_are_one_event_and_a_pause_or_a_move_begins_another(
    cast: Cast, work: AnnotationSet, clock: Clock
) -> None:
    for _edit in range(3):
        perform(work, span_op(TEXT, "روسیه", "LOC"))
        clock.wait(minutes=14)
    clock.wait(minutes=2)
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    move(work, "submit", by=cast.annotator)
    clock.wait(minutes=1)
    move(work, "return", by=cast.reviewer, note="دوباره")
    clock.wait(minutes=1)
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    _given, *events = page(work, cast.annotator).events  # by the machine's own clock
    assert [(event.kind, event.first, event.last) for event in events] == [
        ("edit", 5, 5), ("status", 0, 0), ("status", 0, 0), ("edit", 4, 4), ("edit", 1, 3),
    ]  # fmt: skip
    assert said(events)[1] == "reviewer returned the work"
    assert events[1].note == "دوباره"
    assert events[4].at - events[4].since == timedelta(minutes=28)


def test_a_restore_is_one_event_that_names_its_version(cast: Cast, work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "روسیه", "LOC"), span_op(TEXT, "تهران", "LOC"))
    restore(work, 0, by=cast.annotator, uid=str(uuid.uuid4()))
    events = page(work, cast.annotator, kind="edits").events
    assert said(events) == ["annotator restored version 0", "annotator"]
    assert (events[0].kind, events[0].first, events[0].last, len(events[0].details)) == ("restore", 3, 4, 2)


def test_what_was_done_to_many_sets_at_once_and_taken_back_is_one_event_each(cast: Cast, work: AnnotationSet) -> None:
    hit = {"label": "LOC", "ranges": ((34, 39),), "quote": TEXT[34:39]}
    group = Group(
        set_id=work.pk, text_sha256=work.article.text_sha256, operations=[SpanCreate(op_id=uid(), id=uid(), **hit)]
    )
    about = {"what": "concordance", "label": "LOC", "words": "روسیه", "into": "own"}
    edit = bulk_edits.apply(cast.project, [group], by=cast.annotator, uid=uid(), about=about)
    bulk_edits.undo(edit, by=cast.annotator)
    step = begin_propagation(
        cast.project, by=cast.annotator, uid=uid(), origin=0, words="تهران", whole=True, label="LOC"
    )
    for done in (True, False):
        advance_propagation(step, by=cast.annotator, done=done)
    events = page(work, cast.annotator, kind="edits").events
    assert [(event.kind, event.first, event.last) for event in events] == [
        ("spread_undo", 4, 4), ("spread", 3, 3), ("bulk_undo", 2, 2), ("bulk", 1, 1),
    ]  # fmt: skip
    assert said(events) == [
        "annotator took back: put Location on «تهران» wherever it stands",
        "annotator put Location on «تهران» wherever it stands",
        "annotator took back: marked «روسیه» as Location in many articles at once",
        "annotator marked «روسیه» as Location in many articles at once",
    ]


def test_comments_stand_among_the_rest_with_what_they_are_about(cast: Cast, work: AnnotationSet) -> None:
    span = span_op(TEXT, "روسیه", "LOC")
    perform(work, span)
    name = str(uuid.uuid4())
    write_comment(work, by=cast.reviewer, uid=name, text="چرا مکان؟", span=span["id"])
    write_comment(work, by=cast.annotator, uid=str(uuid.uuid4()), text="زیرا", parent=name)
    resolve_thread(work.comments.get(uid=name), by=cast.reviewer)
    events = page(work, cast.annotator, kind="comments").events
    assert said(events) == [
        "reviewer closed the thread about «روسیه»",
        "annotator answered",
        "reviewer wrote about «روسیه»",
    ]
    assert [event.note for event in events] == ["", "زیرا", "چرا مکان؟"]


def test_nobody_sees_here_what_the_policy_hides(cast: Cast, work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    write_comment(work, by=cast.annotator, uid=str(uuid.uuid4()), text="راز")
    seen = page(work, cast.annotator2)
    assert (seen.events, seen.people) == ([], [])
    assert page(work, cast.outsider).events == []
    assert page(work, cast.reviewer).events


def test_who_may_read_a_set_but_does_not_attend_to_it_reads_no_comments_and_notes(
    cast: Cast, work: AnnotationSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_comment(work, by=cast.annotator, uid=str(uuid.uuid4()), text="راز")
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="در گوشی")
    monkeypatch.setattr(policy, "attended_sets", lambda user: AnnotationSet.objects.none())
    events = page(work, cast.reviewer).events
    assert [(event.kind, event.note) for event in events] == [("status", "")] * 2 + [("edit", ""), ("status", "")]


def test_reviewers_know_annotators_by_their_pseudonyms_only(cast: Cast, work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="دوباره")
    seen = page(work, cast.reviewer)
    assert set(seen.people) == {work.pseudonym, "reviewer"}
    # It was the factory that gave the work.
    assert {event.who for event in seen.events} == {work.pseudonym, "reviewer", None}
    assert {event.who for event in page(work, cast.annotator).events} == {"annotator", "reviewer", None}


@pytest.mark.parametrize(
    ("person", "kinds"), [("annotator", {"edit", "status"}), ("reviewer", {"status"}), ("nobody", set())]
)
def test_one_person_can_be_asked_for(cast: Cast, work: AnnotationSet, person: str, kinds: set[str]) -> None:
    perform(work, span_op(TEXT, "روسیه", "LOC"))
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="دوباره")
    assert {event.kind for event in page(work, cast.annotator, person=person).events} == kinds


def test_pages_follow_each_other_without_a_gap_or_a_double_even_at_one_moment(
    cast: Cast, work: AnnotationSet, clock: Clock
) -> None:
    perform(work, *[span_op(TEXT, "روسیه", "LOC") for _edit in range(7)])
    move(work, "submit", by=cast.annotator)
    write_comment(work, by=cast.reviewer, uid=str(uuid.uuid4()), text="خوب")
    whole = page(work, cast.annotator)
    found: list[Event] = []
    before: Place | None = None
    while True:
        part = page(work, cast.annotator, before=before, size=2)
        found += part.events
        if part.older is None:
            break
        before = Place.read(str(part.older))
        assert before == part.older
    assert [line for event in found for line in reversed(details(event)) or [event.kind]] == [
        line for event in whole.events for line in reversed(details(event)) or [event.kind]
    ]


@pytest.mark.parametrize("given", ["", "1-2", "a-b-c", "1-2-3-4", "9" * 18 + "-1-1", "-1-2-3", "١-٢-٣"])
def test_a_cursor_that_was_not_given_out_is_none(given: str) -> None:
    assert Place.read(given) is None


def test_a_page_costs_the_same_number_of_queries_whatever_happened(cast: Cast, work: AnnotationSet) -> None:
    other = assign(cast.project, work.article, annotator=cast.annotator2)
    write_comment(work, by=cast.reviewer, uid=str(uuid.uuid4()), text="خوب")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(work, cast.reviewer)
        return len(queries)

    for one in (work, other):
        perform(one, span_op(TEXT, "روسیه", "LOC"))
    few = count()
    for one in (work, other):
        perform(one, *[span_op(TEXT, "تهران", "LOC") for _edit in range(20)])
        write_comment(one, by=cast.reviewer, uid=str(uuid.uuid4()), text="خوب")
    assert count() == few


def test_verdicts_of_an_adjudication_say_who_decided_what_and_why() -> None:
    table = laid_table(make_cast())
    unit = next(one for one in table.dossier.case.open_units() if one.noun == "span")
    table.decide(unit, 0, error_type="guideline", note="بند ۳")
    second = next(one for one in table.dossier.case.open_units() if one.noun == "span")
    table.decide(second)
    gold = AnnotationSet.objects.select_related("project", "article").get(pk=table.gold.pk)
    events = history_page([gold], reader=table.by, kind="verdicts").events
    last, first = said(events)
    assert first.startswith("reviewer decided on «")
    assert first.endswith("(gap in the guideline)")
    assert last.startswith("reviewer decided against «")
    assert [(event.unit, event.note) for event in events] == [(second.key, ""), (unit.key, "بند ۳")]
    assert history_page([gold], reader=table.by, kind="verdicts", person="reviewer").events == events
    with CaptureQueriesContext(connection) as queries:
        history_page([gold], reader=table.by)
    few = len(queries)
    for one in [one for one in table.dossier.case.open_units() if one.noun == "span"]:
        table.decide(one)
    with CaptureQueriesContext(connection) as queries:
        history_page([gold], reader=table.by)
    assert len(queries) == few


def test_the_value_of_a_document_label_is_called_as_the_scheme_calls_it() -> None:
    table = laid_table(make_cast())
    table.decide(next(one for one in table.dossier.case.open_units() if one.noun == "label"), 0)
    gold = AnnotationSet.objects.select_related("project", "article").get(pk=table.gold.pk)
    with translation.override("fa"):
        (event,) = history_page([gold], reader=table.by, kind="verdicts").events
        assert "اقتصاد" in str(event.what.html)
        assert "economy" not in str(event.what.html)
