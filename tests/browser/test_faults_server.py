"""A server killed with SIGKILL in the midst of batches and started again: each edit is there once, in its order."""

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import PATIENCE_MS
from tests.browser.hand import drag, queue_empty

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
KILLS = 5
NAME = "نرگس امینی"
OPEN_WORK = """SELECT s.id FROM annotations_annotationset s JOIN annotations_user u ON u.id = s.annotator_id
  JOIN annotations_article a ON a.id = s.article_id
  WHERE u.username = 'annotator' AND s.status = 'assigned' AND a.text LIKE '%نرگس امینی%' LIMIT 1"""


class Server:
    """`manage.py runserver` on a free port, with a folder and a SQLite file of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {"NEWSROOM_HOME": str(home), "DEBUG": "true"}
        self.environment.pop("DATABASE_URL", None)

    def manage(self, *arguments: str) -> str:
        """Runs a command to its end and returns what it says."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout  # fmt: skip

    def start(self) -> None:
        """Returns once the server answers."""
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                assert time.monotonic() < deadline, "the server did not start"

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def kill(self) -> None:
        """Ends it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Reads the server's database."""
        with closing(sqlite3.connect(self.home / "newsroom.sqlite3")) as connection:
            return connection.execute(query).fetchall()

    def count(self) -> int:
        """How many revisions there are."""
        return int(str(self.rows("SELECT count(*) FROM annotations_revision")[0][0]))


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Server]:
    """A running server with the demonstration project; its tables are copies of the tests'."""
    started = Server(tmp_path_factory.mktemp("killed"))
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(started.home / "newsroom.sqlite3")])
    started.manage("migrate", "--check")
    started.manage("demo")
    started.start()
    yield started
    started.kill()


@pytest.fixture
def workspace(browser: Browser, server: Server) -> Iterator[Page]:
    """The demonstration's article, as its annotator has it open."""
    context = browser.new_context(base_url=f"http://localhost:{server.port}", locale="fa-IR")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("نام کاربری").fill("annotator")
    page.get_by_label("گذرواژه").fill("newsroom")
    page.get_by_role("button", name="ورود").click()
    ((work,),) = server.rows(OPEN_WORK)
    page.goto(f"/sets/{work}/")
    page.wait_for_selector("html[data-ready]")
    yield page
    context.close()


def test_a_server_killed_in_mid_batch_takes_each_edit_once(workspace: Page, server: Server) -> None:
    dice = random.Random(7)
    page = workspace
    drag(page, NAME)
    page.keyboard.press("Digit1")
    queue_empty(page)
    before = server.count()
    killed: list[float] = []

    def strike(request: Request) -> None:
        if request.method == "POST" and len(killed) < KILLS and server.process.poll() is None:
            delay = dice.uniform(0, 0.08)  # some die before the commit, some after it
            try:
                server.process.wait(delay)
            except subprocess.TimeoutExpired:
                killed.append(delay)
                server.kill()

    page.on("request", strike)
    for round_ in range(KILLS):
        # Delete and restore the same span again and again: an edit lost, doubled or out of order would be refused.
        for _ in range(15):
            page.keyboard.press("Control+KeyZ")
            page.keyboard.press("Control+Shift+KeyZ")
        while len(killed) <= round_:
            page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("#status")).to_have_attribute("data-state", "queued")
        server.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    queue_empty(page)
    assert server.count() - before == KILLS * 30
    assert (
        server.rows("SELECT op_id FROM annotations_revision GROUP BY annotation_set_id, op_id HAVING count(*) > 1")
        == []
    )
    expect(page.locator("#doc [role=mark]", has_text=NAME)).to_have_count(1)
    expect(page.locator(".save-card")).to_have_count(0)
    server.manage("doctor")  # replays every history against the tables; fails where they differ
