"""Who may do what, to whose? Generated from the tables of test_access.py for every address and every method.

Those say what each person of one project meets there. From them follows the rest: a method that is not listed is
refused, a thing of another project is not there, one's own is one's own whatever one's role.
"""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from annotations.actions.projects import add_member, create_project
from annotations.models import AnnotationSet, Role
from tests.factories import Cast, make_cast, make_user
from tests.views.test_access import PAGES, PEOPLE, SENT, WORDS, address, make_work, sending

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ALL, MANAGERS = (200,) * 5, (403, 403, 403)
#                                annotator annotator2 reviewer manager admin outsider  nobody
CHANGED: dict[tuple[str, str], tuple[int, ...]] = {
    ("entity", "PATCH"): (403, 403, 200, 200, 200, 404, 401),
    ("comment", "PATCH"): (200, 404, 403, 403, 403, 404, 401),
    ("comment", "DELETE"): (204, 404, 403, 204, 204, 404, 401),
    ("api-settings", "PATCH"): (*MANAGERS, 200, 200, 404, 401),
    ("api-member", "PATCH"): (*MANAGERS, 200, 200, 404, 401),
    ("api-member", "DELETE"): (*MANAGERS, 200, 200, 404, 401),
    ("api-webhook", "PATCH"): (*MANAGERS, 200, 200, 404, 401),
    ("api-webhook", "DELETE"): (*MANAGERS, 204, 204, 404, 401),
}
BODIES: dict[str, dict[str, Any]] = {
    "entity": {"name_en": "TASS"}, "comment": {"text": "باز هم چرا؟"}, "api-settings": {"overlap": 2},
    "api-member": {"role": "reviewer"}, "api-webhook": {"active": False},
}  # fmt: skip
# What is proven elsewhere takes these.
ELSEWHERE = {"tokens": {"POST", "DELETE"}, "logout": {"POST"}}
NAMES = sorted({*PAGES, *SENT, *ELSEWHERE})
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
# Shown to whoever has not signed in.
OPEN = {"login", "healthz", "api-docs", "schema", "welcome"}
_NAMED = re.compile(r"<|\(\?P<")
OF_A_PROJECT = sorted(pair for pair in LISTED if _NAMED.search(PATTERNS[pair[0]]) and pair[0] not in OPEN)
BELOW_A_PROJECT = sorted(
    name for name in NAMES if PATTERNS[name].count("<") > 1 and "projects/" in PATTERNS[name]
)  # fmt: skip
OF_A_SET = sorted(
    pair for pair in LISTED if re.search("^(api/v1/annotation-)?sets/.*<pk>|^sets/<int:pk>", PATTERNS[pair[0]])
)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    return make_work(cast)


@pytest.fixture
def elsewhere(cast: Cast, work: AnnotationSet) -> AnnotationSet:
    """The same things in a project of other people."""
    people = {name: make_user(f"other-{name}") for name in ("annotator", "annotator2", "reviewer", "manager")}
    project = create_project(title="دیگری", slug="other", by=people["manager"])
    for name, role in (("annotator", Role.ANNOTATOR), ("annotator2", Role.ANNOTATOR), ("reviewer", Role.REVIEWER)):
        add_member(project, people[name], role=role)
    other = Cast(admin=cast.admin, outsider=cast.outsider, project=project, **people)
    return make_work(other, "خبر دیگران\n\nتاس متن دیگران را نوشت")


def expected(name: str, method: str) -> tuple[int, ...]:
    """Returns the row of the table that lists this method of the address."""
    return {"GET": PAGES, "POST": SENT}[method][name] if method in ("GET", "POST") else CHANGED[name, method]


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


def ask(client: Client, name: str, method: str, where: AnnotationSet) -> int:
    """Sends a request that changes nothing in the end, and returns its status."""
    with transaction.atomic():
        if method == "GET":
            status = client.get(address(name, where), WORDS if name == "occurrences" else {}).status_code
        elif method == "POST":
            status = sending(name, where)(client)
        else:
            body = json.dumps(BODIES.get(name, {}))
            status = client.generic(method, address(name, where), body, content_type="application/json").status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize(("name", "method"), sorted(CHANGED))
def test_something_is_changed_by_those_who_may(work: AnnotationSet, name: str, method: str) -> None:
    clients = [client_of(person) for person in PEOPLE]
    assert tuple(ask(client, name, method, work) for client in [*clients, Client()]) == CHANGED[name, method]


@pytest.mark.parametrize("name", NAMES)
def test_a_method_that_is_not_listed_is_refused_to_everybody(work: AnnotationSet, name: str) -> None:
    unlisted = [method for method in METHODS if (name, method) not in LISTED]
    strongest = Client() if name in OPEN else client_of("admin")
    assert {method: ask(strongest, name, method, work) for method in unlisted} == dict.fromkeys(unlisted, 405)


@pytest.mark.parametrize(("name", "method"), OF_A_PROJECT)
def test_a_thing_of_another_project_is_not_there(elsewhere: AnnotationSet, name: str, method: str) -> None:
    for person in PEOPLE:
        found = ask(client_of(person), name, method, elsewhere)
        assert found == (expected(name, method)[4] if person == "admin" else 404), person
    assert ask(Client(), name, method, elsewhere) == expected(name, method)[6]


@pytest.mark.parametrize("name", BELOW_A_PROJECT)
def test_a_thing_of_another_project_is_not_found_in_ones_own(
    work: AnnotationSet, elsewhere: AnnotationSet, name: str
) -> None:
    own, others = address(name, work), address(name, elsewhere).replace("/other/", "/test/")
    if own == others:  # named by a key that each project has
        return
    for method in METHODS:
        if (name, method) in LISTED:
            for person in ("manager", "admin"):
                assert client_of(person).generic(method, others).status_code == 404, (method, person)


@pytest.mark.parametrize("person", ["reviewer", "manager", "admin"])
@pytest.mark.parametrize(("name", "method"), OF_A_SET)
def test_ones_own_work_is_ones_own_whatever_ones_role(cast: Cast, name: str, method: str, person: str) -> None:
    user = getattr(cast, person)
    own = make_work(replace(cast, annotator=user, reviewer=cast.annotator2), "کار خود\n\nتاس نوشت.")
    assert ask(client_of(person), name, method, own) == expected(name, method)[0]


def test_every_row_is_of_an_address_that_is_there() -> None:
    assert set(PATTERNS) == set(NAMES)
