"""Can edits, adjudication, the publishing of a scheme and priorities get in each other's way on PostgreSQL?

Each of two that do so at once has a connection of its own; one is held at the place where it would hurt.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from django.db import connection, transaction

from annotations.actions import adjudication_end, operations, relabelling, schemes
from annotations.actions.assigning import prioritise
from annotations.actions.batches import undo_batch
from annotations.actions.schemes import SchemeUnsound
from annotations.actions.slots import lock_places
from annotations.models import AnnotationSet, Project, ProjectArticle
from annotations.queries.assigning import Choice
from annotations.queries.invariants import broken_sets
from annotations.queries.scheme_labels import published_labels
from tests.factories import TEXT, Cast, make_article, make_cast, make_set, perform, span_op
from tests.table import laid_table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
PATIENCE = 60


class Aside(threading.Thread):
    """Something done in a thread of its own, on a connection of its own."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.work, self.error = work, None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def until_it_waits(self) -> None:
        """Returns once it waits for a lock, or has ended."""
        with connection.cursor() as cursor:
            while self.is_alive():
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone() != (0,):
                    return
                self.join(0.02)

    def end(self) -> None:
        self.join(PATIENCE)
        assert not self.is_alive()
        if self.error is not None:
            raise self.error


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, after: bool) -> Iterator[threading.Event]:
    """Holds the first call of a function, before or after it is done, until the block ends; gives what tells of it."""
    there, go_on = threading.Event(), threading.Event()
    real = getattr(owner, name)

    def holding(*args: Any, **options: Any) -> Any:
        found = real(*args, **options) if after else None
        if not there.is_set():
            there.set()
            assert go_on.wait(PATIENCE)
        return found if after else real(*args, **options)

    monkeypatch.setattr(owner, name, holding)
    try:
        yield there
    finally:
        go_on.set()


def drafted(cast: Cast, **changes: dict[str, Any]) -> None:
    labels = [msgspec.structs.replace(label, **changes.get(label.key, {})) for label in published_labels(cast.project)]
    schemes.save_draft(cast.project, labels, by=cast.manager)


def publish(cast: Cast) -> None:
    schemes.publish(Project.objects.get(pk=cast.project.pk), by=cast.manager)


def test_a_label_is_not_renamed_under_an_edit_that_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    work = make_set(cast)
    drafted(cast, FAC={"key": "SITE"})
    with held(monkeypatch, operations._Batch, "_write", after=True) as judged:
        edit = Aside(lambda: perform(work, span_op(work.article.text, "تهران", "FAC")))
        assert judged.wait(PATIENCE)
        renaming = Aside(lambda: publish(cast))
        renaming.until_it_waits()
    edit.end()
    with pytest.raises(SchemeUnsound):
        renaming.end()
    assert list(broken_sets()) == []


def test_two_merges_and_the_end_of_an_adjudication_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    table = laid_table(cast)
    first, second = AnnotationSet.objects.filter(article=table.article, kind="annotator").order_by("pk")
    text = table.article.text
    AnnotationSet.objects.update(status="in_progress")
    perform(second, span_op(text, "رشد", "FAC"), by=second.annotator)
    perform(first, span_op(text, "رشد", "PRO"), by=first.annotator)
    drafted(cast, FAC={"into": "ORG"}, PRO={"into": "ORG"})

    def finishing() -> None:
        with transaction.atomic():
            adjudication_end._lock_sets(table.project, table.article)

    with held(monkeypatch, relabelling, "rewrite", after=True) as written:
        publishing = Aside(lambda: publish(cast))
        assert written.wait(PATIENCE)
        end = Aside(finishing)
        end.until_it_waits()
    publishing.end()
    end.end()


def test_priorities_are_taken_back_in_the_order_in_which_all_lock_places() -> None:
    cast = make_cast()
    first, second, third = (make_article(cast.project, f"{TEXT}\n{at}").pk for at in range(3))
    prioritise(cast.project, Choice(articles=(first, third)), 3, by=cast.manager)
    step, _n = prioritise(cast.project, Choice(articles=(first, second, third)), 5, by=cast.manager)
    with transaction.atomic():
        lock_places(cast.project.pk, [second])
        undo = Aside(lambda: undo_batch(cast.project, step.uid, by=cast.manager))
        undo.until_it_waits()
        lock_places(cast.project.pk, [third])  # the undo does not hold it yet
    undo.end()
    places = ProjectArticle.objects.order_by("article").values_list("priority", flat=True)
    assert list(places) == [3, 0, 3]
