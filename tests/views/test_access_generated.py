"""Who may do what, to whose? Generated from the tables of test_access.py for every address and every method.

Those say what each person of one project meets there. From them follows the rest: a method that is not listed is
refused, a thing of another project is not there, one's own is one's own whatever one's role.
"""

import json
import re
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from annotations.actions.projects import add_member, create_project
from annotations.models import AnnotationSet, Role
from tests.factories import Cast, make_cast, make_user
from tests.views import test_access
from tests.views.access import PAGES, PEOPLE, SENT
from tests.views.test_access import ASKED, address, make_work, sending

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MANAGERS = (403, 403, 403)
#                                annotator annotator2 reviewer manager admin outsider  nobody
CHANGED: dict[tuple[str, str], tuple[int, ...]] = {
    ("entity", "PATCH"): (403, 403, 200, 200, 200, 404, 401),
    ("propagation", "PUT"): (200, 404, 404, 404, 404, 404, 401),
    ("comment", "PATCH"): (200, 404, 403, 403, 403, 404, 401),
    ("comment", "DELETE"): (204, 404, 403, 204, 204, 404, 401),
    ("scheme-draft", "PUT"): (*MANAGERS, 200, 200, 404, 401),
    ("scheme-draft", "DELETE"): (*MANAGERS, 204, 204, 404, 401),
    ("api-settings", "PATCH"): (*MANAGERS, 200, 200, 404, 401),
    ("api-member", "PATCH"): (*MANAGERS, 200, 200, 404, 401),
    ("api-member", "DELETE"): (*MANAGERS, 200, 200, 404, 401),
    ("api-webhook", "PATCH"): (*MANAGERS, 200, 200, 404, 401),
    ("api-webhook", "DELETE"): (*MANAGERS, 204, 204, 404, 401),
}
BODIES: dict[str, dict[str, Any]] = {
    "entity": {"name_en": "TASS"}, "propagation": {"done": True}, "comment": {"text": "باز هم چرا؟"},
    "api-settings": {"overlap": 2}, "api-member": {"role": "reviewer"}, "api-webhook": {"active": False},
    "scheme-draft": {"labels": []},
}  # fmt: skip
# What is proven elsewhere takes these.
ELSEWHERE = {"tokens": {"POST", "DELETE"}, "logout": {"POST"}}
NAMES = sorted({*PAGES, *SENT, *ELSEWHERE, *(name for name, _method in CHANGED)})
LISTED = (
    {(name, "GET") for name in PAGES} | {(name, "POST") for name in SENT} | set(CHANGED)
    | {(name, method) for name, methods in ELSEWHERE.items() for method in methods}
)  # fmt: skip


def patterns(resolver: URLResolver | None = None, before: str = "") -> dict[str, str]:
    """Returns the pattern of each address by its name, but for Django's own admin."""
    found: dict[str, str] = {}
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            found[one.name] = before + str(one.pattern)
        elif one.app_name != "admin":
            found |= patterns(one, before + str(one.pattern))
    return found


PATTERNS = patterns()
# Shown to whoever has not signed in; no thing of a project stands in their addresses.
OPEN = {"login", "healthz", "favicon", "api-docs", "schema", "welcome"}
OF_A_PROJECT = sorted(pair for pair in LISTED if "<" in PATTERNS[pair[0]] and pair[0] not in OPEN)
BELOW_A_PROJECT = sorted(
    pair for pair in LISTED if PATTERNS[pair[0]].count("<") > 1 and "projects/" in PATTERNS[pair[0]]
)  # fmt: skip
OF_A_SET = sorted(pair for pair in LISTED if re.match("(api/v1/annotation-)?sets/.*<", PATTERNS[pair[0]]))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_work(cast)


