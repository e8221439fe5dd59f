"""The normalised reading: what is marked there lands on the published text; switching loses and moves nothing."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.actions.demonstration import load_demonstration
from annotations.jobs import analyses as jobs
from annotations.models import AnnotationSet, Span, User
from tests.browser.conftest import SignIn
from tests.browser.hand import RECT, becomes, drag, letters, press, queue_empty
from tests.factories import EMOJI_TEXT, Cast, make_article, make_cast, make_set, perform, span_op

TEXT = (
    "👩‍👩‍👧‍👦🇮🇷 رسانههای كرهاي\n\n"
    'روزنامه "واشنگتن پست"\u00a0\u00a0نوشت: او نمیدانم گفت ... در سال 2024 به 🙂 http://x.ir رفت.\u00a0\n'
    "پیامبر ﷺ و مُحَمَّد در «تاس» سلاممممم گفتند."
)
EVEN = "html[data-reading=even]"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    work = make_set(cast, TEXT)
    call_command("analyse")
    return work


@pytest.fixture
def workspace(cast: Cast, work: AnnotationSet, page: Page, sign_in: SignIn) -> Page:
    sign_in(cast.annotator)
    return opened(page, work)


@pytest.fixture
def even(workspace: Page) -> Page:
    """The workspace in the normalised reading."""
    press(workspace, "KeyN")
    expect(workspace.locator(EVEN)).to_be_attached()
    return workspace


def opened(page: Page, work: AnnotationSet) -> Page:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def held(text: str = TEXT) -> list[tuple[str, str]]:
    """Each span's label and published words, in the order they were made."""
    spans = Span.objects.select_related("label").order_by("id")
    return [(span.label.key, " … ".join(text[start:end] for start, end in span.ranges)) for span in spans]


def shown(page: Page) -> str:
    return page.locator("#doc").inner_text()


def test_the_seed_is_shown_evened_out_and_comes_back_as_the_server_wrote_it(
    transactional_db: None, page: Page, sign_in: SignIn
) -> None:
    load_demonstration()
    call_command("analyse")
    work = AnnotationSet.objects.get(pseudonym="annotator", status="in_progress")
    sign_in(User.objects.get(username="annotator"))
    opened(page, work)
    before = page.locator("#doc").inner_html()
    press(page, "KeyN")
    expect(page.locator("#doc .s", has_text="رسانه‌های").first).to_be_visible()
    expect(page.locator("#doc")).not_to_contain_text("رسانههای")
    assert page.locator("#doc .s").count() > 100
    page.get_by_role("tab", name="موجودیت‌ها").click()
    expect(page.locator("#panel-body bdi", has_text="رسانههای کرهای").first).to_be_visible()
    expect(page.locator(".reading-note")).not_to_be_empty()
    press(page, "KeyN")
    expect(page.locator("html[data-reading=published]")).to_be_attached()
    assert page.locator("#doc").inner_html() == before
    expect(page.locator(".reading-note")).to_be_empty()


@pytest.mark.parametrize("backwards", [False, True])
def test_a_drag_lands_on_the_published_text(even: Page, backwards: bool) -> None:
    pieces = {
        "رسانه‌های کره‌ای": "رسانههای كرهاي", "کره‌ای": "كرهاي", "واشنگتن‌پست": "واشنگتن پست", "۲۰۲۴": "2024",
        "نمی‌دانم": "نمیدانم", "محمد": "مُحَمَّد", "سلام": "سلاممممم",
    }  # fmt: skip
    pieces = {seen: published for seen, published in pieces.items() if seen in shown(even)}
    assert len(pieces) >= 5
    for seen in pieces:
        drag(even, seen, backwards=backwards)
        expect(even.locator("#popover .quote")).to_have_text(f"«{pieces[seen]}»")
        press(even, "Digit1")
    queue_empty(even)
    assert held() == [("PER", published) for published in pieces.values()]
    for seen in pieces:
        expect(even.locator("#doc .s", has_text=seen).first).to_be_attached()


def test_words_are_reached_extended_and_labelled_by_keyboard(even: Page) -> None:
    press(even, "ArrowLeft")
    becomes(even, "() => [...(CSS.highlights.get('caret') ?? [])].map(String)", ["رسانه‌های"])
    press(even, "Space Digit2 KeyJ")
    press(even, letters(even, str(TEXT.index("واشنگتن"))))
    press(even, "Space Digit3 KeyJ")
    press(even, letters(even, str(TEXT.index("سلاممم"))))
    press(even, "Digit9")
    queue_empty(even)
    assert held() == [("ORG", "رسانههای كرهاي"), ("LOC", "واشنگتن پست"), ("PRO", "سلاممممم")]


