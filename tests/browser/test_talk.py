"""Comments beside the text: by key and by mouse, without a network, for others, and once their subject has gone."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from annotations.actions.comments import write_comment
from annotations.models import AnnotationSet, Comment, ReadMark, Span, User
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, drag, queue_empty
from tests.browser.test_axe import findings_in_both_themes
from tests.factories import Cast, make_cast, make_set, op, perform, span_op, uid

TEXT = "علاقه کره شمالی به روسیه\n\nکیم جونگ اون گفت: صادرات نفت رشد می‌کند.\nمریم رضایی در تهران است."
NAME = "مریم رضایی"
# Where each line of each paragraph lies.
LINES = """() => [...document.querySelectorAll('#doc p')].map((paragraph) => {
  const range = new Range();
  range.selectNodeContents(paragraph);
  return [...range.getClientRects()].map((box) => [box.left, box.width]);
})"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def span() -> dict:
    return span_op(TEXT, NAME)


@pytest.fixture
def work(cast: Cast, span: dict) -> AnnotationSet:
    work = make_set(cast, TEXT)
    perform(work, span)
    return work


def visit(page: Page, work: AnnotationSet) -> None:
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")


@pytest.fixture
def desk(page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn) -> Page:
    """The annotator's workspace, open."""
    sign_in(cast.annotator)
    visit(page, work)
    return page


def click_on(page: Page, words: str) -> None:
    page.locator("#doc .s", has_text=words).first.click()


def field(page: Page) -> Locator:
    return page.locator("#talk textarea")


def sent(page: Page, count: int) -> None:
    """Waits until the server holds so many comments, as the page shows it."""
    expect(page.locator("#talk .is-waiting")).to_have_count(0)
    expect(page.locator("#talk [data-comment]")).to_have_count(count)


def test_a_thread_is_written_answered_and_closed_by_keyboard(desk: Page, work: AnnotationSet, span: dict) -> None:
    click_on(desk, NAME)
    desk.keyboard.press("KeyT")
    expect(field(desk)).to_be_focused()
    desk.keyboard.type("مرز درست است؟")
    desk.keyboard.press("Control+Enter")
    sent(desk, 1)
    root = Comment.objects.get()
    assert (root.text, root.span_uid, root.author) == ("مرز درست است؟", span["id"], work.annotator)
    expect(desk.locator(f"#overlay .bubble[data-span='{span['id']}']")).to_have_count(1)
    expect(desk.locator("#popover")).to_be_visible()
    desk.keyboard.press("KeyT")  # the same span: an answer in its thread
    expect(field(desk)).to_be_focused()
    desk.keyboard.type("بله")
    desk.keyboard.press("Control+Enter")
    sent(desk, 2)
    assert Comment.objects.get(parent=root).text == "بله"
    resolve = desk.locator("#talk [data-act=resolve]")
    resolve.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#talk .closed-threads")).to_be_visible()
    root.refresh_from_db()
    assert root.resolved_by == work.annotator
    expect(desk.locator("#overlay .bubble")).to_have_count(0)


def test_a_thread_on_the_article_is_written_answered_and_reopened_by_mouse(desk: Page, work: AnnotationSet) -> None:
    desk.locator("#talk-button").click()
    desk.locator("#talk .add").click()
    field(desk).fill("<b>دربارهٔ کل متن</b>")
    desk.locator("#talk [type=submit]").click()
    sent(desk, 1)
    expect(desk.locator("#talk .words")).to_have_text("<b>دربارهٔ کل متن</b>")
    desk.locator("#talk [data-act=answer]").click()
    field(desk).fill("پاسخ")
    desk.locator("#talk [type=submit]").click()
    sent(desk, 2)
    desk.locator("#talk [data-act=resolve]").click()
    desk.locator("#talk .closed-threads summary").click()
    desk.locator("#talk [data-act=resolve]").click()
    expect(desk.locator("#talk .closed-threads")).to_have_count(0)
    root, answer = Comment.objects.order_by("id")
    assert (root.span_uid, root.resolved_at, answer.parent) == (None, None, root)


def test_own_words_are_changed_and_taken_back(desk: Page) -> None:
    desk.keyboard.press("KeyT")
    desk.keyboard.type("اول")
    desk.keyboard.press("Control+Enter")
    sent(desk, 1)
    desk.locator("#talk [data-act=edit]").click()
    expect(field(desk)).to_have_value("اول")
    field(desk).fill("دوم")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#talk .words")).to_have_text("دوم")
    comment = Comment.objects.get()
    assert (comment.text, comment.deleted_at) == ("دوم", None)
    delete = desk.locator("#talk [data-act=delete]")
    delete.click()
    expect(delete).to_be_focused()
    assert Comment.objects.get().deleted_at is None
    delete.click()
    expect(desk.locator("#talk .comment")).to_have_count(0)
    assert Comment.objects.get().deleted_at is not None


