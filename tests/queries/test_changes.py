"""Pulling what changed: nothing is missed and no state comes twice while people write, whatever commits when."""

import json
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import Client

from annotations.actions.assigning import assign_many
from annotations.actions.assignments import assign
from annotations.actions.batches import undo_batch
from annotations.actions.imports import import_drafts
from annotations.actions.operations import apply_operations
from annotations.edits import operation_decoder
from annotations.models import AnnotationSet, ChangeClock
from annotations.models.guards import install_guards
from annotations.queries.assigning import Choice
from annotations.queries.changes import CursorInvalid, window
from annotations.records import Draft, DraftSet
from tests.conftest import ON_POSTGRES
from tests.factories import TEXT, Cast, make_article, make_cast, op, perform, span_op

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/api/v1/projects/test/export/"
SETS, EDITS = 6, 12


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def pull(cast: Cast, cursor: str, **more: str) -> tuple[dict[str, Any], str]:
    """Returns what came, by the article's id, and the cursor to go on with."""
    client = Client()
    client.force_login(cast.reviewer)
    response = client.get(URL, {"updated_after": cursor} | more)
    records = [json.loads(line) for line in b"".join(response).splitlines()]
    assert len(records) == len({record["id"] for record in records})
    return {record["id"]: record for record in records}, response.headers["Newsroom-Cursor"]


def test_only_what_changed_comes_and_only_once(cast: Cast) -> None:
    works = [
        assign(cast.project, make_article(cast.project, f"{n} {TEXT}"), annotator=cast.annotator) for n in range(3)
    ]
    first, cursor = pull(cast, "start")
    assert set(first) == {work.article.uid for work in works}
    assert pull(cast, cursor)[0] == {}
    perform(works[1], span_op(works[1].article.text, "روسیه", "LOC"))
    second, cursor = pull(cast, cursor)
    assert [len(record["annotation_sets"][0]["spans"]) for record in second.values()] == [1]
    assert set(second) == {works[1].article.uid}
    assert pull(cast, cursor)[0] == {}


def test_what_leaves_the_selection_comes_without_its_sets(cast: Cast) -> None:
    work = assign(cast.project, make_article(cast.project), annotator=cast.annotator)
    _all, cursor = pull(cast, "start", status="assigned")
    perform(work, span_op(work.article.text, "روسیه", "LOC"))
    (record,) = pull(cast, cursor, status="assigned")[0].values()
    assert record["annotation_sets"] == []


@pytest.mark.parametrize(
    "filters",
    [{"label": "PER"}, {"status": "in_progress"}, {"label": "PER", "unannotated": "true"}, {"agreement": "0.5"},
     {"reviewed_by": "reviewer"}],
    ids=lambda filters: "-".join(filters),
)  # fmt: skip
def test_a_first_pull_sends_what_is_in_the_selection_and_nothing_else(cast: Cast, filters: dict[str, str]) -> None:
    bearing, lacking = (
        assign(cast.project, make_article(cast.project, f"{n} {TEXT}"), annotator=cast.annotator) for n in range(2)
    )
    perform(bearing, span_op(bearing.article.text, "مریم رضایی", "PER"))
    expected = set() if {"agreement", "reviewed_by"} & filters.keys() else {bearing.article.uid}
    first, cursor = pull(cast, "start", **filters)
    assert set(first) == expected
    perform(lacking, span_op(lacking.article.text, "مریم رضایی", "PER"))
    second, _cursor = pull(cast, cursor, **filters)
    assert set(second) == {lacking.article.uid}
    assert len(pull(cast, "2020-01-01T00:00:00Z", **filters)[0]) == 2


def test_a_row_saved_whole_is_a_change_too(cast: Cast) -> None:
    work = assign(cast.project, make_article(cast.project), annotator=cast.annotator)
    _all, cursor = pull(cast, "start")
    work.save()
    assert len(pull(cast, cursor)[0]) == 1