def test_edges_move_by_letters_of_the_published_text_and_by_their_grips(even: Page) -> None:
    drag(even, "نمی‌دانم")
    press(even, "Digit9 BracketLeft Shift+BracketRight")
    queue_empty(even)
    assert held() == [("PRO", "میدان")]
    even.locator("#doc .s", has_text="دان").last.click()
    grip = even.locator(".grip.is-end")
    box = grip.bounding_box()
    left, _right, height = even.evaluate(RECT, ["گفت", 2])
    even.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    even.mouse.down()
    even.mouse.move(left + 1, height, steps=4)
    even.mouse.up()
    queue_empty(even)
    assert held() == [("PRO", "میدانم گفت")]


def test_a_claim_runs_over_paragraphs_and_emoji(even: Page) -> None:
    start, end = even.evaluate(RECT, ["۲۰۲۴", 0]), even.evaluate(RECT, ["«تاس»", 4])
    start = even.evaluate(RECT.replace("node.parentElement.scrollIntoView", "void"), ["۲۰۲۴", 0])
    even.mouse.move(start[1] - 1, start[2])
    even.mouse.down()
    even.mouse.move(end[0] + 1, end[2], steps=5)
    even.mouse.up()
    press(even, "KeyC")
    queue_empty(even)
    assert held() == [("CLAIM", TEXT[TEXT.index("2024") : TEXT.index("«تاس»") + 5])]


def test_a_change_that_is_cut_is_taken_whole(even: Page) -> None:
    expect(even.locator("#doc")).to_contain_text("گفت …")
    even.keyboard.down("Alt")
    drag(even, "گفت …", backwards=True)
    even.keyboard.up("Alt")
    expect(even.locator("#popover .quote")).to_have_text("«گفت ...»")


def test_what_hazm_drops_is_shown_on_the_letter_beside_it(even: Page, work: AnnotationSet) -> None:
    expect(even.locator("#doc")).not_to_contain_text("ﷺ")
    perform(work, span_op(TEXT, "ﷺ", "PRO"))
    segment = even.locator("#doc .s[data-i='0']")
    expect(segment).to_have_text("و")  # it came from elsewhere, and the page did not load anew
    segment.click()
    expect(even.locator("#popover .quote")).to_have_text("«ﷺ»")


def test_switching_keeps_selection_draft_and_popover(workspace: Page) -> None:
    drag(workspace, "واشنگتن پست")
    press(workspace, "KeyN")
    expect(workspace.locator(EVEN)).to_be_attached()
    becomes(workspace, "() => [...(CSS.highlights.get('draft') ?? [])].map(String)", ["واشنگتن‌پست"])
    expect(workspace.locator("#popover .quote")).to_have_text("«واشنگتن پست»")
    press(workspace, "Digit2")
    box = workspace.locator(".boxes .box").bounding_box()
    press(workspace, "KeyN")
    expect(workspace.locator("html[data-reading=published]")).to_be_attached()
    again = workspace.locator(".boxes .box").bounding_box()
    assert abs(again["y"] - box["y"]) < 1.5
    assert again["width"] != box["width"]
    press(workspace, "Digit3 Control+KeyZ KeyN Control+KeyZ Control+Shift+KeyZ")
    queue_empty(workspace)
    assert held() == [("ORG", "واشنگتن پست")]


FIRST_BELOW_BAR = """() => {
  for (const p of document.querySelectorAll('#doc p')) {
    const range = new Range();
    range.setStart(p.firstChild, 0);
    range.setEnd(p.firstChild, 1);
    if (range.getBoundingClientRect().top > 60) return p.id;
  }
}"""
CARET_TOP = "() => [...CSS.highlights.get('caret')][0].getBoundingClientRect().top"
SETTLED = (
    "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(go))))"
)


def test_the_word_in_view_stays_at_its_height(cast: Cast, page: Page, sign_in: SignIn) -> None:
    line = "رسانههای كرهاي گفته شده است که نمیدانم، می خواهم كـــــــــــــــــــــــتاب "
    work = make_set(cast, "تیتر\n\n" + "\n".join(f"بند {at} {line * 5}" for at in range(40)))
    call_command("analyse")
    sign_in(cast.annotator)
    opened(page, work)
    page.evaluate("scrollTo({ top: 3000, behavior: 'instant' })")
    press(page, "ArrowLeft")  # the cursor stands on the first word in view, and is what stays
    before, published = page.evaluate(CARET_TOP), page.locator("#doc").bounding_box()["height"]
    for name in ("even", "published"):
        press(page, "KeyN")
        page.wait_for_selector(f"html[data-reading={name}]")
        page.evaluate(SETTLED)
        assert abs(page.evaluate(CARET_TOP) - before) < 1.5
        assert (page.locator("#doc").bounding_box()["height"] == published) == (name == "published")
    press(page, "Escape Escape")
    page.evaluate("scrollBy({ top: 700, behavior: 'instant' })")
    paragraph = page.evaluate(FIRST_BELOW_BAR)
    for name in ("even", "published"):
        press(page, "KeyN")
        page.wait_for_selector(f"html[data-reading={name}]")
        page.evaluate(SETTLED)
        becomes(page, FIRST_BELOW_BAR, paragraph)