def test_a_stance_is_commented_from_its_card(desk: Page, work: AnnotationSet, span: dict) -> None:
    claim = span_op(TEXT, "صادرات نفت رشد می‌کند", "CLAIM")
    ends = {"head": span["id"], "via": None, "tail": claim["id"]}
    perform(work, claim, op("relation.create", id=uid(), label="stance", attributes={"polarity": "FAVOR"}, **ends))
    visit(desk, work)
    desk.locator("#panel-body .stance .face").click()
    desk.locator("#panel-body [data-act=talk]").click()
    expect(desk.locator("#talk .subject")).to_contain_text(NAME)
    expect(desk.locator("#talk .subject .is-FAVOR")).to_be_visible()
    field(desk).fill("مطمئنی؟")
    desk.keyboard.press("Control+Enter")
    sent(desk, 1)
    comment = Comment.objects.get()
    assert comment.about["head"]["quote"] == NAME
    desk.locator("#panel-body .face").click()
    desk.locator("#talk .subject").click()
    expect(desk.locator(f"#panel-body .stance.is-open[data-id='{comment.relation_uid}']")).to_be_visible()


def test_the_thread_of_a_deleted_span_stays_with_its_quote(desk: Page, span: dict) -> None:
    click_on(desk, NAME)
    desk.keyboard.press("KeyT")
    desk.keyboard.type("چرا؟")
    desk.keyboard.press("Control+Enter")
    sent(desk, 1)
    desk.keyboard.press("Delete")
    queue_empty(desk)
    assert not Span.objects.exists()
    expect(desk.locator("#talk .gone")).to_be_visible()
    expect(desk.locator("#talk .subject")).to_contain_text(NAME)
    desk.reload()
    desk.wait_for_selector("html[data-ready]")
    desk.locator("#talk-button").click()
    expect(desk.locator("#talk div.subject .gone")).to_be_visible()
    expect(desk.locator("#talk .subject")).to_contain_text(NAME)


def test_words_written_without_a_network_survive_a_reload_and_are_sent_once(
    desk: Page, context: BrowserContext, expected_errors: list[str], span: dict
) -> None:
    expected_errors.append("ERR_INTERNET_DISCONNECTED")
    click_on(desk, NAME)
    context.set_offline(True)
    desk.keyboard.press("KeyT")
    desk.keyboard.type("در راه")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#talk .is-failed [data-act=again]")).to_be_visible()
    desk.keyboard.press("KeyT")
    desk.keyboard.type("نیمه‌کاره")
    assert not Comment.objects.exists()
    context.set_offline(False)
    expect(desk.locator("#talk .is-waiting")).to_have_count(0)
    assert Comment.objects.get().text == "در راه"
    desk.reload()
    desk.wait_for_selector("html[data-ready]")
    desk.locator("#talk-button").click()
    expect(field(desk)).to_have_value("نیمه‌کاره")
    desk.locator("#talk [type=submit]").click()
    expect(desk.locator("#talk .is-waiting")).to_have_count(0)
    expect(desk.locator("#talk textarea")).to_have_count(0)
    assert set(Comment.objects.values_list("text", "span_uid")) >= {("در راه", span["id"])}
    assert Comment.objects.count() == 2


def test_words_that_waited_as_the_page_was_left_go_out_from_any_page(desk: Page, span: dict) -> None:
    click_on(desk, NAME)
    desk.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    desk.keyboard.press("KeyT")
    desk.keyboard.type("در راه")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#talk .is-failed [data-act=again]")).to_be_visible()
    desk.goto("/library/")
    becomes(desk, "() => Object.keys(localStorage).filter((key) => key.includes(':out:'))", [])
    said = Comment.objects.get()
    assert (said.text, said.span_uid) == ("در راه", span["id"])


@pytest.mark.usefixtures("intercepted")
def test_a_comment_whose_answer_was_lost_is_there_once(desk: Page, expected_errors: list[str]) -> None:
    expected_errors.append("502")
    lost = []

    def lose_the_first(route: object) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            return route.fulfill(status=502, body="")
        return route.continue_()

    desk.route("**/comments/", lose_the_first)
    with desk.expect_response("**/comments/*page_size*"):  # or this list might bring what was lost
        desk.keyboard.press("KeyT")
    desk.keyboard.type("یک بار")
    desk.keyboard.press("Control+Enter")
    again = desk.locator("#talk .is-failed [data-act=again]")
    expect(again).to_be_visible()
    assert Comment.objects.count() == 1
    again.click()
    sent(desk, 1)
    assert Comment.objects.count() == 1