def test_nothing_is_missed_or_doubled_while_people_write(cast: Cast) -> None:
    works = [
        assign(cast.project, make_article(cast.project, f"{n} {TEXT}"), annotator=cast.annotator) for n in range(SETS)
    ]
    begun = threading.Barrier(3)

    def write(mine: list[AnnotationSet]) -> None:
        begun.wait()
        for at in range(EDITS):
            for work in mine:
                said = span_op(work.article.text, "روسیه", ("LOC", "ORG", "PER")[at % 3])
                operation = operation_decoder.decode(json.dumps(said).encode())
                apply_operations(work.pk, [operation], by=cast.annotator, text_sha256=work.article.text_sha256)
        connections.close_all()

    writers = [threading.Thread(target=write, args=(works[half::2],)) for half in range(2)]
    for writer in writers:
        writer.start()
    kept: dict[str, Any] = {}
    cursor, seen = "start", set()
    begun.wait()
    while True:
        still = any(writer.is_alive() for writer in writers)
        came, cursor = pull(cast, cursor)
        for uid, record in came.items():
            state = (uid, record["annotation_sets"][0]["updated_at"], len(record["annotation_sets"][0]["spans"]))
            assert state not in seen, "a state came twice"
            seen.add(state)
        kept |= came
        if not still:
            break
    for writer in writers:
        writer.join()
    last, _cursor = pull(cast, cursor)
    kept |= last
    whole, _cursor = pull(cast, "start")
    assert kept == whole
    assert len(whole) == SETS


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer at a time")
def test_a_change_that_commits_after_a_later_one_is_not_passed_by(cast: Cast) -> None:
    early, late = (
        assign(cast.project, make_article(cast.project, f"{n} {TEXT}"), annotator=cast.annotator) for n in range(2)
    )
    _all, cursor = pull(cast, "start")
    written, pulled = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            AnnotationSet.objects.filter(pk=early.pk).update(version=7)
            written.set()
            pulled.wait(20)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    written.wait(20)
    AnnotationSet.objects.filter(pk=late.pk).update(version=8)
    between, cursor = pull(cast, cursor)
    pulled.set()
    writer.join()
    after, _cursor = pull(cast, cursor)
    assert set(between) | set(after) == {early.article.uid, late.article.uid}
    assert set(between) & set(after) == set()


def restored(cast: Cast, number: int = 10**15) -> list[AnnotationSet]:
    """Makes sets that bear numbers far ahead, as those of a dump from another server do."""
    works = [
        assign(cast.project, make_article(cast.project, f"{n} {TEXT}"), annotator=cast.annotator) for n in range(3)
    ]
    with connection.cursor() as cursor:
        if ON_POSTGRES:
            cursor.execute("ALTER TABLE annotations_annotationset DISABLE TRIGGER set_changed")
        cursor.execute("UPDATE annotations_annotationset SET change = %s + id", [number])
        if ON_POSTGRES:
            cursor.execute("ALTER TABLE annotations_annotationset ENABLE TRIGGER set_changed")
    return works


def test_what_was_restored_from_another_server_comes_and_hides_no_later_change(cast: Cast) -> None:
    works = restored(cast)
    uids = {work.article.uid for work in works}
    assert set(pull(cast, "2020-01-01T00:00:00Z")[0]) == uids
    first, cursor = pull(cast, "start")
    assert set(first) == uids
    assert pull(cast, cursor)[0] == {}
    other = assign(cast.project, works[0].article, annotator=cast.annotator2)
    perform(works[1], span_op(works[1].article.text, "روسیه", "LOC"))
    second, cursor = pull(cast, cursor)
    assert set(second) == {other.article.uid, works[1].article.uid}
    assert pull(cast, cursor)[0] == {}


def test_after_a_migrate_restored_sets_have_numbers_of_this_database_and_old_cursors_are_refused(cast: Cast) -> None:
    works = restored(cast)
    _all, before = pull(cast, "start")
    said = StringIO()
    with pytest.raises(CommandError, match="1 problems"):
        call_command("doctor", stderr=said)
    assert "3 sets bear numbers" in said.getvalue()
    install_guards(using="default")
    call_command("doctor", stdout=StringIO())
    with pytest.raises(CursorInvalid):
        window(before, cast.project)
    assert window("start", cast.project).unreached is None
    first, cursor = pull(cast, "start")
    assert set(first) == {work.article.uid for work in works}
    perform(works[1], span_op(works[1].article.text, "روسیه", "LOC"))
    second, cursor = pull(cast, cursor)
    assert set(second) == {works[1].article.uid}
    assert pull(cast, cursor)[0] == {}