def test_an_article_that_is_not_analysed_yet_comes_without_a_reload(
    cast: Cast, page: Page, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = make_set(cast, EMOJI_TEXT)
    sign_in(cast.annotator)
    opened(page, work)
    press(page, "KeyN")
    expect(page.locator("#reading-button[aria-busy=true][aria-pressed=true]")).to_be_visible()
    expect(page.locator(".reading-note")).not_to_be_empty()
    expect(page.locator("#toast")).to_be_hidden()  # the note can be read
    assert DBTaskResult.objects.filter(task_path=jobs.analyse_article.module_path).count() == 1
    call_command("analyse")
    expect(page.locator(EVEN)).to_be_attached()
    expect(page.locator("#toast")).to_be_hidden()
    expect(page.locator("#reading-button[aria-busy=false]")).to_be_visible()


def test_a_text_that_can_t_be_analysed_is_told_and_stays_as_published(
    cast: Cast, page: Page, sign_in: SignIn, expected_errors: list[str]
) -> None:
    expected_errors.append("503")
    work = make_set(cast, EMOJI_TEXT)
    jobs.ask_for(work.article)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    sign_in(cast.annotator)
    opened(page, work)
    press(page, "KeyN")
    expect(page.locator("#reading-button[aria-pressed=false]")).to_be_visible()
    expect(page.locator(".reading-note")).not_to_be_empty()
    expect(page.locator("html[data-reading=published]")).to_be_attached()


def test_each_person_s_choice_is_remembered_with_the_account(
    cast: Cast, work: AnnotationSet, page: Page, sign_in: SignIn, browser: Browser, live_server: LiveServer
) -> None:
    sign_in(cast.annotator)
    opened(page, work)
    for even in (True, False):
        with page.expect_response(lambda answer: answer.url.endswith("/preferences/")):
            page.locator("#reading-button").click()
        expect(page.locator(f"#reading-button[aria-pressed={str(even).lower()}]")).to_be_visible()
        elsewhere = browser.new_context(base_url=live_server.url)
        elsewhere.add_cookies(page.context.cookies())
        other = elsewhere.new_page()
        opened(other, work)
        expect(other.locator(EVEN)).to_be_attached(attached=even)
        elsewhere.close()
    sign_in(cast.reviewer)
    opened(page, work)
    expect(page.locator("#reading-button[aria-pressed=false]")).to_be_visible()


def test_the_page_s_html_and_quotes_stay_those_of_the_published_text(even: Page, work: AnnotationSet) -> None:
    html = even.request.get(f"/sets/{work.pk}/").text()
    assert "رسانههای كرهاي" in html
    sent: list[dict[str, Any]] = []
    even.on("request", lambda one: one.method == "POST" and sent.append(json.loads(one.post_data or "{}")))
    drag(even, "واشنگتن‌پست")
    press(even, "Digit2")
    queue_empty(even)
    (operation,) = [op for body in sent for op in body.get("operations", [])]
    start = TEXT.index("واشنگتن")
    assert (operation["ranges"], operation["quote"]) == ([[start, start + 11]], "واشنگتن پست")


def test_a_long_line_without_breaks_is_labelled_in_its_units(cast: Cast, page: Page, sign_in: SignIn) -> None:
    text = "تیتر\n\n" + "او نمیدانم 🙂 گفت که رسانههای ما را می خوانند. " * 120 + "پایان كار."
    work = make_set(cast, text)
    make_article(cast.project, "دیگری")
    call_command("analyse")
    sign_in(cast.annotator)
    opened(page, work)
    press(page, "KeyN")
    expect(page.locator(EVEN)).to_be_attached()
    drag(page, "پایان کار")
    press(page, "Digit1")
    queue_empty(page)
    assert held(text) == [("PER", "پایان كار")]
    expect(page.locator("#p1 > [data-cp] .s", has_text="پایان کار")).to_be_visible()
    expect(page.locator(".chips .chip")).to_have_count(1)
