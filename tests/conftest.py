"""What do all tests share? The database they run on, the same examples on every run, no network."""

import atexit
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests.emptying import empty_tables

if django_settings.configured:
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests prepare the environment before settings are read")
HOME = Path(tempfile.mkdtemp(prefix="newsroom-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
(HOME / "static").mkdir()  # WhiteNoise warns where it is missing
ON_POSTGRES = bool(os.environ.get("NEWSROOM_TEST_POSTGRES"))
# A developer's own settings must not reach the tests.
for name in (
    "DATABASE_URL",
    "DEBUG",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "BEHIND_TLS",
    "TIME_ZONE",
    "FETCH_ROLES",
    "MANAGERS_CREATE_ACCOUNTS",
    "WEBHOOK_PRIVATE_ADDRESSES",
    "API_RATE_TOKEN",
    "API_RATE_SESSION",
    "CACHE_URL",
    "PROXIES",
):
    os.environ.pop(name, None)
os.environ.update(NEWSROOM_HOME=str(HOME), SECRET_KEY="only-for-tests", DJANGO_SETTINGS_MODULE="newsroom.settings")
# All tests come from one address, and many ask as nobody.
os.environ["API_RATE_ANONYMOUS"] = ""
# What `datasets` keeps of folders it has opened would outlive the tests, and it would look for newer ones on its hub.
os.environ.update(HF_HOME=str(HOME / "hugging-face"), HF_HUB_OFFLINE="1")
if ON_POSTGRES:
    from tests.postgres.server import address

    # Workers inherit the address.
    os.environ["DATABASE_URL"] = os.environ["NEWSROOM_TEST_POSTGRES"] = address(HOME)
django.setup()

_quiet = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The same examples on every run: a failure that comes and goes teaches nobody. `explore` looks for new ones.
settings.register_profile("newsroom", derandomize=True, **_quiet)
settings.register_profile("explore", max_examples=1000, **_quiet)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "newsroom"))

TESTS = Path(__file__).resolve().parent
SHARED = TESTS.parent.parent / "shared" / "data"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Pages say the same whichever database answers: there, test_access_generated.py asks each address as each role, and the
# queries and the deeds of pages have tests of their own in `queries`, `actions` and `jobs`.
PAGES = (
    "access", "account", "adjudication", "agreement", "agreement_trend", "chart_days", "dashboard", "history",
    "imports", "library", "managing", "notifications", "pages", "preferences", "releases", "scheme", "sections", "work",
)  # fmt: skip
# So does the API, where what it calls has tests of its own there, too: test_fuzz.py asks each of its operations.
API = (
    "adjudication", "concordance", "entities", "export_looks", "history", "limits", "managing", "releases", "scheme",
    "versions",
)  # fmt: skip
# And the options of a command, and which forms and names staff are shown.
OTHERS = ("management/test_export_corpus.py", "admin/test_changes.py", "admin/test_names.py", "admin/test_tokens.py")
NOT_ON_POSTGRES = [
    "browser", "faults", "shape", *OTHERS,
    *(f"{folder}/test_{name}.py" for folder, names in (("views", PAGES), ("api", API)) for name in names),
]  # fmt: skip
# How a file of tests asks for the database, itself or by the conftest.py beside it.
ASKS_FOR_DATABASE = re.compile(r"django_db|transactional_db|\bdb\b|TestCase|live_server")

collect_ignore = NOT_ON_POSTGRES if ON_POSTGRES else ["postgres"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Lets each worker prepare a home and a database of its own: it inherits this process's environment."""
    os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Spares the run on PostgreSQL the import of files that use no database, and of the libraries they compare with."""
    if not ON_POSTGRES or not collection_path.name.startswith("test_"):
        return None
    beside = collection_path.with_name("conftest.py")
    files = [collection_path, *([beside] if beside.exists() and collection_path.parent != TESTS else [])]
    return None if any(ASKS_FOR_DATABASE.search(file.read_text(encoding="utf-8")) for file in files) else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts long tests first, and leaves the run on PostgreSQL those that use the database."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        commits = bool(used & {"transactional_db", "live_server"})
        if "kept_rows" in used and (commits or not item.get_closest_marker("django_db")):
            raise pytest.UsageError(f"{item.nodeid}: kept_rows is for tests marked django_db that commit nothing")
    if not ON_POSTGRES:
        return
    left_out = [item for item in items if not _uses_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _uses_the_database(item)]


def _uses_the_database(item: pytest.Item) -> bool:
    from django.test import SimpleTestCase

    fixtures = set(getattr(item, "fixturenames", ()))
    django_case = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"} or django_case)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keeps the SQLite database of the tests in a file, which nobody waits for to reach the disk.

    In memory all threads of the live server would share one connection, and with it one transaction:
    nothing like production.
    """
    from django.db import connections

    if connections["default"].vendor == "sqlite":
        settings = connections["default"].settings_dict
        settings["TEST"]["NAME"] = str(HOME / "test.sqlite3")
        settings["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(autouse=True, scope="session")
def _quickly_emptied() -> None:
    """Empties the database in a fraction of the time that Django's flush takes."""
    TransactionTestCase._fixture_teardown = empty_tables


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> None:
    """Hashes passwords quickly: the cast is made for each test."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def _no_internet() -> Iterator[None]:
    """Refuses connections beyond this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for verb in ("connect", "connect_ex"):
            patch.setattr(socket.socket, verb, _guarded(getattr(socket.socket, verb)))
        yield


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise OSError(f"A test reached for {address[0]}")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keeps what a file's fixtures make for all its tests: each test's own changes are undone, this after the last.

    Objects that were made so are to be copied for each test: they would keep in memory what is undone in the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _without_analyses() -> Iterator[None]:
    """Queues no analysis of what is stored: a worker of this test has something else to do."""
    from annotations.actions.imports import articles_stored
    from annotations.jobs.analyses import queue_missing

    articles_stored.disconnect(queue_missing)
    yield
    articles_stored.connect(queue_missing)


def shared(path: str) -> Path:
    """Returns a file of the shared data; skips the test where the folder is missing."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the shared data are not here: {path}")
    return found
