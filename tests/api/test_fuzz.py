"""Whatever is sent to the API, it answers as its description says: schemathesis tries it, alike on every run."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from knox.models import AuthToken
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from annotations.api.description import operations
from annotations.models import User
from newsroom.wsgi import application
from tests.api.described import arguments, document, make_demonstration

pytestmark = pytest.mark.django_db
load_all_checks()
NAMES = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
)  # fmt: skip
# How many cases of valid and of invalid requests each operation gets, by who sends them.
EXAMPLES = {"manager": (4, 4), "annotator": (2, 2), "nobody": (1, 1)}
# What a manager sends reaches every table; whom an address refuses is the same on every database.
WHO = ["manager"] if connection.vendor == "postgresql" else list(EXAMPLES)
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.differing_executors]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def read_and_closed(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """The application, as a server calls it: what was read is closed, and with it the files of releases."""
    with closing(application(environ, start_response)) as answer:
        return [b"".join(answer)]


@contextmanager
def connected() -> Iterator[None]:
    """Keeps the connection, and with it the transaction of the tests, through the ends of requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def demonstration(kept_rows: None) -> Iterator[dict[str, dict[str, Any]]]:
    """The demonstration, once for all tests of this file; gone after them."""
    with connected():
        yield arguments(make_demonstration())


def leading(known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Returns the description in which valid addresses are those that lead to something."""
    described = document()
    for path, _method, operation in operations(described):
        for one in operation.get("parameters", []):
            if one["in"] == "path":
                one["schema"] = {"enum": [known[path][one["name"]]]}
    return described


@pytest.mark.parametrize("who", WHO)
def test_api_answers_as_described(
    who: str, demonstration: dict[str, dict[str, Any]], subtests: pytest.Subtests
) -> None:
    schema = schemathesis.openapi.from_dict(leading(demonstration))
    schema.app = read_and_closed
    headers = {"Accept-Language": "en", "Accept-Encoding": "identity"}
    if who != "nobody":
        headers["Authorization"] = f"Token {AuthToken.objects.create(User.objects.get(username=who))[1]}"
    for operation in [found.ok() for found in schema.get_all_operations()]:
        takes_nothing = not {"parameters", "requestBody"} & set(operation.definition.raw)
        for mode, most in zip(MODES[: 1 if takes_nothing else 2], EXAMPLES[who], strict=False):
            with subtests.test(operation=operation.label, mode=mode.value):
                tried(operation, mode, most, headers)


def tried(operation: Any, mode: GenerationMode, most: int, headers: dict[str, str]) -> None:
    """Sends cases of an operation, each on the same data; what one has written is taken back."""

    @settings(max_examples=most, derandomize=True, database=None, deadline=None, suppress_health_check=QUIET,
              phases=[Phase.generate])
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        cache.clear()
        with transaction.atomic():
            try:
                response = case.call(headers=headers)
            finally:
                transaction.set_rollback(True)
        case.validate_response(response, checks=[CHECKS.get_one(name) for name in NAMES], headers=headers)

    send()
