"""How do many people work at once? Each is a thread that speaks the HTTP API, at times badly: answers get lost."""

import http.client
import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from queue import Queue
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.utils import timezone

from annotations.models import AnnotationSet
from tests.factories import span_op, uid

NAME = "کیم جونگ اون"


class Lost(Exception):
    """Raised instead of an answer: the request was sent, and nobody knows what became of it."""


class Client:
    """One person's connection to the API."""

    def __init__(self, address: str, token: str) -> None:
        self.host = urlsplit(address).netloc
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def post(self, path: str, body: dict[str, Any], *, lose: bool = False) -> tuple[int, Any]:
        """Sends something and returns (status, body). Raises Lost where the answer is to be lost on its way, or was."""
        try:
            self.connection.request("POST", f"/api/v1{path}", json.dumps(body), self.headers)
            if lose:
                raise ConnectionError
            answer = self.connection.getresponse()
            said = answer.read()
        except ConnectionError:  # also where the server has put away a connection on which nothing was said for a while
            self.connection.close()
            raise Lost from None
        return answer.status, json.loads(said) if said else None

    def post_surely(self, path: str, body: dict[str, Any], *, lose: bool = False) -> tuple[int, Any]:
        """Sends something, and again where the answer was lost."""
        try:
            return self.post(path, body, lose=lose)
        except Lost:
            return self.post(path, body)


class Annotator(Client):
    """Takes what the queue hands out, marks a name, hands it in; at times gives it back or leaves it lying."""

    def __init__(self, address: str, token: str, *, seed: int, texts: dict[int, str], handed_in: Queue) -> None:
        super().__init__(address, token)
        self.random, self.texts, self.handed_in = random.Random(seed), texts, handed_in
        self.left: set[int] = set()

    def work(self) -> None:
        """Works until nothing is left."""
        while (given := self._next()) is not None:
            chance = self.random.random()
            if chance < 0.04 and given["status"] == "assigned":
                self._move(given["id"], "skip", reason="hard")
            elif chance < 0.07 and given["id"] not in self.left:
                self._leave(given["id"])
            else:
                self._annotate(given)

    def _next(self) -> dict[str, Any] | None:
        status, said = self.post_surely("/projects/test/queue/next/", {}, lose=self.random.random() < 0.03)
        assert status in (200, 201, 204), said
        return said

    def _annotate(self, given: dict[str, Any]) -> None:
        if given["version"] == 0 and self.random.random() < 0.2:
            text, sha256 = self.texts[given["article"]]
            body = {"text_sha256": sha256, "operations": [span_op(text, NAME)]}
            path = f"/annotation-sets/{given['id']}/operations/"
            status, said = self.post_surely(path, body, lose=self.random.random() < 0.1)
            assert status == 200, said
            assert said["results"][0]["status"] in ("ok", "duplicate")
        self._move(given["id"], "submit")
        self.handed_in.put(given["id"])

    def _move(self, pk: int, transition: str, **words: str) -> None:
        body = {"id": uid(), "transition": transition} | words
        path = f"/annotation-sets/{pk}/transitions/"
        status, said = self.post_surely(path, body, lose=self.random.random() < 0.05)
        assert status == 200, said

    def _leave(self, pk: int) -> None:
        """Goes away for two hours: the clock is what is replaced here."""
        self.left.add(pk)
        AnnotationSet.objects.filter(pk=pk).update(updated_at=timezone.now() - timedelta(hours=2))


class Reviewer(Client):
    """Accepts what was handed in, returns some of it once, leaves the rest for another day."""

    def __init__(self, address: str, token: str, *, seed: int, handed_in: Queue, returned: set[int]) -> None:
        super().__init__(address, token)
        self.random, self.handed_in, self.returned = random.Random(seed), handed_in, returned

    def work(self) -> None:
        """Judges until nobody hands in any more."""
        while (pk := self.handed_in.get()) is not None:
            chance = self.random.random()
            if chance < 0.05 and pk not in self.returned:
                self.returned.add(pk)
                self._judge(pk, {"id": uid(), "transition": "return", "note": "مرزها را ببینید."})
            elif chance < 0.2:
                self._judge(pk, {"id": uid(), "transition": "accept"})

    def _judge(self, pk: int, body: dict[str, str]) -> None:
        path = f"/annotation-sets/{pk}/transitions/"
        status, said = self.post_surely(path, body, lose=self.random.random() < 0.05)
        assert status == 200, said


class Crew:
    """Threads of people; what goes wrong in one of them fails the test."""

    def __init__(self) -> None:
        self.problems: list[BaseException] = []
        self.threads: list[threading.Thread] = []

    def start(self, *people: Annotator | Reviewer) -> None:
        """Lets people work, each in a thread."""
        for person in people:
            thread = threading.Thread(target=self._run, args=[person])
            self.threads.append(thread)
            thread.start()

    def _run(self, person: Annotator | Reviewer) -> None:
        try:
            person.work()
        except BaseException as problem:
            self.problems.append(problem)
        finally:
            person.connection.close()
            connection.close()

    def wait(self) -> None:
        """Waits until all of them are done. Raises what went wrong."""
        for thread in self.threads:
            thread.join()
        if self.problems:
            raise self.problems[0]


@contextmanager
def at_work(*reviewers: Reviewer, handed_in: Queue) -> Iterator[None]:
    """Lets reviewers judge what is handed in within the block, and what is left of it after."""
    crew = Crew()
    crew.start(*reviewers)
    try:
        yield
    finally:
        for _reviewer in reviewers:
            handed_in.put(None)
        crew.wait()
