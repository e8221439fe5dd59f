"""Is a browser that lacks what the pages rest on told so, and does everything else keep quiet?"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.factories import make_cast, make_set

# What takes each feature away from a browser that has it.
LACKING = {
    "AbortSignal.any": "delete AbortSignal.any",
    "BroadcastChannel": "delete window.BroadcastChannel",
    "caretPositionFromPoint": (
        "delete Document.prototype.caretPositionFromPoint; delete Document.prototype.caretRangeFromPoint"
    ),
    "CSS.highlights": "delete CSS.highlights; delete Object.getPrototypeOf(CSS).highlights",
    "color-mix()": "{ const ask = CSS.supports; CSS.supports = (...said) => !String(said).includes('color-mix(') && ask(...said); }",  # noqa: E501
    ":dir()": "{ const ask = CSS.supports; CSS.supports = (...said) => !String(said).includes(':dir(') && ask(...said); }",  # noqa: E501
    "Intl.Segmenter": "delete Intl.Segmenter",
    "popover": "delete HTMLElement.prototype.showPopover",
    "RegExp v": "RegExp = class extends RegExp { constructor(source, flags) { if (flags === 'v') throw 1; super(source, flags); } }",  # noqa: E501
    ":has()": "{ const ask = CSS.supports; CSS.supports = (...said) => !String(said).includes(':has(') && ask(...said); }",  # noqa: E501
}


@pytest.fixture
def engine(core: Page) -> str:
    return core.evaluate("() => fetch('/static/js/ui/engine.js').then((answer) => answer.text())")


# In a frame of its own, or what is taken away would be missing for the tests that follow.
ASK = """([script, lacking]) => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  frame.contentDocument.body.innerHTML = '<p id="engine" hidden>… <code></code></p>';
  frame.contentWindow.eval(lacking);
  frame.contentWindow.eval(script);
  const notice = frame.contentDocument.getElementById('engine');
  const said = [notice.hidden, notice.querySelector('code').textContent];
  frame.remove();
  return said;
}"""


def test_this_browser_has_all_that_is_needed(core: Page, engine: str) -> None:
    assert core.evaluate(ASK, [engine, ""]) == [True, ""]


@pytest.mark.parametrize("feature", LACKING)
def test_what_is_lacking_is_named(core: Page, engine: str, feature: str) -> None:
    assert core.evaluate(ASK, [engine, LACKING[feature]]) == [False, feature]


def test_the_workspace_says_that_the_browser_is_too_old_and_still_shows_the_article(
    transactional_db: None, page: Page, sign_in: SignIn, expected_errors: list[str]
) -> None:
    expected_errors.append("uncaught")
    cast = make_cast()
    work = make_set(cast, "تیتر\n\nنرگس امینی گفت.")
    sign_in(cast.annotator)
    page.add_init_script("delete Intl.Segmenter; delete window.BroadcastChannel")
    page.goto(f"/sets/{work.pk}/")
    expect(page.get_by_role("alert")).to_contain_text("Firefox نسخهٔ ۱۴۰")
    expect(page.get_by_role("alert")).to_contain_text("BroadcastChannel, Intl.Segmenter")
    expect(page.locator("#doc")).to_contain_text("نرگس امینی گفت.")


# What Firefox says of a letter and its marks: nothing but the last character has any room.
FIREFOX = """() => {
  const real = Range.prototype.getBoundingClientRect;
  const segmenter = new Intl.Segmenter('fa');
  Range.prototype.getBoundingClientRect = function () {
    const { startContainer: node, startOffset: from, endOffset: to } = this;
    const box = real.call(this);
    if (node !== this.endContainer || node.nodeType !== Node.TEXT_NODE) return box;
    const letter = segmenter.segment(node.data).containing(from);
    const last = letter.index + letter.segment.length;
    return to < last ? new DOMRect(box.right, box.top, 0, box.height) : box;
  };
}"""


def test_grips_stand_beside_whole_letters_where_single_characters_have_no_room(
    transactional_db: None, page: Page, sign_in: SignIn
) -> None:
    cast = make_cast()
    work = make_set(cast, "تیتر\n\nاو خانه‌های‌شان را فروخت.")
    sign_in(cast.annotator)
    page.add_init_script(f"({FIREFOX})()")
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".popover .quote")).to_have_text("«خانه‌های‌شان»")
    for _ in range(6):
        page.keyboard.press("Shift+BracketRight")
    expect(page.locator(".popover .quote")).to_have_text("«خانه»")
    drawn, grip = page.evaluate(
        """() => [[...CSS.highlights.get('draft')][0].getClientRects()[0].left,
                  document.querySelector('.grip.is-end').getBoundingClientRect().right]"""
    )
    assert abs(drawn - grip) < 2
