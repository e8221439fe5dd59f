"""Is the next batch of a stream read while this one is written, and does nothing differ by it?"""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from annotations.models import Label
from annotations.queries import records
from annotations.queries.ahead import reading_ahead
from annotations.queries.records import stream_records
from annotations.queries.selection import selection_from
from tests.conftest import ON_POSTGRES
from tests.factories import TEXT, Cast, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLES = 7


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A project whose articles are read two at a time."""
    for name in ("FIRST", "BATCH", "BATCH_ON_SQLITE"):
        monkeypatch.setattr(records, name, 2)
    cast = make_cast()
    for number in range(ARTICLES):
        make_set(cast, f"{number} {TEXT}")
    return cast


def numbers(cast: Cast, **chosen: str) -> list[str]:
    """Returns how the articles of a stream begin."""
    return [record.text[0] for record in stream_records(selection_from(chosen, project=cast.project))]


def test_each_article_comes_once_in_its_order_and_no_connection_is_left(cast: Cast) -> None:
    made: list[BaseDatabaseWrapper] = []

    def note(connection: BaseDatabaseWrapper, **signal: object) -> None:
        made.append(connection)

    connection_created.connect(note)
    for limit in (1, 2, 3, 6, 7, 8):
        assert numbers(cast, limit=str(limit)) == [str(number) for number in range(min(limit, ARTICLES))]
    stream = stream_records(selection_from({}, project=cast.project))
    next(stream)
    stream.close()
    connection_created.disconnect(note)
    assert len(made) == (5 if connection.vendor == "postgresql" else 0)
    assert all(one.connection is None for one in made)


def test_a_transaction_reads_what_it_has_written(cast: Cast) -> None:
    with transaction.atomic():
        make_set(cast, f"{ARTICLES} {TEXT}")
        assert numbers(cast) == [str(number) for number in range(ARTICLES + 1)]


def test_a_label_made_while_the_stream_is_read_is_known(cast: Cast) -> None:
    stream = stream_records(selection_from({}, project=cast.project))
    next(stream)
    Label.objects.create(project=cast.project, key="NEW", kind="entity", title_fa="تازه", title_en="new")
    for work in cast.project.annotation_sets.order_by("-pk")[:2]:
        perform(work, span_op(work.article.text, "روسیه", "NEW"))
    spans = [[span.label for span in record.annotation_sets[0].spans] for record in stream]
    assert spans == [[]] * (ARTICLES - 3) + [["NEW"]] * 2


def test_what_fails_ahead_is_said_where_it_is_wanted() -> None:
    def fail() -> None:
        raise LookupError("lost")

    with reading_ahead() as ask:
        waiting: Callable[[], None] = ask(fail)
        with pytest.raises(LookupError, match="lost"):
            waiting()


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite needs no second connection")
def test_where_no_second_connection_is_to_be_had_the_first_one_reads() -> None:
    answers = iter([OperationalError("too many clients already"), 7])

    def read() -> int:
        answer = next(answers)
        if isinstance(answer, OperationalError):
            raise answer
        return answer

    with reading_ahead() as ask:
        assert ask(read)() == 7
