"""For those who listen, print, or can't bear motion: spans and lists are exposed, nothing covers the text."""

import pytest
from playwright.sync_api import Page, expect

from annotations.actions.demonstration import load_demonstration
from annotations.models import AnnotationSet, Span
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, press

SHOWN = """() => Object.fromEntries(['.bar', '.skip', '#panel', '#margin', '#overlay', '#doc']
  .map((name) => [name, document.querySelector(name).getClientRects().length]))"""
# What each beginning of a span says, and what stands above it on paper.
TITLES = """() => [...document.querySelectorAll('#doc [data-start]')]
  .map((one) => [one.getAttribute('aria-description'), getComputedStyle(one, '::before').content])"""
WORDS = """() => [...document.querySelectorAll('#doc .s')].flatMap((one) => [...one.getClientRects()])
  .map(({ left, top, width }) => [left, top, width].map(Math.round))"""


@pytest.fixture
def work(transactional_db: None) -> AnnotationSet:
    load_demonstration()
    return AnnotationSet.objects.get(pseudonym="annotator", status="in_progress")


@pytest.fixture
def workspace(work: AnnotationSet, page: Page, sign_in: SignIn) -> Page:
    sign_in(work.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def exposed(page: Page) -> list[tuple[str, str, str]]:
    """Returns role, name and description of all that a screen reader is told of."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = [node for node in nodes if not node["ignored"]]
    return [tuple(node.get(key, {}).get("value", "") for key in ("role", "name", "description")) for node in told]


def test_every_entity_is_a_mark_that_says_its_label(workspace: Page, work: AnnotationSet) -> None:
    marks = [description for role, _, description in exposed(workspace) if role == "mark"]
    entities = Span.objects.filter(annotation_set=work, label__kind="entity")
    said = [title for text in marks for title in text.split("، ")]
    assert len(said) >= entities.count() > 100
    assert set(entities.values_list("label__title_fa", flat=True)) <= set(said)


def test_everything_in_the_lists_has_a_name(workspace: Page) -> None:
    """Also what lies below the fold: `content-visibility: auto` on a button takes its name away until it is in view."""
    for tab in ("stances", "claims", "entities", "whole"):
        workspace.locator(f"#tab-{tab}").click()
        expect(workspace.locator(f"#tab-{tab}")).to_have_attribute("aria-selected", "true")
        buttons = [name for role, name, _ in exposed(workspace) if role in ("button", "combobox")]
        assert len(buttons) > 15
        assert (tab, [name for name in buttons if not name]) == (tab, [])


def test_the_focus_is_never_lost(workspace: Page) -> None:
    """After each deed the keys act on something that is there: the text's cursor, or a control that can be seen."""
    press(workspace, "ArrowLeft ArrowLeft")
    for keys in (
        "Digit1",
        "KeyV Escape",
        "Enter",
        "Escape",
        "KeyR",
        "Escape",
        "Shift+KeyW",
        "Escape",
        "KeyG",
        "Escape",
    ):
        press(workspace, keys)
        assert workspace.evaluate("document.activeElement?.isConnected && document.activeElement.checkVisibility()")
        press(workspace, "ArrowLeft")


def test_on_paper_the_text_and_its_spans_stand_alone(workspace: Page) -> None:
    workspace.evaluate("document.documentElement.dataset.theme = 'dark'")
    workspace.emulate_media(media="print")
    workspace.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dpi
    becomes(workspace, "() => innerWidth", 794)
    becomes(workspace, SHOWN, {".bar": 0, ".skip": 0, "#panel": 0, "#margin": 0, "#overlay": 0, "#doc": 1})
    becomes(workspace, "() => document.documentElement.scrollWidth <= innerWidth", True)
    becomes(workspace, "() => getComputedStyle(document.documentElement).colorScheme", "light")
    titles = workspace.evaluate(TITLES)
    assert len(titles) > 100
    assert [said for said, shown in titles if shown != f'"{said}"'] == []
    # They stand in the flow of the text, whatever the width of the paper, and move none of its words.
    with_titles = workspace.evaluate(WORDS)
    workspace.evaluate("document.documentElement.dataset.chips = 'off'")
    becomes(workspace, WORDS, with_titles)
    assert {shown for _, shown in workspace.evaluate(TITLES)} == {"none"}
    assert workspace.evaluate("getComputedStyle(document.querySelector('.s')).printColorAdjust") == "exact"


def test_who_wants_no_motion_gets_none(workspace: Page) -> None:
    workspace.emulate_media(reduced_motion="reduce")
    moving = workspace.evaluate("""() => [...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return parseFloat(transitionDuration) > 0 || animationName !== 'none';
    }).length""")
    assert moving == 0
