"""A finger on a phone: the first word, then the last; names, grips, and buttons large enough to hit."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.actions.entities import create_entity
from annotations.models import Project, Relation, Span, User
from tests.browser.conftest import PATIENCE_MS, SignIn
from tests.browser.hand import RECT, queue_empty
from tests.factories import TEXT, make_cast, make_set

TARGET_PX = 44


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A phone."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(base_url=live_server.url, locale="fa-IR", **phone)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def phone(transactional_db: None, page: Page, sign_in: SignIn) -> Page:
    cast = make_cast()
    work = make_set(cast, TEXT)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def tap(page: Page, word: str) -> None:
    """Taps in the middle of a word's second letter."""
    left, right, y = page.evaluate(RECT, [word, 1])
    page.touchscreen.tap((left + right) / 2, y)


def held() -> list[tuple[str, str]]:
    return [(span.label.key, TEXT[span.start : span.end]) for span in Span.objects.select_related("label")]


def test_first_word_last_word_label(phone: Page) -> None:
    tap(phone, "کیم")
    expect(phone.locator("#popover .quote")).to_have_text("«کیم»")
    # So near that a grip lies over it.
    tap(phone, "جونگ")
    expect(phone.locator("#popover .quote")).to_have_text("«کیم جونگ»")
    tap(phone, "اون")
    expect(phone.locator("#popover .quote")).to_have_text("«کیم جونگ اون»")
    phone.locator("#popover .grid button").first.tap()
    queue_empty(phone)
    assert held() == [("PER", "کیم جونگ اون")]


def test_a_tap_on_a_name_selects_it_and_it_can_be_deleted(phone: Page) -> None:
    tap(phone, "تهران")
    phone.locator("#popover .grid button").nth(2).tap()
    queue_empty(phone)
    assert held() == [("LOC", "تهران")]
    tap(phone, "تهران")
    expect(phone.locator("#popover .head .mute")).to_have_text("مکان")
    phone.locator("#popover .danger").tap()
    queue_empty(phone)
    assert held() == []


def test_grips_are_wide_enough_for_a_finger(phone: Page) -> None:
    tap(phone, "کیم")
    expect(phone.locator(".grip")).to_have_count(2)
    for grip in phone.locator(".grip").all():
        box = grip.bounding_box()
        assert box
        assert box["width"] >= TARGET_PX


def test_a_finger_that_all_but_stays_on_a_grip_moves_no_edge(core: Page) -> None:
    said = core.evaluate("""async () => {
      const { Handles } = await import("/static/js/workspace/handles.js");
      const said = [];
      const tell = (word) => () => said.push(word);
      const handlers = { onMove: tell("move"), onDone: tell("done"), onTap: tell("tap") };
      const layer = document.createElement("div");
      const grip = new Handles({ editable: true, doc: layer }, {}, layer, handlers).grips[0];
      grip.setPointerCapture = () => {};
      const fire = (type, pointerType, clientX) =>
        grip.dispatchEvent(new PointerEvent(type, { pointerType, clientX, clientY: -9, button: 0 }));
      for (const [hand, far] of [["touch", 6], ["touch", 20], ["mouse", 6]]) {
        fire("pointerdown", hand, 0);
        fire("pointermove", hand, far);
        fire("lostpointercapture", hand, far);
        said.push("|");
      }
      return said.join(" ");
    }""")
    assert said == "tap | move done | move done |"


def test_the_dots_of_the_grips_leave_the_word_readable(phone: Page) -> None:
    tap(phone, "کیم")
    expect(phone.locator(".grip")).to_have_count(2)
    dots = phone.locator(".grip").evaluate_all("""all => all.map((one) => {
      const { top, height } = one.getBoundingClientRect();
      const { insetBlockStart, blockSize } = getComputedStyle(one, '::after');
      return [top, height, parseFloat(insetBlockStart), parseFloat(blockSize)];
    })""")
    (_, _, start_at, start_size), (_, height, end_at, _) = dots
    assert start_at + start_size <= 6
    assert end_at >= height - 9


def test_words_come_out_from_under_the_sheet(phone: Page) -> None:
    phone.set_viewport_size({"width": 390, "height": 480})
    tap(phone, "تهران")
    phone.wait_for_function("""() => {
      const [grip] = document.querySelectorAll('.grip.is-end');
      return grip.getBoundingClientRect().bottom <= document.querySelector('#popover').getBoundingClientRect().top;
    }""")
    assert phone.evaluate("scrollY") > 0


def test_a_card_that_asks_brings_the_text_into_view(phone: Page) -> None:
    phone.set_viewport_size({"width": 390, "height": 420})
    tap(phone, "تهران")
    phone.locator("#popover [data-label=CLAIM]").tap()
    phone.locator("#hint .quiet").last.tap()
    phone.locator(".card.is-open .pick").first.tap()
    phone.wait_for_function("""() => {
      const { top, bottom } = document.querySelector('.numbers [data-claim]').getBoundingClientRect();
      const [bar, hint] = ['.bar', '#hint'].map((one) => document.querySelector(one).getBoundingClientRect());
      return top > bar.bottom && bottom < hint.top;
    }""")
    phone.locator("#hint [data-cap=O]").tap()
    queue_empty(phone)
    assert Relation.objects.get().tail_kind == "article"


def test_nothing_is_wider_than_the_phone(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tap(phone, "کیم")
    box = phone.locator("#popover").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_a_finger_links_a_name_to_a_thing(phone: Page) -> None:
    create_entity(Project.objects.get(), by=User.objects.get(username="manager"), name="روسیه", label="LOC", key="ru")
    tap(phone, "روسیه")
    phone.locator("#popover [data-label=LOC]").tap()
    tap(phone, "روسیه")
    phone.locator("#popover [data-act=link]").tap()
    found = phone.locator("#link-list [data-key=ru]")
    expect(found).to_be_visible()
    assert (found.bounding_box() or {})["height"] >= TARGET_PX
    found.tap()
    queue_empty(phone)
    assert [span.entity and span.entity.key for span in Span.objects.select_related("entity")] == ["ru"]


def test_a_finger_adds_a_piece_and_takes_the_sentence(phone: Page) -> None:
    tap(phone, "کیم")
    phone.locator("#popover [data-act=piece]").tap()
    tap(phone, "اون")
    phone.locator("#popover [data-label=PER]").tap()
    queue_empty(phone)
    [span] = Span.objects.all()
    assert [TEXT[start:end] for start, end in span.fragments] == ["کیم", "اون"]
    tap(phone, "تهران")
    phone.locator("#popover [data-act=sentence]").tap()
    expect(phone.locator("#popover .quote")).to_contain_text("تهران ")
