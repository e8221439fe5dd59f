"""Another tab, a script and a reviewer at the same set: seen without reload, and nothing is overwritten unseen."""

import re

import pytest
from django.utils import timezone
from msgspec.structs import replace
from playwright.sync_api import BrowserContext, Page, Route, expect

from annotations.actions.schemes import publish, save_draft
from annotations.models import AnnotationSet, Label, Relation, Revision, Span, Topic
from annotations.queries.scheme_labels import published_labels
from tests.browser.conftest import PATIENCE_MS, SignIn
from tests.browser.fates import POSTS
from tests.browser.hand import drag, press, queue_empty
from tests.browser.test_faults import CITY, NAME, PLACE, enter, exactly_once, marks, only_posts, state, tag
from tests.factories import TEXT, Cast, make_cast, make_set, op, perform, span_op


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast, sign_in: SignIn, expected_errors: list[str]) -> AnnotationSet:
    sign_in(cast.annotator)
    expected_errors += ["Failed to load resource"]
    return make_set(cast)


def look(page: Page) -> None:
    """Comes back to the window, as a person does: the page asks what is new."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def test_two_tabs_show_each_others_edits_at_once(page: Page, context: BrowserContext, work: AnnotationSet) -> None:
    enter(page, work)
    other = context.new_page()
    enter(other, work)
    tag(page, NAME)
    expect(other.locator("#doc [role=mark]")).to_have_text([NAME])
    tag(other, PLACE, 3)
    expect(page.locator("#doc [role=mark]")).to_have_count(2)
    queue_empty(page)
    queue_empty(other)
    exactly_once(page, work, revisions=2)
    exactly_once(other, work, revisions=2)


def test_two_tabs_that_were_offline_send_each_edit_once(
    page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    enter(page, work)
    other = context.new_page()
    enter(other, work)
    context.set_offline(True)
    tag(page, NAME)
    tag(other, PLACE, 3)
    tag(page, CITY, 3)
    state(other, "queued", 3)
    marks(other, 3)
    page.close()  # what it made goes out by the tab that is left
    context.set_offline(False)
    queue_empty(other)
    exactly_once(other, work, revisions=3)


@pytest.mark.usefixtures("intercepted")
def test_one_tab_sends_at_a_time(page: Page, context: BrowserContext, work: AnnotationSet) -> None:
    held: list[Route] = []
    context.route(POSTS, only_posts(held.append))
    enter(page, work)
    other = context.new_page()
    enter(other, work)
    with page.expect_request(lambda request: request.method == "POST"):
        tag(page, NAME)
    tag(other, PLACE, 3)
    other.wait_for_function("async () => (await navigator.locks.query()).pending.length > 0")
    assert len(held) == 1
    held[0].continue_()
    context.unroute(POSTS)
    queue_empty(page)
    queue_empty(other)
    exactly_once(other, work, revisions=2)
    first = Revision.objects.get(version=1).operations[0]
    assert first["quote"] == NAME


def test_an_edit_by_a_script_appears_by_itself(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    perform(work, span_op(TEXT, PLACE, "LOC"))
    # Nothing happens here: the page asks every few seconds.
    expect(page.locator("#doc [role=mark]")).to_have_text([PLACE], timeout=PATIENCE_MS)
    expect(page.locator(".save-note")).to_be_visible()


def test_undo_says_that_it_would_overwrite_and_does_not(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    tag(page, NAME)
    queue_empty(page)
    perform(work, op("span.update", id=Span.objects.get().uid, label="ORG"))
    look(page)
    expect(page.locator("#doc [role=mark]")).to_have_attribute("aria-description", "سازمان")
    page.keyboard.press("Control+KeyZ")
    expect(page.locator(".save-note[data-about=dropped]")).to_have_text(
        page.evaluate("JSON.parse(document.getElementById('workspace-data').textContent).strings.undo_dropped")
    )
    expect(page.locator("[data-do=undo]")).to_be_disabled()
    queue_empty(page)
    exactly_once(page, work, revisions=2)


@pytest.mark.parametrize("way", ["retry", "discard"])
@pytest.mark.parametrize("reload", [False, True], ids=["same page", "page opened again"])
def test_two_hands_on_the_same_span_are_a_card_not_an_overwriting(
    page: Page, context: BrowserContext, work: AnnotationSet, way: str, reload: bool
) -> None:
    made = span_op(TEXT, PLACE, "LOC")
    perform(work, made)
    enter(page, work)
    context.set_offline(True)
    page.locator("#doc [role=mark]").click()
    page.keyboard.press("Digit2")
    tag(page, NAME)
    state(page, "queued", 2)
    perform(work, op("span.update", id=made["id"], label="PER"))
    if reload:
        page.close()
        context.set_offline(False)
        page = context.new_page()
        enter(page, work)
    context.set_offline(False)
    card = page.locator(".save-card")
    expect(card).to_have_count(1)
    expect(card).to_contain_text(PLACE)
    state(page, "attention", 0)
    exactly_once(page, work, revisions=3)
    assert Span.objects.get(uid=made["id"]).label.key == "PER"
    card.locator(f"[data-act={way}]").click()
    expect(card).to_have_count(0)
    queue_empty(page)
    exactly_once(page, work, revisions=4 if way == "retry" else 3)
    assert Span.objects.get(uid=made["id"]).label.key == ("ORG" if way == "retry" else "PER")


def test_refused_edits_are_cards_one_by_one_and_hold_nothing_up(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    Label.objects.filter(key="LOC").update(archived_at=timezone.now())
    tag(page, PLACE, 3)
    tag(page, CITY, 3)
    tag(page, NAME, 1)
    cards = page.locator(".save-card")
    expect(cards).to_have_count(2)
    state(page, "attention", 0)
    assert [span.label.key for span in Span.objects.all()] == ["PER"]
    exactly_once(page, work, revisions=1)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(cards).to_have_count(2)
    cards.filter(has_text=CITY).locator("[data-act=discard]").click()
    expect(cards).to_have_count(1)
    with page.expect_response(lambda reply: reply.status == 422):
        cards.locator("[data-act=retry]").click()
    expect(cards).to_have_count(1)
    state(page, "attention", 0)
    Label.objects.update(archived_at=None)
    cards.locator("[data-act=retry]").click()
    queue_empty(page)
    assert sorted(span.label.key for span in Span.objects.all()) == ["LOC", "PER"]
    enter(page, work)  # the label was archived when the page was made: it had no title
    exactly_once(page, work, revisions=2)


def test_work_is_not_handed_in_while_something_is_not_saved(
    page: Page, context: BrowserContext, work: AnnotationSet
) -> None:
    enter(page, work)
    context.set_offline(True)
    tag(page, NAME)
    state(page, "queued", 1)
    page.locator("#finish button").click()
    expect(page.locator("#save-panel")).to_be_visible()
    context.set_offline(False)
    queue_empty(page)
    page.locator("#finish button").click()
    expect(page).to_have_url(re.compile("//[^/]+/$"))  # home: there is no next one
    work.refresh_from_db()
    assert (work.status, work.version) == ("submitted", 1)


def test_work_handed_in_elsewhere_is_read_only_and_work_returned_is_not(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    tag(page, NAME)
    queue_empty(page)
    AnnotationSet.objects.update(status="submitted")
    tag(page, PLACE, 3)  # not heard of it yet
    expect(page.locator(".save-card")).to_have_count(1)
    expect(page.locator(".save-banner")).to_be_visible()
    expect(page.locator("#finish button")).to_be_hidden()
    page.locator("#doc [role=mark]").click()
    page.keyboard.press("Delete")
    marks(page, 1)
    AnnotationSet.objects.update(status="returned")
    look(page)
    expect(page.locator("#finish button")).to_be_visible()
    page.locator(".save-card [data-act=retry]").click()
    queue_empty(page)
    exactly_once(page, work, revisions=2)


def test_undo_and_redo_outlive_the_page(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    tag(page, NAME)
    tag(page, PLACE, 3)
    page.keyboard.press("Control+KeyZ")
    queue_empty(page)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("[data-do=redo]")).to_be_enabled()
    page.keyboard.press("Control+Shift+KeyZ")
    queue_empty(page)
    assert Span.objects.count() == 2
    for _ in range(2):
        page.keyboard.press("Control+KeyZ")
    queue_empty(page)
    assert not Span.objects.exists()
    expect(page.locator("[data-do=undo]")).to_be_disabled()
    exactly_once(page, work, revisions=6)
    assert Revision.objects.count() == 6


def test_what_is_being_typed_stays_when_news_come(page: Page, work: AnnotationSet) -> None:
    enter(page, work)
    page.locator("#doc p").nth(1).click()
    press(page, "KeyS KeyC KeyO")
    queue_empty(page)
    level = page.locator(".card.is-open [data-attribute=level]")
    level.fill("3")
    with page.expect_response(re.compile("since=")):
        perform(work, span_op(TEXT, NAME))
        look(page)
    expect(page.locator("#doc [role=mark]")).to_have_text([NAME])
    expect(level).to_have_value("3")
    press(page, "Enter")
    expect(page.locator("#tab-entities .count")).to_have_text("۱")
    queue_empty(page)
    assert Relation.objects.get().attributes == {"level": 3}


def test_labels_published_meanwhile_come_into_an_open_page(page: Page, cast: Cast, work: AnnotationSet) -> None:
    perform(work, span_op(TEXT, PLACE, "LOC"))
    enter(page, work)
    drag(page, NAME)
    page.locator("#popover [data-label=LOC]").focus()
    published = published_labels(cast.project)
    person = next(label for label in published if label.key == "PER")
    labels = [replace(label, title_fa="جا", archived=True) if label.key == "LOC" else label for label in published]
    labels.append(replace(person, key="RANK", title_fa="درجه", shortcut="KeyB", was=""))
    save_draft(cast.project, labels, by=cast.manager)
    publish(cast.project, by=cast.manager)
    Topic.objects.create(project=cast.project, key="deal", title_fa="توافق", proposition="توافق سود دارد.")
    look(page)
    expect(page.locator("#popover [data-label=RANK] kbd")).to_have_text("B")
    expect(page.locator("#popover [data-label=LOC]")).to_have_count(0)
    expect(page.locator("#popover :focus")).to_have_count(1)
    expect(page.locator("#doc [role=mark]")).to_have_attribute("aria-description", "جا")
    press(page, "KeyB")
    queue_empty(page)
    assert sorted(span.label.key for span in Span.objects.select_related("label")) == ["LOC", "RANK"]
    page.locator("#tab-whole").click()
    expect(page.locator("[data-id=whole-deal] h3")).to_have_text("توافق")
    Topic.objects.update(title_fa="توافق هسته‌ای")
    look(page)
    expect(page.locator("[data-id=whole-deal] h3")).to_have_text("توافق هسته‌ای")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#overlay .chip[data-t='جا']")).to_have_count(1)
