"""A person looks a word up, marks where it is meant, labels it and takes that back; the database holds each step."""

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, BulkEdit, Revision, Span
from annotations.queries.invariants import broken_sets
from tests.browser.conftest import PATIENCE_MS, SignIn
from tests.browser.hand import becomes, press
from tests.factories import Cast, make_article, make_cast, make_set, perform, span_op

TEXTS = [
    "👩‍👩‍👧‍👦 كيم جونگ اون آمد\nرهبر کره، کیم، رفت",
    "آنجا کیم ماند و «کیم» گفت",
    "کیم‌ها و کیم",
]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def works(cast: Cast) -> list[AnnotationSet]:
    works = [make_set(cast, text) for text in TEXTS]
    perform(works[0], span_op(TEXTS[0], "كيم جونگ اون"))
    return works


@pytest.fixture
def opened(page: Page, cast: Cast, works: list[AnnotationSet], sign_in: SignIn) -> Page:
    sign_in(cast.annotator)
    page.goto("/projects/test/concordance/")
    ready(page)
    return page


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready]")


def look_up(page: Page, **said: str) -> None:
    page.goto(
        "/projects/test/concordance/?" + "&".join(f"{name}={value}" for name, value in {"q": "کیم", **said}.items())
    )
    ready(page)


def labelled() -> list[tuple[str, str]]:
    rows = Span.objects.select_related("label", "annotation_set__article").order_by("annotation_set", "start")
    return [(row.label.key, row.annotation_set.article.text[row.start : row.end]) for row in rows]


BEFORE = [("PER", "كيم جونگ اون")]


def says(page: Page, text: str) -> None:
    expect(page.locator("#kwic-says")).to_contain_text(text, timeout=PATIENCE_MS)


def test_looked_up_filtered_marked_and_labelled_by_keys_and_taken_back(opened: Page) -> None:
    page = opened
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("کیم")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ready(page)
    expect(page.locator(".hit-row")).to_have_count(6)
    with page.expect_navigation():
        page.select_option("select[name=label]", "-PER")
    ready(page)
    expect(page.locator(".hit-row")).to_have_count(5)
    page.keyboard.press("Escape")
    press(page, "KeyJ Space KeyJ KeyJ Space")
    expect(page.locator("[aria-selected=true]")).to_have_count(2)
    press(page, "Digit1")
    expect(page.locator(".preview")).to_contain_text("۲ برچسب تازه")
    assert labelled() == BEFORE
    press(page, "Enter")
    says(page, "برچسب خورد: ۲ مورد، در ۲ مقاله.")
    # Newest article first: its first hit, then the first of the next.
    assert labelled() == [*BEFORE, ("PER", "کیم"), ("PER", "کیم")]
    assert Revision.objects.count() == 3
    assert BulkEdit.objects.get().about["words"] == "کیم"
    expect(page.locator(".hit-row")).to_have_count(3)
    page.reload()
    ready(page)
    press(page, "Control+KeyZ")
    says(page, "برگشت: ۲، در ۲ مقاله.")
    assert labelled() == BEFORE
    assert Revision.objects.count() == 5
    assert list(broken_sets()) == []
    expect(page.locator(".hit-row")).to_have_count(5)
    press(page, "Control+KeyZ")
    says(page, "چیزی برای برگرداندن نیست.")


def test_shift_marks_a_range_and_escape_lets_go_step_by_step(opened: Page) -> None:
    look_up(opened)
    press(opened, "KeyJ Shift+KeyJ Shift+ArrowDown")
    expect(opened.locator("[aria-selected=true]")).to_have_count(3)
    press(opened, "Shift+ArrowUp")
    expect(opened.locator("[aria-selected=true]")).to_have_count(2)
    press(opened, "Digit2")
    expect(opened.locator("#kwic-bar [aria-pressed=true]")).to_have_count(1)
    press(opened, "Escape")
    expect(opened.locator("#kwic-bar [aria-pressed=true]")).to_have_count(0)
    expect(opened.locator("[aria-selected=true]")).to_have_count(2)
    press(opened, "Escape")
    expect(opened.locator("#kwic-bar")).to_be_hidden()
    press(opened, "KeyX")
    expect(opened.locator("[aria-selected=true]")).to_have_count(6)
    press(opened, "Control+KeyA")
    expect(opened.locator("[aria-selected=true]")).to_have_count(0)


