"""Entities made offline, or with the reply lost, are there once, and the links that need them, too."""

from collections import Counter

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.actions.entities import create_entity
from annotations.models import AnnotationSet, Entity, Revision, Span
from annotations.queries.invariants import rebuilt, stored_state
from tests.browser.conftest import SignIn
from tests.browser.fates import deal_out
from tests.browser.hand import drag, press, queue_empty
from tests.factories import Cast, make_cast, make_set

PLACE, NAME = "روسیه", "کیم جونگ اون"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast, page: Page, sign_in: SignIn, expected_errors: list[str]) -> AnnotationSet:
    expected_errors += ["Failed to load resource"]
    sign_in(cast.annotator)
    work = make_set(cast)
    enter(page, work)
    return work


def enter(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


def make(page: Page, quote: str, digit: int) -> None:
    """Labels words and makes an entity of them."""
    drag(page, quote)
    press(page, f"Digit{digit} KeyK Enter")
    expect(page.locator("#toast")).to_contain_text(f"ساخته و پیوند زده شد: «{quote}»")


def once(work: AnnotationSet) -> None:
    """Each operation is one revision, each name one entity, each link leads to it."""
    ids = Counter(Revision.objects.filter(annotation_set=work).values_list("op_id", flat=True))
    assert set(ids.values()) == {1}
    assert rebuilt(work) == stored_state(work)
    names = Counter(Entity.objects.values_list("name", flat=True))
    assert set(names.values()) <= {1}
    text = work.article.text
    for span in Span.objects.select_related("entity"):
        assert span.entity is None or span.entity.name == text[span.start : span.end]


def test_what_is_made_offline_waits_and_comes_before_its_link(
    page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    context.set_offline(True)
    make(page, PLACE, 3)
    make(page, NAME, 1)
    expect(page.locator("html")).to_have_attribute("data-queue", "6")
    assert not Entity.objects.exists()
    context.set_offline(False)
    queue_empty(page)
    once(work)
    assert Span.objects.filter(entity__name__in=[PLACE, NAME]).count() == 2
    assert [one["op"] for row in Revision.objects.order_by("version") for one in row.operations] == [
        "span.create", "entity.create", "span.update",
    ] * 2  # fmt: skip


def test_offline_what_the_page_knows_is_found_and_said_to_be_all(
    page: Page, context: BrowserContext, cast: Cast, work: AnnotationSet
) -> None:
    make(page, PLACE, 3)
    queue_empty(page)
    context.set_offline(True)
    drag(page, NAME)
    press(page, "Digit1 KeyK")
    page.keyboard.type("روس")
    expect(page.locator("#link-list [data-key]")).to_have_count(1)
    expect(page.locator(".linker .said")).to_contain_text("دسترسی به سرور نیست")
    press(page, "Enter")
    context.set_offline(False)
    queue_empty(page)
    assert Span.objects.filter(entity__name=PLACE).count() == 2


def test_a_page_closed_while_offline_loses_nothing(page: Page, context: BrowserContext, work: AnnotationSet) -> None:
    context.set_offline(True)
    make(page, PLACE, 3)
    page.close()
    context.set_offline(False)
    again = context.new_page()
    enter(again, work)
    queue_empty(again)
    once(work)
    assert Span.objects.get().entity == Entity.objects.get(name=PLACE)
    again.locator("#tab-entities").click()
    again.locator("[data-order=things]").click()
    expect(again.locator(".thing h3 .name")).to_have_text(PLACE)


@pytest.mark.usefixtures("intercepted")
@pytest.mark.parametrize("fates", [["lost"], ["500", "lost", "hotel"]])
def test_a_lost_reply_makes_nothing_twice(page: Page, work: AnnotationSet, fates: list[str]) -> None:
    left = list(fates)
    deal_out(page, left, only=lambda request: "entity.create" in (request.post_data or ""))
    make(page, PLACE, 3)
    press(page, "Control+KeyZ Control+Shift+KeyZ")
    queue_empty(page)
    once(work)
    assert not left
    assert Span.objects.get().entity == Entity.objects.get()


def test_another_tab_shows_what_was_linked_in_this_one(
    page: Page, context: BrowserContext, cast: Cast, work: AnnotationSet
) -> None:
    create_entity(cast.project, by=cast.manager, name=PLACE, label="LOC", key="loc-russia")
    other = context.new_page()
    enter(other, work)
    other.locator("#tab-entities").click()
    drag(page, PLACE)
    press(page, "Digit3 KeyK")
    expect(page.locator("#link-list [data-key=loc-russia]")).to_be_visible()
    press(page, "Enter")
    queue_empty(page)
    other.bring_to_front()
    other.locator("[data-order=things]").click()
    expect(other.locator(".thing h3 .name")).to_have_text(PLACE)
