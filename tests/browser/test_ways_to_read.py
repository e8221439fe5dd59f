"""For those who listen, print, or can't bear motion: spans and lists are exposed, nothing covers the text."""

import pytest
from playwright.sync_api import Page

from annotations.actions.demonstration import load_demonstration
from annotations.models import AnnotationSet, Span
from tests.browser.conftest import SignIn
from tests.browser.hand import press


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


@pytest.mark.parametrize("tab", ["stances", "claims", "entities", "whole"])
def test_everything_in_the_lists_has_a_name(workspace: Page, tab: str) -> None:
    """Also what lies below the fold: `content-visibility: auto` on a button takes its name away until it is in view."""
    workspace.locator(f"#tab-{tab}").click()
    buttons = [name for role, name, _ in exposed(workspace) if role in ("button", "combobox")]
    assert len(buttons) > 15
    assert [name for name in buttons if not name] == []


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
    workspace.emulate_media(media="print")
    assert (
        workspace.evaluate("""() => ['.bar', '#panel', '#margin', '.skip'].map((name) =>
        getComputedStyle(document.querySelector(name)).display)""")
        == ["none"] * 4
    )
    workspace.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dpi
    workspace.wait_for_timeout(0)
    right, paper = workspace.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert right <= paper
    covered = workspace.evaluate("""() => {
      const boxes = (name) => [...document.querySelectorAll(name)]
        .flatMap((one) => [...one.getClientRects()]).filter((box) => box.width);
      const meet = (a, b) => a.left < b.right - 1 && b.left + 1 < a.right && a.top < b.bottom && b.top < a.bottom;
      const words = boxes('#doc .s');
      return boxes('.numbers .num').filter((num) => words.some((word) => meet(num, word))).length;
    }""")
    assert covered == 0
    assert workspace.evaluate("getComputedStyle(document.querySelector('.s')).printColorAdjust") == "exact"


def test_who_wants_no_motion_gets_none(workspace: Page) -> None:
    workspace.emulate_media(reduced_motion="reduce")
    moving = workspace.evaluate("""() => [...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return parseFloat(transitionDuration) > 0 || animationName !== 'none';
    }).length""")
    assert moving == 0
