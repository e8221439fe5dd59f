"""Mentions become one thing: linked by keys and mouse, made where it is lacking, taken back in one step."""

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.actions.entities import create_entity
from annotations.models import AnnotationSet, Entity, Span
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, letters, press, queue_empty
from tests.factories import Cast, make_cast, make_set

TEXT = "👩‍👩‍👧‍👦 تاس گفت: خبرگزاری تاس و تاس آمدند. ایران‌اند و ايران.\nولادیمیر پوتین آمد و پوتین رفت."


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    create_entity(
        cast.project, by=cast.manager, name="تاس", label="ORG", name_en="TASS", external_id="Q1",
        key="org-tass", aliases=["خبرگزاری تاس"],
    )  # fmt: skip
    create_entity(cast.project, by=cast.manager, name="ولادیمیر پوتین", label="PER", key="per-putin")
    return make_set(cast, TEXT)


@pytest.fixture
def desk(work: AnnotationSet, cast: Cast, page: Page, sign_in: SignIn) -> Page:
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def mention(page: Page, quote: str, key: str, *, after: int = 0) -> None:
    """Labels the word at a place of the text and leaves it selected."""
    press(page, "Escape Escape KeyJ")
    press(page, letters(page, str(TEXT.index(quote, after))))
    press(page, key)


def linked() -> list[tuple[str, str | None]]:
    spans = Span.objects.order_by("start").select_related("entity")
    return [(TEXT[span.start : span.end], span.entity and span.entity.key) for span in spans]


def link(page: Page, *, to: str) -> None:
    """Links the selected mention to what it is called, as fast as keys go."""
    press(page, "KeyK Enter")
    expect(page.locator("#toast")).to_contain_text(f"«{to}»")


def test_two_keys_link_a_name_that_the_knowledge_base_has(desk: Page) -> None:
    mention(desk, "تاس", "Digit2")
    press(desk, "KeyK")
    expect(desk.locator("#link-list [data-key=org-tass]")).to_have_attribute("aria-selected", "true")
    press(desk, "Enter")
    expect(desk.locator(".linker")).to_be_hidden()
    queue_empty(desk)
    assert linked() == [("تاس", "org-tass")]
    press(desk, "Control+KeyZ")
    queue_empty(desk)
    assert linked() == [("تاس", None)]


def test_what_is_typed_is_searched_by_its_folded_key_and_the_words_are_learned(desk: Page) -> None:
    mention(desk, "پوتین رفت", "Digit1")
    press(desk, "KeyK")
    expect(desk.locator("#link-list [data-key=per-putin]")).to_be_visible()
    desk.keyboard.type("ولاديمير")  # with Arabic letters
    expect(desk.locator("#link-list [data-key=per-putin]")).to_have_attribute("aria-selected", "true")
    press(desk, "Enter")
    queue_empty(desk)
    assert linked() == [("پوتین", "per-putin")]
    putin = Entity.objects.get(key="per-putin")
    assert (putin.aliases, putin.learned) == (["پوتین"], ["پوتین"])
    press(desk, "Control+KeyZ")
    queue_empty(desk)
    putin.refresh_from_db()
    assert (putin.aliases, putin.learned) == ([], [])


def test_a_learned_name_is_shown_and_can_be_taken_away(desk: Page) -> None:
    mention(desk, "پوتین رفت", "Digit1")
    press(desk, "KeyK")
    desk.keyboard.type("ولاد")
    expect(desk.locator("#link-list [data-key=per-putin]")).to_be_visible()
    press(desk, "Enter")
    queue_empty(desk)
    press(desk, "KeyK")
    expect(desk.locator(".aliases .drop")).to_be_visible()
    press(desk, "Shift+Tab Enter")
    expect(desk.locator(".aliases li")).to_have_count(0)
    putin = Entity.objects.get(key="per-putin")
    assert (putin.aliases, putin.refused) == ([], ["پوتین"])
    press(desk, "Escape")
    assert linked() == [("پوتین", "per-putin")]


def test_what_is_lacking_is_made_and_linked_in_one_step(desk: Page, work: AnnotationSet) -> None:
    mention(desk, "ایران‌اند", "Digit3")
    press(desk, "KeyK")
    expect(desk.locator("#link-list .create")).to_have_attribute("aria-selected", "true")
    desk.keyboard.type("ایران")
    press(desk, "Enter")
    expect(desk.locator("#toast")).to_contain_text("ساخته و پیوند زده شد: «ایران»")
    queue_empty(desk)
    made = Entity.objects.get(project=work.project, name="ایران")
    assert (made.label_key, made.created_by, made.key.startswith("loc-")) == ("LOC", work.annotator, True)
    assert linked() == [("ایران‌اند", made.key)]
    assert made.aliases == ["ایران‌اند"]
    with desk.expect_response(f"**/entities/{made.key}/"):  # its names, asked for while it is still there
        press(desk, "KeyK")
    expect(desk.locator(f"#link-list [data-key={made.key}]")).to_be_visible()
    press(desk, "Escape Control+KeyZ KeyK")
    queue_empty(desk)
    expect(desk.locator("#link-list [data-key]")).to_have_count(0)
    press(desk, "Escape")
    assert not Entity.objects.filter(name="ایران").exists()
    press(desk, "Control+Shift+KeyZ")
    queue_empty(desk)
    assert linked() == [("ایران‌اند", made.key)]


