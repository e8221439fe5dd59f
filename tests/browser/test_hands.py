"""Impatient hands: a key held down, two clicks, something else begun while a card asks. Nothing is done unseen."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Span, Topic
from tests.browser.conftest import SignIn
from tests.browser.hand import drag, press, queue_empty
from tests.factories import TEXT, Cast, make_cast, make_set

HOLDER, PLACE = "کیم جونگ اون", "تهران"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def works(cast: Cast, sign_in: SignIn) -> list[AnnotationSet]:
    Topic.objects.create(project=cast.project, key="trade", title_fa="تجارت")
    works = [make_set(cast, f"{TEXT}\n{number}") for number in range(3)]
    sign_in(cast.annotator)
    return works


def ready_at(page: Page, work: AnnotationSet) -> None:
    expect(page).to_have_url(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


def test_work_goes_on_step_by_step_however_a_key_or_button_is_pressed(page: Page, works: list[AnnotationSet]) -> None:
    first, second, third = works
    page.goto(f"/sets/{first.pk}/")
    ready_at(page, first)
    # While a stance asks for its polarity somebody drags over a name: it is labelled, and the question let go.
    drag(page, HOLDER)
    press(page, "Digit1 KeyR Digit1")
    expect(page.locator("#hint")).to_be_visible()
    drag(page, PLACE)
    press(page, "Digit3")
    expect(page.locator("#hint")).to_be_hidden()
    queue_empty(page)
    spans = Span.objects.filter(annotation_set=first).order_by("start")
    assert [(span.label.key, first.article.text[span.start : span.end]) for span in spans] == [
        ("PER", HOLDER),
        ("LOC", PLACE),
    ]
    # Held down, the keys hand in one article.
    page.keyboard.down("Control")
    page.keyboard.down("Enter")
    ready_at(page, second)
    for _ in range(3):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.keyboard.up("Control")
    press(page, "ArrowLeft")
    ready_at(page, second)
    assert states(works) == ["submitted", "assigned", "assigned"]
    # Two clicks are one.
    page.locator("#finish button").dblclick()
    ready_at(page, third)
    expect(page.locator(".notices .error, .messages .error")).to_have_count(0)
    assert states(works) == ["submitted", "submitted", "assigned"]


def states(works: list[AnnotationSet]) -> list[str]:
    return [AnnotationSet.objects.get(pk=work.pk).status for work in works]


def test_a_list_is_chosen_from_at_once_by_mouse_and_once_it_is_left_by_the_arrow_keys(core: Page) -> None:
    core.evaluate("""async () => {
      const { onChosen } = await import('/static/js/ui/chosen.js');
      document.body.innerHTML = '<form><select><option>a<option>b<option>c</select><button>x</button></form>';
      window.used = [];
      onChosen(document.querySelector('select'), ({ value }) => window.used.push(value));
      document.querySelector('select').focus();
    }""")
    press(core, "ArrowDown ArrowDown")
    assert core.evaluate("[document.querySelector('select').value, window.used]") == ["c", []]
    press(core, "Enter")
    press(core, "ArrowUp Tab")
    assert core.evaluate("window.used") == ["c", "b"]
    core.locator("select").dispatch_event("pointerdown")
    core.locator("select").select_option("a")
    assert core.evaluate("window.used") == ["c", "b", "a"]
