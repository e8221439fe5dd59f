"""What one drags, double-clicks or triple-clicks over is what the database holds, to the code point."""

import pytest
from playwright.sync_api import Page

from annotations.models import Span
from tests.browser.conftest import SignIn
from tests.browser.hand import RECT, drag, queue_empty
from tests.factories import make_cast, make_set

TEXT = (
    "👩‍👩‍👧‍👦🇮🇷 دیدار رئیس‌جمهور\n\n"
    "او گفت که می‌خواهم GPT-4.5 را در ۱۴۰۲/۰۶/۲۶ ببینم، و خانه‌های‌شان نزد سپاهشان در «تاس» است.\n"
    "خانوادهٔ 👩‍👩‍👧‍👦 با پرچم 🇮🇷 و 🙂 آمدند؛ "
    "روزنامه\u00a0\u00a0واشنگتن\u00a0پست  نوشت: سُخَنِ Tehran Times او درست بود.\n"
    "پایان."
)
RUNS = [
    "می‌خواهم GPT-4.5", "GPT-4.5 را در", "در ۱۴۰۲/۰۶/۲۶ ببینم", "۱۴۰۲/۰۶/۲۶", "Tehran Times", "سُخَنِ Tehran",
    "Times او درست", "روزنامه\u00a0\u00a0واشنگتن", "واشنگتن\u00a0پست  نوشت", "سُخَنِ",
    "👩‍👩‍👧‍👦 با پرچم", "پرچم 🇮🇷", "🇮🇷 و 🙂", "دیدار رئیس‌جمهور",
]  # fmt: skip
WORDS = ["می‌خواهم", "خانه‌های‌شان", "رئیس‌جمهور", "GPT-4.5", "۱۴۰۲/۰۶/۲۶", "سُخَنِ", "Tehran", "تاس", "واشنگتن"]
ACROSS = [
    ("نزد سپاهشان در «تاس» است.\nخانوادهٔ", "نزد", "خانوادهٔ"),
    ("Tehran Times او درست بود.\nپایان", "Tehran", "پایان"),
    (TEXT.split("\n", 2)[2].rstrip("."), "او گفت", "پایان"),
    ("رئیس‌جمهور\n\nاو", "رئیس‌جمهور", "او گفت"),
]


@pytest.fixture
def workspace(transactional_db: None, page: Page, sign_in: SignIn) -> Page:
    cast = make_cast()
    work = make_set(cast, TEXT)
    sign_in(cast.annotator)
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def held() -> list[str]:
    return [TEXT[span.start : span.end] for span in Span.objects.order_by("id")]


def sweep(page: Page, first: str, last: str, *, backwards: bool) -> None:
    """Drags from the first letter of one quote to the last letter of another, which may stand in another paragraph."""
    end = len(last.split(maxsplit=1)[0].encode("utf-16-le")) // 2 - 1
    start, stop = (page.evaluate(RECT, place) for place in ([first, 0], [last, end]))
    start = page.evaluate(RECT.replace("node.parentElement.scrollIntoView", "void"), [first, 0])
    # In a run from left to right the letter begins at its left side.
    begin = (start[0] + 1 if first[0].isascii() else start[1] - 1, start[2])
    points = [begin, (stop[0] + 1, stop[2])]
    if backwards:
        points.reverse()
    page.mouse.move(*points[0])
    page.mouse.down()
    for step in (1, 2, 3):
        page.mouse.move(*(a + (b - a) * step / 3 for a, b in zip(*points, strict=True)))
    page.mouse.up()


@pytest.mark.parametrize("backwards", [False, True])
def test_mixed_directions_spaces_marks_and_emoji(workspace: Page, backwards: bool) -> None:
    for quote in RUNS:
        drag(workspace, quote, backwards=backwards)
        workspace.keyboard.press("Digit1")
        workspace.keyboard.press("Escape")
    queue_empty(workspace)
    assert held() == RUNS


@pytest.mark.parametrize("backwards", [False, True])
def test_a_claim_runs_over_paragraphs(workspace: Page, backwards: bool) -> None:
    for _, first, last in ACROSS:
        sweep(workspace, first, last, backwards=backwards)
        workspace.keyboard.press("KeyC")
        workspace.keyboard.press("Escape")
        workspace.keyboard.press("Escape")
    queue_empty(workspace)
    assert held() == [quote for quote, *_ in ACROSS]


def test_a_double_click_takes_the_word_as_it_is_written(workspace: Page) -> None:
    for word in WORDS:
        left, right, y = workspace.evaluate(RECT, [word, 1])
        workspace.mouse.dblclick((left + right) / 2, y)
        workspace.keyboard.press("Digit1")
        workspace.keyboard.press("Escape")
    queue_empty(workspace)
    assert held() == WORDS


def test_alt_takes_the_letters_alone(workspace: Page) -> None:
    pieces = ["سپاه", "خواهم GPT", "خانه", "جمهور"]
    for piece in pieces:
        workspace.keyboard.down("Alt")
        if piece.endswith("GPT"):
            begin, end = workspace.evaluate(RECT, ["خواهم", 0]), workspace.evaluate(RECT, ["GPT", 2])
            begin = workspace.evaluate(RECT, ["خواهم", 0])
            workspace.mouse.move(begin[1] - 1, begin[2])
            workspace.mouse.down()
            for x in (begin[0], (begin[0] + end[1]) / 2, end[1] - 1):
                workspace.mouse.move(x, end[2])
            workspace.mouse.up()
        else:
            drag(workspace, piece)
        workspace.keyboard.up("Alt")
        workspace.keyboard.press("Digit1")
        workspace.keyboard.press("Escape")
    queue_empty(workspace)
    assert held() == pieces


def test_a_triple_click_takes_each_paragraph_without_its_newline(workspace: Page) -> None:
    paragraphs = [line for line in TEXT.split("\n") if line]
    for paragraph in paragraphs:
        left, right, y = workspace.evaluate(RECT, [paragraph.split()[-1], 1])
        workspace.mouse.click((left + right) / 2, y, click_count=3)
        workspace.keyboard.press("KeyC")
        workspace.keyboard.press("Escape")
        workspace.keyboard.press("Escape")
    queue_empty(workspace)
    assert held() == [paragraph.rstrip(".") for paragraph in paragraphs]
