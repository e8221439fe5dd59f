"""Reading, and deciding on what a correction left behind, in a real browser and by keys."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Decision, Span, Uncarried
from tests.actions.test_corrections import NEW, corrected
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes
from tests.factories import EMOJI_TEXT, Cast, make_article, make_cast, make_set, perform, span_op

SHOWN = """(name) => [...(CSS.highlights.get(name) ?? [])].map((range) => {
  const live = document.createRange(); live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset); return live.toString(); })"""
PERSON, CLAIM = "کیم جونگ اون", "صادرات نفت رشد می‌کند"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast, sign_in: SignIn) -> AnnotationSet:
    work = make_set(cast, EMOJI_TEXT)
    perform(work, span_op(EMOJI_TEXT, PERSON), span_op(EMOJI_TEXT, CLAIM, "CLAIM"))
    sign_in(cast.annotator)
    return work


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_a_line_of_the_margin_shows_its_place_and_leaves_the_text_alone(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/articles/{work.article_id}/")
    before = page.locator("#doc").inner_html()
    assert page.locator("#doc").inner_text().count(PERSON) == 1
    page.keyboard.press("j")
    expect(page.locator("[data-lines=claims] button")).to_be_focused()
    page.keyboard.press("Enter")
    becomes(page, SHOWN, [CLAIM], "reader-gold")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    becomes(page, SHOWN, [PERSON], "reader-rust")
    page.keyboard.press("Enter")
    becomes(page, SHOWN, [], "reader-rust")
    assert page.locator("#doc").inner_html() == before
    assert serious(page) == []


def test_the_keys_are_listed_when_they_are_asked_for(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/articles/{work.article_id}/")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_on_a_phone_the_margin_is_a_sheet_that_is_drawn_up(page: Page, work: AnnotationSet) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/articles/{work.article_id}/")
    expect(page.get_by_role("link", name="حساب من")).to_be_visible()
    line = page.locator("[data-lines=entities] button")
    expect(line).to_be_hidden()
    page.locator("#summary > summary").click()
    line.click()
    becomes(page, SHOWN, [PERSON], "reader-rust")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_annotator_sees_their_own_set_and_a_reviewer_chooses(
    page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.annotator2)
    page.goto(f"/articles/{work.article_id}/?set={work.pk}")
    expect(page.locator("#summary [data-ranges]")).to_have_count(0)
    sign_in(cast.reviewer)
    page.goto(f"/articles/{work.article_id}/?set={work.pk}")
    expect(page.locator("#summary [data-ranges]")).to_have_count(2)


def test_an_article_without_annotations_says_so(page: Page, work: AnnotationSet, cast: Cast) -> None:
    page.goto(f"/articles/{make_article(cast.project, 'متنی دیگر').pk}/")
    expect(page.locator("#summary")).to_contain_text("شما روی این مقاله برچسبی ندارید")


def test_what_a_correction_left_is_decided_by_keys(page: Page, cast: Cast, sign_in: SignIn) -> None:
    carried = corrected(cast)
    sign_in(cast.annotator)
    page.goto(f"/articles/{carried.article.supersedes_id}/")
    expect(page.locator(".superseded")).to_be_visible()
    page.goto("/")
    page.goto(f"/sets/{carried.pk}/")
    page.locator("a.undecided").click()
    expect(page.locator("form.uncarried").first).to_be_focused()
    assert serious(page) == []
    with page.expect_navigation():
        page.keyboard.press("Enter")
    made = Span.objects.get(annotation_set=carried, label__key="CLAIM")
    assert NEW[made.start : made.end] == "بودجه سه برابر می‌شود"
    expect(page.locator("form.uncarried").first).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("x")
    expect(page.locator("form.uncarried")).to_have_count(0)
    assert not Uncarried.objects.filter(decision=Decision.OPEN).exists()
    assert sorted(Uncarried.objects.values_list("decision", flat=True)) == ["accepted", "accepted", "dropped"]


def test_the_changes_are_drawn_as_what_went_and_what_came(page: Page, cast: Cast, sign_in: SignIn) -> None:
    carried = corrected(cast)
    sign_in(cast.annotator)
    page.goto(f"/articles/{carried.article_id}/changes/")
    expect(page.locator("del").first).to_have_text("خبر")
    expect(page.locator("ins").first).to_have_text("تازه")
    assert serious(page) == []