def test_by_the_mouse_and_what_is_already_so_stays(opened: Page) -> None:
    look_up(opened)
    rows = opened.locator(".hit-row")
    rows.nth(0).locator(".mark").click()
    rows.nth(5).locator(".prev").click(modifiers=["Shift"])
    expect(opened.locator("[aria-selected=true]")).to_have_count(6)
    opened.get_by_role("button", name="شخص").click()
    expect(opened.locator(".preview")).to_contain_text("۵ برچسب تازه")
    expect(opened.locator(".preview")).to_contain_text("۱ همین برچسب را دارد")
    opened.get_by_role("button", name="برچسب بزن").click()
    says(opened, "۵ مورد")
    assert len(labelled()) == 6
    opened.get_by_role("button", name="برگردان").click()
    says(opened, "برگشت: ۵")
    assert labelled() == BEFORE


def test_all_hits_of_all_pages_and_articles_not_begun(opened: Page, cast: Cast, works: list[AnnotationSet]) -> None:
    for n in range(60):
        make_article(cast.project, f"{n} کیم")
    look_up(opened)
    expect(opened.locator(".hit-row")).to_have_count(50)
    press(opened, "KeyJ Space")
    opened.get_by_role("button", name="همهٔ موردها").click()
    expect(opened.locator("#kwic-bar .count")).to_contain_text("۶۶ مورد")
    press(opened, "Digit1")
    expect(opened.locator(".preview")).to_contain_text("۶۰ در مقاله‌هایی که آغاز نکرده‌اید")
    opened.get_by_label("این مقاله‌ها را هم آغاز کن: ۶۰").check()
    press(opened, "Enter")
    says(opened, "برچسب خورد: ۶۵ مورد")
    assert len(labelled()) == 66
    assert AnnotationSet.objects.count() == 63


@pytest.mark.usefixtures("intercepted")
def test_a_step_whose_answer_was_lost_is_done_once(opened: Page, expected_errors: list[str]) -> None:
    expected_errors += ["Failed to load resource", "net::ERR"]
    look_up(opened)
    press(opened, "KeyX Digit1")
    expect(opened.locator(".preview")).to_contain_text("برچسب تازه")
    opened.route("**/concordance/label/", lambda route: (route.fetch(), route.abort()), times=1)
    press(opened, "Enter")
    says(opened, "سرور پاسخ نداد")
    assert len(labelled()) == 6
    press(opened, "Enter")
    says(opened, "برچسب خورد: ۵ مورد")
    assert (len(labelled()), BulkEdit.objects.count()) == (6, 1)


def test_undo_says_what_has_changed_meanwhile(opened: Page, works: list[AnnotationSet]) -> None:
    look_up(opened, label="-PER")
    press(opened, "KeyX Digit1")
    expect(opened.locator(".preview")).to_contain_text("۵ برچسب تازه")
    press(opened, "Enter")
    says(opened, "۵ مورد")
    changed = Span.objects.filter(annotation_set=works[1]).order_by("start").first()
    perform(works[1], {"op": "span.update", "op_id": changed.uid, "id": changed.uid, "label": "ORG"})
    press(opened, "Control+KeyZ")
    says(opened, "همان‌طور ماند: ۱")
    assert labelled() == [*BEFORE, ("ORG", "کیم")]


def test_a_row_opens_the_article_at_its_place(opened: Page, works: list[AnnotationSet]) -> None:
    look_up(opened, label="PER")
    press(opened, "KeyJ Enter")
    opened.wait_for_url(f"**/sets/{works[0].pk}/#at=*")
    ready(opened)
    start = TEXTS[0].index("كيم")
    becomes(opened, "() => location.hash", f"#at={start}-{start + 3}")
    becomes(opened, "() => [...(CSS.highlights.get('caret') ?? [])].map(String)", ["كيم"])


def test_the_table_that_is_downloaded_is_the_filtered_one(opened: Page) -> None:
    look_up(opened, label="-PER")
    with opened.expect_download() as download:
        opened.get_by_role("link", name="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(io.StringIO(file.read(), newline="")))
    assert [row["hit"] for row in table] == ["کیم"] * 5


def test_by_finger_on_a_small_screen(page: Page, cast: Cast, works: list[AnnotationSet], sign_in: SignIn) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(cast.annotator)
    look_up(page)
    page.locator(".hit-row .mark").nth(3).click()
    page.get_by_role("button", name="مکان").click()
    page.get_by_role("button", name="برچسب بزن").click()
    says(page, "۱ مورد")
    assert len(labelled()) == 2
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