def test_words_are_not_sent_as_another_person_s(
    desk: Page, sign_in: SignIn, cast: Cast, expected_errors: list[str]
) -> None:
    expected_errors.append("403")
    desk.keyboard.press("KeyT")
    desk.keyboard.type("از آرزو")
    sign_in(cast.reviewer, stay=True)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#talk .is-failed")).to_be_visible()
    assert not Comment.objects.exists()
    sign_in(cast.annotator, stay=True)
    desk.locator("#talk [data-act=again]").click()
    sent(desk, 1)
    assert Comment.objects.get().author == cast.annotator


def test_a_comment_on_a_new_span_follows_the_edit(
    desk: Page, context: BrowserContext, expected_errors: list[str]
) -> None:
    expected_errors.append("ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    drag(desk, "تهران")
    desk.keyboard.press("Digit3")
    click_on(desk, "تهران")
    desk.keyboard.press("KeyT")
    desk.keyboard.type("شهر است؟")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#talk .is-waiting")).to_have_count(1)
    context.set_offline(False)
    queue_empty(desk)
    expect(desk.locator("#talk .is-waiting")).to_have_count(0)
    comment = Comment.objects.get()
    assert (comment.about["quote"], comment.span_uid) == ("تهران", Span.objects.get(label__key="LOC").uid)


def test_what_a_reviewer_said_is_new_once(desk: Page, work: AnnotationSet, cast: Cast, span: dict) -> None:
    write_comment(work, by=cast.reviewer, uid=uid(), text="این را ببین", span=span["id"])
    visit(desk, work)
    button = desk.locator("#talk-button")
    expect(button).to_have_class("quiet has-new")
    with desk.expect_response("**/comments/seen/"):
        button.click()
    expect(desk.locator("#talk .new")).to_have_count(1)
    assert ReadMark.objects.get().user == cast.annotator
    desk.locator("#talk .subject").click()
    expect(desk.locator("#overlay .box")).to_have_count(1)
    visit(desk, work)
    expect(button).to_have_class("quiet")
    expect(button.locator(".count")).not_to_be_empty()


def test_a_long_conversation_comes_page_by_page(desk: Page, work: AnnotationSet, cast: Cast) -> None:
    Comment.objects.bulk_create(
        Comment(annotation_set=work, uid=uid(), author=cast.reviewer, text=str(number)) for number in range(205)
    )
    desk.locator("#talk-button").click()
    expect(desk.locator("#talk [data-thread]")).to_have_count(205)
    assert desk.locator("#talk .words").all_inner_texts() == [str(number) for number in range(205)]


def test_a_reviewer_speaks_where_they_may_not_edit(
    page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn, span: dict
) -> None:
    sign_in(cast.reviewer)
    visit(page, work)
    click_on(page, NAME)
    page.locator("#popover [data-act=talk]").click()
    field(page).fill("عنوان بیرون می‌ماند")
    page.keyboard.press("Control+Enter")
    sent(page, 1)
    assert Comment.objects.get().author == cast.reviewer


def test_another_annotator_hears_nothing(page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn) -> None:
    write_comment(work, by=cast.annotator, uid=uid(), text="رازِ من")
    own = AnnotationSet.objects.create(
        project=cast.project, article=work.article, annotator=cast.annotator2, pseudonym="a-2"
    )
    sign_in(cast.annotator2)
    visit(page, own)
    page.locator("#talk-button").click()
    expect(page.locator("#talk .empty")).to_be_visible()
    assert "رازِ من" not in page.content()


def test_no_bubble_moves_a_word(desk: Page, work: AnnotationSet, cast: Cast, span: dict) -> None:
    before = desk.evaluate(LINES)
    write_comment(work, by=cast.reviewer, uid=uid(), text="x", span=span["id"])
    visit(desk, work)
    expect(desk.locator("#overlay .bubble")).to_have_count(1)
    assert desk.evaluate(LINES) == before


@pytest.mark.parametrize("width", [1400, 390])
def test_open_threads_have_no_serious_finding(
    page: Page, work: AnnotationSet, cast: Cast, sign_in: SignIn, span: dict, width: int
) -> None:
    User.objects.update(theme="light")
    root, _made = write_comment(work, by=cast.reviewer, uid=uid(), text="این را ببین", span=span["id"])
    write_comment(work, by=cast.annotator, uid=uid(), text="دیدم", parent=root.uid)
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(cast.annotator)
    visit(page, work)
    if width == 390:
        page.locator(".more").click()
    page.locator("#talk-button").click()
    page.locator("#talk [data-act=answer]").click()
    expect(field(page)).to_be_focused()
    assert findings_in_both_themes(page) == []
    page.emulate_media(media="print")
    expect(page.locator("#talk")).to_be_hidden()
