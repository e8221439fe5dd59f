"""The client of docs/examples against a real server: streamed, retried, gone on with, checked."""

import importlib.util
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from knox.models import AuthToken
from pytest_django.live_server_helper import LiveServer

from annotations.jobs import runner
from annotations.jobs.releases import cut
from annotations.models import AnnotationSet
from annotations.releases.splits import Plan
from tests.factories import EMOJI_TEXT, Cast, make_cast, make_set, perform, span_op

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("newsroom_client", ROOT / "docs" / "examples" / "newsroom_client.py")
client_module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(client_module)
ARTICLES = 3


@pytest.fixture
def cast() -> Iterator[Cast]:
    cast = make_cast()
    for number in range(ARTICLES):
        work = make_set(cast, f"{EMOJI_TEXT} {number}")
        perform(work, span_op(work.article.text, "کیم جونگ اون"))
    yield cast
    runner._warm.clear()


def newsroom(cast: Cast, url: str, **options: Any) -> Any:
    _row, token = AuthToken.objects.create(cast.reviewer)
    return client_module.Newsroom(url, token, backoff=0, **options)


def test_records_come_with_quotes_that_stand_in_the_text(cast: Cast, live_server: LiveServer) -> None:
    client = newsroom(cast, live_server.url)
    records = list(client.records("test", kind="annotator"))
    assert len(records) == ARTICLES == client.count("test")["articles"]
    for record in records:
        (span,) = record.annotation_sets[0].spans
        ((start, end),) = span.ranges
        assert record.text[start:end] == span.quote == "کیم جونگ اون"


def test_what_changed_is_pulled_by_cursor(cast: Cast, live_server: LiveServer) -> None:
    client = newsroom(cast, live_server.url)
    first = client.changes("test")
    assert len(list(first)) == ARTICLES
    work = AnnotationSet.objects.order_by("pk").first()
    perform(work, span_op(work.article.text, "روسیه", "LOC"))
    second = client.changes("test", first.cursor)
    assert [record.id for record in second] == [work.article.uid]
    assert list(client.changes("test", second.cursor)) == []


def test_a_refusal_says_what_the_server_said(cast: Cast, live_server: LiveServer) -> None:
    with pytest.raises(client_module.NewsroomError) as refused:
        list(newsroom(cast, live_server.url).records("test", kind="silver"))
    assert (refused.value.status, refused.value.code) == (422, "filter_invalid")


def test_an_export_of_any_format_is_a_file_when_it_is_whole(
    cast: Cast, live_server: LiveServer, tmp_path: Path
) -> None:
    path = newsroom(cast, live_server.url).export("test", tmp_path / "corpus.zip", format="conll")
    assert path.read_bytes().startswith(b"PK")
    assert [file.name for file in tmp_path.iterdir()] == ["corpus.zip"]


def test_a_release_is_downloaded_through_a_line_that_breaks(
    cast: Cast, live_server: LiveServer, tmp_path: Path
) -> None:
    release = cut(cast.project, by=cast.manager, name="1.0", plan=Plan(way="none"))
    runner.run_slice(release.job_id, leave=lambda: False)
    with Breaking(live_server.url, after=4000, times=12) as line:
        client = newsroom(cast, line.url, retries=20)
        paths = client.download("test", "1.0", tmp_path)
        assert line.broken > 3
        assert {path.relative_to(tmp_path).as_posix() for path in paths} == {file.path for file in release.files.all()}
        before = line.asked
        assert client.download("test", "1.0", tmp_path) == paths
        assert line.asked <= before + 8, "what is there is not fetched again"


def test_a_stream_that_breaks_off_is_gone_on_with(cast: Cast, live_server: LiveServer) -> None:
    with Breaking(live_server.url, after=2500, times=2) as line:
        records = list(newsroom(cast, line.url).records("test"))
    assert (len(records), len({record.id for record in records})) == (ARTICLES, ARTICLES)
    assert line.broken == 2


class Breaking:
    """A line to a server that cuts each connection once so many bytes of an answer went through, `times` at most."""

    def __init__(self, url: str, *, after: int, times: int = 1000) -> None:
        host, port = url.rpartition("/")[2].split(":")
        self.target, self.after, self.times = (host, int(port)), after, times
        self.broken = self.asked = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __enter__(self) -> "Breaking":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self.listener.accept()
            except OSError:
                return
            self.asked += 1
            far = socket.create_connection(self.target)
            threading.Thread(target=self._pass, args=(near, far, None), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, self.after), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, bound: int | None) -> None:
        passed = 0
        with suppress(OSError):
            while chunk := source.recv(512):
                passed += len(chunk)
                sink.sendall(chunk)
                if bound is not None and passed > bound and self.broken < self.times:
                    self.broken += 1
                    break
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
