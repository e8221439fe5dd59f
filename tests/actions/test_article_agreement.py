"""How far is agreed on an article is kept, also of two sets that are handed in at once."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from annotations.actions.assignments import assign
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, ProjectArticle
from tests.conftest import ON_POSTGRES
from tests.factories import TEXT, Cast, make_article, make_cast, perform, span_op

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast(overlap=2)


def both(cast: Cast) -> list[AnnotationSet]:
    article = make_article(cast.project)
    works = [assign(cast.project, article, annotator=person) for person in (cast.annotator, cast.annotator2)]
    for work in works:
        perform(work, span_op(TEXT, "روسیه", "LOC"))
    return works


def until_somebody_waits() -> None:
    """Returns once another transaction waits for a lock."""
    with connection.cursor() as cursor:
        for _asked in range(100_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer at a time")
def test_two_sets_handed_in_at_once_are_measured_together(cast: Cast) -> None:
    first, second = both(cast)
    moved = threading.Event()

    def slow() -> None:
        with transaction.atomic():
            move(first, "submit", by=cast.annotator)
            moved.set()
            until_somebody_waits()
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    moved.wait(20)
    move(second, "submit", by=cast.annotator2)
    thread.join()
    assert ProjectArticle.objects.get(article=first.article).agreement == 1.0


def test_the_doctor_tells_an_article_that_nobody_could_adjudicate(cast: Cast) -> None:
    for work in both(cast):
        move(work, "submit", by=work.annotator)
    assert ProjectArticle.objects.get().agreement == 1.0
    call_command("doctor", stdout=StringIO())
    ProjectArticle.objects.update(agreement=None)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stderr=said)
    assert "nobody will adjudicate it" in said.getvalue()
