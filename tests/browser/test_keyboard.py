"""What the keyboard alone does in the text: words, sentences, letters, edges, pieces, sources, stances, values."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Relation, Span, Topic
from tests.browser.conftest import SignIn
from tests.browser.hand import letters, press, queue_empty
from tests.factories import Cast, make_cast, make_set

TEXT = (
    "👩‍👩‍👧‍👦🇮🇷 دیدار کیم جونگ اون\n\n"
    "دکتر. رضایی گفت که می‌خواهم GPT-4.5 را در خبرگزاری «تاس» ببینم. او رفت.\n"
    "روزنامه 🙂 «واشنگتن پست» نوشت: سُخَن او درست بود."
)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def workspace(cast: Cast, page: Page, sign_in: SignIn) -> Page:
    work = make_set(cast, TEXT)
    Topic.objects.create(project=cast.project, key="trade", title_fa="تجارت")
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    return page


def held() -> list[tuple[str, str]]:
    """Each span's label and words in the newest set, in the order they were made."""
    work = AnnotationSet.objects.latest("pk")
    spans = Span.objects.filter(annotation_set=work).select_related("label").order_by("id")
    return [(span.label.key, " … ".join(TEXT[start:end] for start, end in span.ranges)) for span in spans]


def words_are_reached_and_extended_over(workspace: Page) -> None:
    press(workspace, "ArrowLeft ArrowLeft Shift+ArrowLeft Shift+ArrowLeft Digit1")
    press(workspace, "ArrowDown Home Digit2")
    press(workspace, "End ArrowRight Space Digit3")
    queue_empty(workspace)
    assert held() == [("PER", "کیم جونگ اون"), ("ORG", "دکتر"), ("LOC", "او رفت")]


def space_extends_and_takes_back(workspace: Page) -> None:
    press(workspace, "ArrowLeft ArrowLeft Space Space Shift+Space Digit1")
    queue_empty(workspace)
    assert held() == [("PER", "کیم جونگ")]


def letters_lead_to_any_word_in_view(workspace: Page) -> None:
    jump(workspace, "واشنگتن")
    press(workspace, "Space Digit2")
    jump(workspace, "GPT-4.5")
    press(workspace, "Digit9")
    queue_empty(workspace)
    assert held() == [("ORG", "واشنگتن پست"), ("PRO", "GPT-4.5")]
    expect(workspace.locator(".hint-key")).to_have_count(0)


def a_second_jump_drafts_all_between_and_closes_a_bracket(workspace: Page) -> None:
    jump(workspace, "خبرگزاری")
    press(workspace, "Space")
    press(workspace, "Digit2")
    jump(workspace, "سُخَن")
    press(workspace, "Space")
    jump(workspace, "درست")
    press(workspace, "KeyX")
    queue_empty(workspace)
    assert held() == [("ORG", "خبرگزاری «تاس»"), ("EXPRESSION", "سُخَن او درست")]


def test_a_sentence_becomes_a_claim_with_source_and_cue(workspace: Page) -> None:
    jump(workspace, "رضایی")
    press(workspace, "Digit1")
    jump(workspace, "می‌خواهم")
    press(workspace, "KeyS KeyC")
    press(workspace, letters(workspace, "0"))
    press(workspace, "KeyQ")
    land(workspace, "گفت")
    press(workspace, "Enter")
    queue_empty(workspace)
    said = Relation.objects.get()
    quotes = {span.label.key: TEXT[span.start : span.end] for span in (said.head_span, said.via_span, said.tail_span)}
    whole = "دکتر. رضایی گفت که می‌خواهم GPT-4.5 را در خبرگزاری «تاس» ببینم"
    assert quotes == {"CLAIM": whole, "CUE": "گفت", "PER": "رضایی"}
    assert said.attributes == {"level": 1}
    press(workspace, "KeyO KeyI")
    queue_empty(workspace)
    levels = Relation.objects.order_by("id").values_list("tail_kind", "attributes__level")
    assert list(levels) == [("span", 1), ("implicit", 2)]


def test_attributes_are_chosen_by_letters(workspace: Page) -> None:
    jump(workspace, "او")
    press(workspace, "KeyS KeyC KeyO KeyV")
    for value in ("kind=fact", "quotation=direct", "checkworthy=CFS"):
        choose(workspace, value)
    choose(workspace, "level")
    workspace.keyboard.type("2")
    press(workspace, "Enter Escape Space")
    queue_empty(workspace)
    (claim,) = Span.objects.all()
    assert claim.attributes == {"kind": "fact", "quotation": "direct", "checkworthy": "CFS"}
    said = Relation.objects.get()
    assert (said.tail_kind, said.attributes) == ("article", {"level": 2})