@pytest.fixture
def elsewhere(cast: Cast, work: AnnotationSet, monkeypatch: pytest.MonkeyPatch) -> AnnotationSet:
    """The same things in a project of other people, under other ids."""
    for name in ("COMMENT", "STEP", "BULK_EDIT"):
        monkeypatch.setattr(test_access, name, str(uuid.uuid4()))
    people = {name: make_user(f"other-{name}") for name in ("annotator", "annotator2", "reviewer", "manager")}
    project = create_project(title="دیگری", slug="other", by=people["manager"])
    for name, role in (("annotator", Role.ANNOTATOR), ("annotator2", Role.ANNOTATOR), ("reviewer", Role.REVIEWER)):
        add_member(project, people[name], role=role)
    other = Cast(admin=cast.admin, outsider=cast.outsider, project=project, **people)
    return make_work(other, "خبر دیگران\n\nتاس متن دیگران را نوشت")


def row(name: str, method: str) -> tuple[int, ...]:
    """Returns what the tables say of a method of an address."""
    return {"GET": PAGES, "POST": SENT}[method][name] if method in ("GET", "POST") else CHANGED[name, method]


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


@pytest.fixture
def clients(cast: Cast) -> dict[str, Client]:
    """Everybody of the cast, signed in, and nobody."""
    return {name: client_of(name) for name in PEOPLE} | {"nobody": Client()}


def ask(client: Client, name: str, method: str, where: AnnotationSet) -> int:
    """Sends a request, takes back what it changed, and returns its status."""
    with transaction.atomic():
        if method == "GET":
            answer = client.get(address(name, where), ASKED.get(name, {}))
            status = answer.status_code
            if answer.streaming:
                list(answer)  # a file is closed once it is read
        elif method == "POST":
            status = sending(name, where)(client)
        else:
            body = json.dumps(BODIES.get(name, {}))
            status = client.generic(method, address(name, where), body, content_type="application/json").status_code
        transaction.set_rollback(True)
    return status


def test_what_is_changed_is_changed_by_those_who_may(work: AnnotationSet, clients: dict[str, Client]) -> None:
    found = {pair: tuple(ask(client, *pair, work) for client in clients.values()) for pair in CHANGED}
    assert found == CHANGED


def test_a_method_that_is_not_listed_is_refused(work: AnnotationSet, clients: dict[str, Client]) -> None:
    answered = {}
    for name in NAMES:
        # Who is signed in is led away from the page to sign in.
        strongest = clients["nobody" if name == "login" else "admin"]
        for method in METHODS:
            if (name, method) not in LISTED and (status := ask(strongest, name, method, work)) != 405:
                answered[name, method] = status
    assert answered == {}


def test_a_thing_of_another_project_is_not_there(elsewhere: AnnotationSet, clients: dict[str, Client]) -> None:
    answered = {}
    for pair in OF_A_PROJECT:
        listed = row(*pair)
        for person, client in clients.items():
            # What an admin does first here, somebody else has done before them in the table.
            expected = {"admin": set(listed[:5]), "nobody": {listed[-1]}}.get(person, {404})
            if (status := ask(client, *pair, elsewhere)) not in expected:
                answered[(*pair, person)] = status
    assert answered == {}


def test_a_thing_of_another_project_is_not_found_in_ones_own(
    work: AnnotationSet, elsewhere: AnnotationSet, clients: dict[str, Client]
) -> None:
    answered = {}
    for name, method in BELOW_A_PROJECT:
        others = address(name, elsewhere).replace("/other/", "/test/")
        # A word of the address, or a key that each project has, names no thing of another one.
        if others != address(name, work):
            answered[name, method] = clients["manager"].generic(method, others).status_code
    assert answered == dict.fromkeys(answered, 404)
    assert len(answered) > 10


@pytest.mark.parametrize("person", ["reviewer", "manager", "admin"])
def test_ones_own_work_is_ones_own_whatever_ones_role(cast: Cast, person: str) -> None:
    told = cast.manager if person == "reviewer" else cast.reviewer
    own = make_work(replace(cast, annotator=getattr(cast, person), reviewer=told), "کار خود\n\nتاس نوشت.")
    client = client_of(person)
    found = {pair: ask(client, *pair, own) for pair in OF_A_SET}
    assert found == {pair: row(*pair)[PEOPLE.index("annotator")] for pair in OF_A_SET}


def test_every_row_is_of_an_address_that_is_there() -> None:
    assert set(NAMES) == set(PATTERNS)
