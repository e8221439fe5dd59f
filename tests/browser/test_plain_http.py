"""An office's own network without TLS: browsers lend less to its pages, and what people do there works the same."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import AnnotationSet, Comment, Revision, Span
from tests.browser.conftest import FLAGS, PATIENCE_MS, VIEWPORT, watch
from tests.browser.hand import drag, press, queue_empty
from tests.factories import make_cast, make_set
from tools.browser import installed

HOST = "newsroom.test"
# Said by Chromium of each page that is not secure: a header that is of no use there.
HEADER = "Cross-Origin-Opener-Policy"


@pytest.fixture
def work(transactional_db: None, settings: Any) -> AnnotationSet:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    return make_set(make_cast())


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, work: AnnotationSet) -> Iterator[Page]:
    """The annotator's page of another browser, to which the server has a name that is no localhost."""
    assert work.annotator is not None
    flags = [flag for flag in FLAGS if "host-resolver-rules" not in flag]
    rules = f"--host-resolver-rules=MAP {HOST} localhost, MAP * ~NOTFOUND, EXCLUDE localhost"
    chromium = browser.browser_type.launch(executable_path=installed(), args=[*flags, rules], timeout=PATIENCE_MS)
    address = live_server.url.replace("localhost", HOST)
    context = chromium.new_context(base_url=address, locale="fa-IR", viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE_MS)
    client = Client()
    client.force_login(work.annotator)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    problems: list[str] = []
    page = context.new_page()
    watch(page, problems)
    yield page
    chromium.close()
    assert not [problem for problem in problems if HEADER not in problem]


def test_an_edit_and_a_comment_reach_the_server_over_plain_http(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("[isSecureContext, 'locks' in navigator]") == [False, False]
    drag(page, "روسیه")
    press(page, "Digit3")
    queue_empty(page)
    press(page, "KeyT")
    page.locator("#talk textarea").fill("چرا مکان؟")
    press(page, "Control+Enter")
    expect(page.locator("#talk [data-comment]")).to_have_count(1)
    expect(page.locator("#talk .is-waiting")).to_have_count(0)
    assert Span.objects.get(annotation_set=work).label.key == "LOC"
    assert Revision.objects.count() == 1
    assert Comment.objects.get().text == "چرا مکان؟"