def test_a_migrate_leaves_a_sound_database_its_name_and_its_numbers(cast: Cast) -> None:
    def numbers() -> list[int]:
        return list(AnnotationSet.objects.order_by("pk").values_list("change", flat=True))

    with transaction.atomic():  # its own changes are none of the future's
        assign(cast.project, make_article(cast.project), annotator=cast.annotator)
        before = ChangeClock.objects.values().get(), numbers()
        install_guards(using="default")
        assert (ChangeClock.objects.values().get(), numbers()) == before
    install_guards(using="default")
    assert (ChangeClock.objects.values().get(), numbers()) == before


@pytest.mark.parametrize(
    "said", ["yesterday", "c1-00000000-5", "2026-11-25T08:00:00", "c1-zz-1", "2026-13-45T00:00:00Z"]
)
def test_a_cursor_of_elsewhere_is_refused(cast: Cast, said: str) -> None:
    client = Client()
    client.force_login(cast.reviewer)
    response = client.get(URL, {"updated_after": said})
    assert (response.status_code, response.json()["type"].rpartition(":")[2]) == (422, "cursor_invalid")


def test_a_time_will_do_to_begin_with(cast: Cast) -> None:
    assign(cast.project, make_article(cast.project), annotator=cast.annotator)
    assert len(pull(cast, "2020-01-01T00:00:00Z")[0]) == 1
    assert pull(cast, "2099-01-01T00:00:00+03:30")[0] == {}
    assert ChangeClock.objects.count() == 1


def test_a_time_counts_from_when_work_came_in_not_from_what_its_file_says(cast: Cast) -> None:
    said = DraftSet(kind="gold", created_at="2021-01-01T00:00:00Z", updated_at="2021-01-02T00:00:00Z")
    import_drafts(cast.project, [(1, Draft(text=TEXT, annotation_sets=(said,)))], by=cast.manager)
    (record,) = pull(cast, "2022-01-01T00:00:00Z")[0].values()
    assert record["annotation_sets"][0]["updated_at"] == "2021-01-02T00:00:00Z"
    assert pull(cast, "2099-01-01T00:00:00Z")[0] == {}


def test_what_a_filter_on_the_work_leaves_out_by_now_comes_without_its_sets(cast: Cast) -> None:
    work = assign(cast.project, make_article(cast.project), annotator=cast.annotator)
    person = span_op(TEXT, "مریم رضایی", "PER")
    perform(work, person)
    filters = {"label": "PER", "current": "true"}
    (record,), cursor = pull(cast, "start", **filters)[0].values(), pull(cast, "start", **filters)[1]
    assert [span["label"] for span in record["annotation_sets"][0]["spans"]] == ["PER"]
    perform(work, op("span.delete", id=person["id"]), span_op(TEXT, "تهران", "LOC"))
    (record,) = pull(cast, cursor, **filters)[0].values()
    assert record["annotation_sets"] == []
    for name, value in {"agreement": "0.5", "reviewed_by": "reviewer"}.items():
        (record,) = pull(cast, cursor, **{name: value})[0].values()
        assert record["annotation_sets"] == []


def test_an_article_whose_only_set_was_taken_back_comes_without_it(cast: Cast) -> None:
    articles = [make_article(cast.project, f"{n} {TEXT}") for n in range(2)]
    annotator = cast.project.memberships.get(user=cast.annotator)
    batch, _plan = assign_many(cast.project, Choice(), [annotator], each=1, by=cast.manager)
    first, cursor = pull(cast, "start")
    assert {uid: len(record["annotation_sets"]) for uid, record in first.items()} == {a.uid: 1 for a in articles}
    undo_batch(cast.project, batch.uid, by=cast.manager)
    second, cursor = pull(cast, cursor)
    assert {uid: len(record["annotation_sets"]) for uid, record in second.items()} == dict.fromkeys(first, 0)
    assert pull(cast, cursor)[0] == {}


def test_an_article_that_is_superseded_comes_without_its_sets_where_only_current_ones_are_wanted(cast: Cast) -> None:
    def bring(text: str, *works: DraftSet) -> None:
        import_drafts(
            cast.project,
            [(1, Draft(text=text, url="https://example.ir/news/1", annotation_sets=works))],
            by=cast.manager,
        )

    bring(TEXT, DraftSet(kind="gold"))
    first, cursor = pull(cast, "start", current="true")
    bring(TEXT + " اصلاح شد.")
    second, cursor = pull(cast, cursor, current="true")
    (old,) = first
    (new,) = second.keys() - {old}
    assert second[old]["annotation_sets"] == []
    assert (second[new]["supersedes"], len(second[new]["annotation_sets"])) == (old, 1)
