"""The same label on the same words of all open articles: seen first, one step and one undo, whatever happens."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.actions.assignments import submit
from annotations.actions.entities import create_entity
from annotations.models import AnnotationSet, Propagation, Span
from annotations.queries.invariants import broken_sets
from tests.browser.conftest import SignIn
from tests.browser.fates import deal_out
from tests.browser.hand import press, queue_empty
from tests.factories import Cast, make_cast, make_set, op, perform, span_op

TEXT = "تاس گفت؛ خبرگزاری تاس رفت."
OTHERS = ("👩‍👩‍👧‍👦 تاس و تاسیسات و «تاس»", "تاس آمد\nو تاس رفت", "تاس‌ها")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    create_entity(cast.project, by=cast.manager, name="تاس", label="ORG", key="org-tass")
    return cast


@pytest.fixture
def others(cast: Cast) -> list[AnnotationSet]:
    return [make_set(cast, text) for text in OTHERS]


@pytest.fixture
def desk(cast: Cast, others: list[AnnotationSet], page: Page, sign_in: SignIn) -> Page:
    work = make_set(cast, TEXT)
    perform(work, span_op(TEXT, "تاس", "ORG", entity="org-tass", attributes={"mention": "name"}))
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def select(page: Page) -> None:
    page.locator("#doc [data-i]").first.click()
    press(page, "KeyA KeyP")
    expect(page.locator("dialog.spread .articles > li").first).to_be_visible()


def said(page: Page, words: str) -> None:
    expect(page.locator("#toast")).to_contain_text(words)


def standing() -> list[tuple[str, str, str | None]]:
    rows = Span.objects.select_related("annotation_set__article", "label", "entity").order_by("annotation_set", "start")
    return [
        (one.annotation_set.article.text[one.start : one.end], one.label.key, one.entity and one.entity.key)
        for one in rows
    ]


ONE = ("تاس", "ORG", "org-tass")


def test_keys_label_all_open_articles_and_one_undo_takes_all_back_after_a_reload(
    desk: Page, others: list[AnnotationSet]
) -> None:
    select(desk)
    expect(desk.locator("dialog.spread .headline")).to_have_count(2)
    expect(desk.locator("dialog.spread .primary")).to_contain_text("برچسب‌زدن ۵ جا")
    expect(desk.locator("dialog.spread .primary")).to_be_focused()
    press(desk, "Enter")
    said(desk, "در مقاله‌های دیگر برچسب خورد: ۴")
    queue_empty(desk)
    assert standing() == [ONE] * 6
    desk.reload()
    desk.wait_for_selector("html[data-ready]")
    press(desk, "Control+KeyZ")
    said(desk, "در مقاله‌های دیگر پس گرفته شد: ۴")
    queue_empty(desk)
    assert standing() == [ONE]
    press(desk, "Control+Shift+KeyZ")
    said(desk, "در مقاله‌های دیگر برچسب خورد: ۴")
    queue_empty(desk)
    assert standing() == [ONE] * 6
    assert list(broken_sets()) == []


def test_nothing_happens_before_it_is_confirmed_and_articles_can_be_left_out(
    desk: Page, others: list[AnnotationSet]
) -> None:
    select(desk)
    press(desk, "Escape")
    expect(desk.locator("dialog.spread")).to_be_hidden()
    assert (standing(), Propagation.objects.count()) == ([ONE], 0)
    select(desk)
    desk.locator(f"#spread-{others[0].pk}").uncheck()
    expect(desk.locator("dialog.spread .primary")).to_contain_text("برچسب‌زدن ۳ جا")
    desk.locator("dialog.spread .primary").click()
    said(desk, "برچسب خورد: ۲")
    queue_empty(desk)
    assert Span.objects.filter(annotation_set=others[0]).count() == 0
    assert len(standing()) == 4


def test_what_others_changed_since_is_reported_and_stays(desk: Page, cast: Cast, others: list[AnnotationSet]) -> None:
    select(desk)
    press(desk, "Enter")
    said(desk, "برچسب خورد: ۴")
    changed = Span.objects.filter(annotation_set=others[0]).first()
    assert changed is not None
    perform(others[0], op("span.update", id=changed.uid, label="LOC"))
    others[1].refresh_from_db()
    submit(others[1], by=cast.annotator)
    press(desk, "Control+KeyZ")
    expect(desk.locator("dialog.spread h2")).to_have_text("دست‌نخورده ماند: ۳")
    expect(desk.locator("dialog.spread .counts")).to_have_text(["از آن پس تغییر کرده: ۱", "از آن پس فرستاده شده: ۲"])
    queue_empty(desk)
    assert sorted(standing()) == sorted([ONE, ("تاس", "LOC", "org-tass"), ONE, ONE])


@pytest.mark.usefixtures("intercepted")
def test_lost_replies_and_a_cut_network_label_each_place_once(
    desk: Page, context: BrowserContext, others: list[AnnotationSet], expected_errors: list[str]
) -> None:
    expected_errors += ["Failed to load resource"]
    fates = ["lost", "500"]
    deal_out(desk, fates, to="**/propagations/**")
    select(desk)
    press(desk, "Enter")
    said(desk, "همین که دسترسی به سرور باشد")
    desk.reload()  # what was wanted is kept, and said again
    desk.wait_for_selector("html[data-ready]")
    context.set_offline(True)
    press(desk, "Control+KeyZ")
    context.set_offline(False)
    desk.evaluate("dispatchEvent(new Event('online'))")
    said(desk, "پس گرفته شد")
    queue_empty(desk)
    assert not fates
    assert standing() == [ONE]
    assert list(broken_sets()) == []