def test_a_stance_is_taken_by_letters_a_digit_and_a_sign(workspace: Page) -> None:
    jump(workspace, "کیم")
    press(workspace, "Space Space Digit1 KeyR Digit1 Minus KeyX")
    land(workspace, "درست")
    press(workspace, "Enter")
    queue_empty(workspace)
    stance = Relation.objects.get()
    assert (stance.tail_topic.key, stance.attributes, stance.via_span.label.key) == (
        "trade", {"polarity": "AGAINST"}, "EXPRESSION",
    )  # fmt: skip
    assert TEXT[stance.head_span.start : stance.head_span.end] == "کیم جونگ اون"


def edges_move_by_one_letter_and_say_where_they_stand(workspace: Page) -> None:
    jump(workspace, "می‌خواهم")
    press(workspace, "Digit9 BracketLeft BracketLeft Shift+BracketRight")
    queue_empty(workspace)
    assert held() == [("PRO", "خواه")]
    start = TEXT.index("خواه")
    expect(workspace.locator("#toast")).to_contain_text(persian(f"{start}–{start + 4}"))
    press(workspace, "Control+KeyZ Control+KeyZ Control+KeyZ")
    queue_empty(workspace)
    assert held() == [("PRO", "می‌خواهم")]


def an_edge_never_cuts_a_letter_from_its_marks(workspace: Page) -> None:
    jump(workspace, "سُخَن")
    press(workspace, "Digit9 BracketLeft")
    queue_empty(workspace)
    assert held() == [("PRO", "خَن")]


def pieces_make_a_discontinuous_span(workspace: Page) -> None:
    jump(workspace, "سُخَن")
    press(workspace, "KeyX KeyD")
    jump(workspace, "بود")
    press(workspace, "Enter Enter")
    queue_empty(workspace)
    assert held() == [("EXPRESSION", "سُخَن … بود")]
    workspace.locator("#popover .pieces .act").first.click()
    queue_empty(workspace)
    assert held() == [("EXPRESSION", "بود")]


def tab_goes_through_the_spans_and_out_of_the_text(workspace: Page) -> None:
    jump(workspace, "رضایی")
    press(workspace, "Digit1")
    jump(workspace, "واشنگتن")
    press(workspace, "Digit2 Shift+Tab Digit3")
    queue_empty(workspace)
    assert held() == [("LOC", "رضایی"), ("ORG", "واشنگتن")]
    press(workspace, "Tab Tab")
    expect(workspace.locator(":focus")).to_be_visible()


def deleting_leaves_the_cursor_where_it_was(workspace: Page) -> None:
    jump(workspace, "رضایی")
    press(workspace, "Digit1 Delete Digit2")
    queue_empty(workspace)
    assert held() == [("ORG", "رضایی")]


def keys_belong_to_the_control_that_has_the_focus(workspace: Page) -> None:
    workspace.get_by_role("tab", name="ادعاها").click()
    press(workspace, "ArrowLeft")
    expect(workspace.get_by_role("tab", name="موجودیت‌ها")).to_be_focused()
    press(workspace, "Digit1")
    queue_empty(workspace)
    assert held() == []


STORIES = (
    words_are_reached_and_extended_over,
    space_extends_and_takes_back,
    letters_lead_to_any_word_in_view,
    a_second_jump_drafts_all_between_and_closes_a_bracket,
    deleting_leaves_the_cursor_where_it_was,
    edges_move_by_one_letter_and_say_where_they_stand,
    an_edge_never_cuts_a_letter_from_its_marks,
    pieces_make_a_discontinuous_span,
    tab_goes_through_the_spans_and_out_of_the_text,
    keys_belong_to_the_control_that_has_the_focus,
)


def test_spans_are_made_and_changed_by_keys_alone(cast: Cast, workspace: Page) -> None:
    """Each story begins with the text as it came, in the page that the one before has left."""
    for number, story in enumerate(STORIES):
        if number:
            workspace.goto(f"/sets/{make_set(cast, f'{TEXT}\n{number}').pk}/")
            workspace.wait_for_selector("html[data-ready]")
        story(workspace)


def jump(page: Page, word: str) -> None:
    """Jumps to the first place of a word by the letters on it."""
    press(page, "KeyJ")
    land(page, word)


def land(page: Page, word: str) -> None:
    """Types the letters of a word that are shown already."""
    press(page, letters(page, str(TEXT.index(word))))


def choose(page: Page, value: str) -> None:
    """Types the letter on a value of an attribute."""
    press(page, letters(page, value))


def persian(said: str) -> str:
    """Writes digits as the interface does."""
    return said.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
