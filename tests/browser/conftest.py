"""What do browser tests share? One real Chromium, a page that tolerates no error, a way to sign in."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from annotations.models import User
from tests.browser.static_files import StaticFiles
from tools.browser import installed

# Chromium heeds the last such list only, so that it begins with what Playwright leaves out by itself. The rest would be
# made ready with each profile: the browser's own menus, a process for the next site, what opens below the address bar
# (a page of its own, in a process that takes ten times the work of the test's: half of what a new profile costs).
WITHOUT = [
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "PreloadTopChromeWebUI", "SpareRendererForSitePerProcess", "TopChromeWebUIUsesSpareRenderer",
    "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup",
]  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    f"--disable-features={','.join(WITHOUT)}",
]  # fmt: skip
PATIENCE_MS = 60_000  # a machine may be busy: the first page alone takes seconds of its processor
VIEWPORT = {"width": 1280, "height": 800}


class SignIn(Protocol):
    """Signs a person in; open pages are left first unless they are to `stay`."""

    def __call__(self, user: User, *, stay: bool = False) -> None:
        """Puts the person's session into the browser."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets a browser's test that fails try once more; the summary names it (`R`), and CONTRIBUTING says what it is."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium; where there is none the test fails, it is never skipped."""
    path = installed()
    if path is None:
        pytest.fail("No Chromium found: install one, or name it in NEWSROOM_CHROMIUM")
    # Playwright keeps an event loop in this thread, and Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=PATIENCE_MS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The application behind an address; static files come to its pages as in production, bundled."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = StaticFiles
    server.start()
    yield server
    server.stop()


@pytest.fixture
def expected_errors() -> list[str]:
    """Pieces of console messages that the test provokes, such as "422"; the test appends them."""
    return []


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A new profile: no cookie, no storage; addresses may be given relative to the live server."""
    context = browser.new_context(base_url=live_server.url, locale="fa-IR", viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer, expected_errors: list[str]) -> Iterator[Page]:
    """A page whose test fails on an error in the console, an uncaught exception or a call to another host."""
    problems: list[str] = []
    watched = {
        "page": lambda opened: watch(opened, problems),
        "request": lambda request: _only_to(live_server.url, request, problems),
    }
    for event, note in watched.items():
        context.on(event, note)
    yield context.new_page()
    unexpected = [problem for problem in problems if not any(piece in problem for piece in expected_errors)]
    assert not unexpected, "The page reported: " + " | ".join(unexpected)


@pytest.fixture
def intercepted(context: BrowserContext) -> None:
    """Stops every request for routes from the first page on: for tests that add or drop one while a page is open.

    With the first route Chromium begins to stop requests, with the last it ends that, and a page has new ways to its
    server only a moment later: of requests sent at once after `page.route(…)`, three in a hundred went by it. One
    route that is always there keeps it on. Not for all tests: no file would come from the browser's cache.
    """
    context.route("**/nowhere/", lambda route: route.abort())


@pytest.fixture(scope="module")
def core(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of the application's origin, from which modules without a page of their own may be imported.

    The tests of a file share it: such modules keep nothing, and to begin a profile takes longer than most of these
    tests do.
    """
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    page = context.new_page()
    watch(page, problems)
    page.goto("/static/css/tokens.css")  # whatever asks the database would fail: it is not a test's yet
    yield page
    context.close()
    assert not problems, "The page reported: " + " | ".join(problems)


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> SignIn:
    """Signs a person in without the form: their session's cookie is put into the browser.

    Open pages are left first: the workspace of one person would go on asking, in the name of the next.
    """

    def put_session(user: User, *, stay: bool = False) -> None:
        for opened in () if stay else context.pages:
            opened.goto("about:blank")
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return put_session


def watch(page: Page, problems: list[str]) -> None:
    """Notes every error and warning of the console and every uncaught exception of the page."""

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(f"uncaught: {error}"))


def _only_to(address: str, request: Request, problems: list[str]) -> None:
    """Notes what goes elsewhere; no name but this machine's is found (FLAGS), so it never gets there.

    Only listened to: a route that each request passes through doubles the time a page of many modules takes to load.
    """
    wanted = urlsplit(request.url)
    if wanted.scheme not in ("data", "blob") and wanted.netloc != urlsplit(address).netloc:
        problems.append(f"reached for {request.url}")
