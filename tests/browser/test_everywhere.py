"""The same label on every place where the same words stand: shown first, one step of undo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from annotations.models import Span
from annotations.text.occurrences import occurrences
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, drag, letters, press, queue_empty
from tests.factories import make_cast, make_set

TEXT = (
    "👩‍👩‍👧‍👦 تاس و تاسیسات\n"
    "خبرگزاری تاس گفت: «تاس» می‌داند. 🇮🇷 تاس‌ها و تاسِ دیگر؛ تاس\n"
    "ایران‌اند و ایران و ایران، رسانههای ایران‌ای"
)


@pytest.fixture
def workspace(transactional_db: None, page: Page, sign_in: SignIn) -> Page:
    cast = make_cast()
    work = make_set(cast, TEXT)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def places(label: str) -> list[int]:
    """Where spans of a label begin; each must hold the words it says."""
    spans = list(Span.objects.filter(label__key=label).order_by("start"))
    assert {TEXT[span.start : span.end] for span in spans} <= {"تاس", "ایران"}
    return [span.start for span in spans]


WHOLE = [at for at in range(len(TEXT)) if TEXT.startswith("تاس", at) and TEXT[at + 3 : at + 4] in (" ", "»", "\n")]


def shown(page: Page, number: int) -> None:
    """Waits until so many places are shown."""
    becomes(page, "() => CSS.highlights.get('occurrences')?.size ?? 0", number)


def test_a_selected_name_gives_its_label_to_the_others_and_one_undo_takes_it_back(workspace: Page) -> None:
    drag(workspace, "خبرگزاری تاس", until="خبرگزاری تاس")
    press(workspace, "Escape")
    jump(workspace, WHOLE[1])
    press(workspace, "Digit2 KeyA")
    expect(workspace.locator("#hint .option")).to_have_text(["بقیه هم برچسب بخورند: ۳↵", "در همهٔ مقاله‌های باز من…P"])
    shown(workspace, 3)
    press(workspace, "Enter")
    queue_empty(workspace)
    assert places("ORG") == WHOLE
    shown(workspace, 0)
    press(workspace, "Control+KeyZ")
    queue_empty(workspace)
    assert places("ORG") == [WHOLE[1]]


def test_a_draft_and_one_key_label_all_places(workspace: Page) -> None:
    jump(workspace, WHOLE[0])
    press(workspace, "KeyA Digit2")
    queue_empty(workspace)
    assert places("ORG") == WHOLE
    jump(workspace, WHOLE[0])
    press(workspace, "KeyA Digit2")
    queue_empty(workspace)
    assert places("ORG") == WHOLE


def test_places_labelled_otherwise_are_left_alone_unless_they_are_meant(workspace: Page) -> None:
    jump(workspace, WHOLE[2])
    press(workspace, "Digit3")
    jump(workspace, WHOLE[0])
    press(workspace, "Digit2 KeyA Enter")
    queue_empty(workspace)
    assert (places("ORG"), places("LOC")) == ([WHOLE[0], WHOLE[1], WHOLE[3]], [WHOLE[2]])
    press(workspace, "KeyA KeyA")
    queue_empty(workspace)
    assert (places("ORG"), places("LOC")) == (WHOLE, [WHOLE[2]])


def test_escape_leaves_everything_as_it_was(workspace: Page) -> None:
    jump(workspace, WHOLE[0])
    press(workspace, "Digit2 KeyA Escape")
    queue_empty(workspace)
    shown(workspace, 0)
    assert places("ORG") == [WHOLE[0]]


def test_part_of_a_word_is_found_in_words(workspace: Page) -> None:
    start = TEXT.index("ایران‌اند")
    jump(workspace, start)
    press(workspace, "Shift+BracketRight Shift+BracketRight Shift+BracketRight Digit3")
    queue_empty(workspace)
    assert places("LOC") == [start]
    press(workspace, "KeyA Enter")
    queue_empty(workspace)
    assert places("LOC") == [at for at in range(len(TEXT)) if TEXT.startswith("ایران", at)]


FOUND = """async ([value, range]) => {
  const { isWhole, occurrences } = await import("/static/js/core/occurrences.js");
  const { Text } = await import("/static/js/core/text.js");
  return [occurrences(new Text(value), range), isWhole(new Text(value), range)];
}"""


@given(st.data())
def test_every_place_says_the_same_words_and_none_meets_another(core: Page, data: st.DataObject) -> None:
    value = data.draw(st.text(alphabet="اب 👩\u200cِ.\n🇮🇷", min_size=1, max_size=24))
    start = data.draw(st.integers(0, len(value) - 1))
    end = data.draw(st.integers(start + 1, len(value)))
    found, whole = core.evaluate(FOUND, [value, [start, end]])
    # What the server labels in other articles is what the page would label there.
    assert [tuple(place) for place in found] == occurrences(value, value[start:end], whole=whole)
    assert {value[a:b] for a, b in found} <= {value[start:end]}
    assert all(found[at][1] <= found[at + 1][0] for at in range(len(found) - 1))


def jump(page: Page, point: int) -> None:
    """Goes to a word by its letters."""
    press(page, "Escape KeyJ")
    press(page, letters(page, str(point)))