@pytest.mark.usefixtures("intercepted")
def test_a_search_that_overtakes_the_undo_does_not_bring_back_what_it_took(desk: Page) -> None:
    mention(desk, "ایران‌اند", "Digit3")
    link(desk, to="ایران‌اند")
    queue_empty(desk)
    held: list[Route] = []
    desk.route("**/operations/", lambda route: held.append(route), times=1)
    with desk.expect_request("**/operations/"):
        press(desk, "Control+KeyZ")
    with desk.expect_response("**/entities/?*") as answer:
        press(desk, "KeyK")
    assert [thing["name"] for thing in answer.value.json()["results"]] == ["ایران‌اند"]
    expect(desk.locator("#link-list .create")).to_be_visible()
    expect(desk.locator("#link-list [data-key]")).to_have_count(0)
    held[0].continue_()
    press(desk, "Escape")
    queue_empty(desk)
    assert linked() == [("ایران‌اند", None)]


def test_one_undo_takes_back_what_was_made_also_after_a_reload(desk: Page) -> None:
    mention(desk, "ایران‌اند", "Digit3")
    link(desk, to="ایران‌اند")
    queue_empty(desk)
    desk.reload()
    desk.wait_for_selector("html[data-ready]")
    press(desk, "Control+KeyZ")
    queue_empty(desk)
    assert linked() == [("ایران‌اند", None)]
    assert Entity.objects.count() == 2


def test_arrows_and_escape_leave_everything_as_it_was(desk: Page) -> None:
    mention(desk, "تاس", "Digit2")
    press(desk, "KeyK")
    expect(desk.locator("#link-list [data-key=org-tass]")).to_be_visible()
    field = desk.get_by_role("combobox", name="جست‌وجو در پایگاه دانش")
    expect(field).to_have_attribute("aria-activedescendant", "link-0")
    press(desk, "ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "link-1")
    press(desk, "ArrowUp Escape")
    expect(desk.locator(".linker")).to_be_hidden()
    queue_empty(desk)
    assert linked() == [("تاس", None)]
    press(desk, "Digit3")  # the keys belong to the text again, and the span is still selected
    queue_empty(desk)
    assert Span.objects.get().label.key == "LOC"


def test_the_mouse_links_and_takes_the_link_away(desk: Page) -> None:
    mention(desk, "تاس", "Digit2")
    press(desk, "Enter")
    desk.locator("#popover [data-act=link]").click()
    desk.locator("#link-list [data-key=org-tass]").click()
    queue_empty(desk)
    assert linked() == [("تاس", "org-tass")]
    press(desk, "Enter")
    desk.locator("#popover [data-act=link]").click()
    desk.locator("#link-list [data-kind=unlink]").click()
    queue_empty(desk)
    assert linked() == [("تاس", None)]


def test_mentions_of_one_thing_light_up_and_are_stepped_through(desk: Page) -> None:
    lit = "() => [...(CSS.highlights.get('thing') ?? [])].map(String)"
    for at in (0, TEXT.index("تاس و"), TEXT.index("تاس آمدند")):
        mention(desk, "تاس", "Digit2", after=at)
        link(desk, to="تاس")
    becomes(desk, lit, ["تاس"] * 3)
    press(desk, "Escape Escape")
    becomes(desk, lit, [])
    desk.locator("#doc [data-i]").first.hover()
    becomes(desk, lit, ["تاس"] * 3)
    desk.locator("#doc [data-i]").first.click()
    press(desk, "KeyE")
    expect(desk.locator("#toast")).to_contain_text("۲ / ۳")
    press(desk, "Shift+KeyE Shift+KeyE")
    expect(desk.locator("#toast")).to_contain_text("۳ / ۳")


def test_the_panel_lists_by_entity_with_what_is_not_linked_at_the_end(desk: Page) -> None:
    mention(desk, "پوتین رفت", "Digit1")
    for at in (0, TEXT.index("تاس و")):
        mention(desk, "تاس", "Digit2", after=at)
        link(desk, to="تاس")
    desk.locator("#tab-entities").click()
    desk.locator("[data-order=things]").click()
    heads = desk.locator(".thing h3")
    expect(heads).to_have_text(["تاسQ1۲", "بی‌پیوند۱"])
    desk.locator(".thing[data-entity=org-tass]").hover()
    becomes(desk, "() => CSS.highlights.get('thing')?.size", 2)
    desk.locator(".thing.is-loose .mention").click()
    press(desk, "Digit3")
    queue_empty(desk)
    assert Span.objects.get(start=TEXT.index("پوتین رفت")).label.key == "LOC"
    desk.reload()
    desk.wait_for_selector("html[data-ready]")
    desk.locator("#tab-entities").click()
    expect(desk.locator("[data-order=things]")).to_have_attribute("aria-pressed", "true")


def test_a_hand_faster_than_the_search_makes_nothing_twice(desk: Page) -> None:
    for at in (0, TEXT.index("تاس و")):
        mention(desk, "تاس", "Digit2", after=at)
        link(desk, to="تاس")
    queue_empty(desk)
    assert linked() == [("تاس", "org-tass")] * 2
    assert Entity.objects.count() == 2


def test_whoever_only_looks_at_a_link_leaves_it(desk: Page) -> None:
    mention(desk, "پوتین رفت", "Digit1")
    press(desk, "KeyK")
    desk.keyboard.type("تاس")
    expect(desk.locator("#link-list [data-key=org-tass]")).to_be_visible()
    press(desk, "Enter KeyK")
    expect(desk.locator("#link-list [data-key=org-tass]")).to_have_attribute("aria-selected", "true")
    press(desk, "Enter")
    queue_empty(desk)
    assert linked() == [("پوتین", "org-tass")]
    assert Entity.objects.count() == 2
