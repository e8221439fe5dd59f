"""The label editor by hand: a conflict of keys is resolved, a label made, all published and seen in the workspace."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import AnnotationSet, Label, Membership, SchemeDraft, SchemeVersion, Span, User
from annotations.queries.annotation_sets import spans_of
from annotations.text.numerals import persian_digits
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes, drag, queue_empty
from tests.browser.test_axe import findings
from tests.factories import Cast, make_cast, make_set, perform, span_op
from tests.static.test_contrast import channels, contrast, mixed, tokens


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    work = make_set(cast)
    perform(work, span_op(work.article.text, "روسیه", "LOC"), span_op(work.article.text, "تهران", "LOC"))
    return work


def legible(theme: str, color: str) -> str:
    """How well a chip's title is read on its tint, in Persian digits."""
    known = tokens(theme)
    ink = channels(known[f"c-{color}"])
    ratio = contrast(ink, mixed(known[f"c-{color}"], known["paper"], known["tint"]))
    return persian_digits(f"{ratio:.1f}".rstrip("0").rstrip(".").replace(".", "٫"))


def test_a_scheme_is_edited_published_and_used(cast: Cast, work: AnnotationSet, page: Page, sign_in: SignIn) -> None:
    sign_in(cast.manager)
    page.goto("/projects/test/scheme/")
    page.wait_for_selector("html[data-ready]")
    publish = page.locator("[data-act=publish]")
    expect(publish).to_be_disabled()
    # The next key is taken, whatever the layout writes there; two labels have it now, and both rows say so.
    page.locator("[data-key=PRO]").click()
    page.locator(".sch-press").click()
    page.keyboard.press("3")
    expect(page.locator(".sch-clash")).to_be_visible()
    expect(page.locator("[data-key=LOC] kbd, [data-key=PRO] kbd")).to_have_class(["is-wrong", "is-wrong"])
    expect(publish).to_be_disabled()
    page.locator("[data-act=free]").click()
    expect(page.locator(".sch-clash")).to_have_count(0)
    expect(page.locator("[data-key=PRO] kbd")).to_have_text("9")
    page.locator("[data-key=PRO]").focus()
    page.keyboard.press("Alt+ArrowUp")
    # By touch and by screen reader there are buttons; the keyboard keeps its place on them.
    after = """(key) => {
      const keys = [...document.querySelectorAll('.sch-row')].map((row) => row.dataset.key);
      return keys[keys.indexOf(key) + 1];
    }"""
    becomes(page, after, "FAC", "PRO")
    page.locator("[data-field=down]").click()
    becomes(page, after, "PRO", "FAC")
    expect(page.locator("[data-field=down]")).to_be_focused()
    page.locator("[data-field=up]").click()
    becomes(page, after, "FAC", "PRO")
    expect(page.locator(".sch-contrast")).to_have_text(
        f"کنتراست: روشن {legible('light', 'magenta')}، تیره {legible('dark', 'magenta')}"
    )
    # What bears a label is merged into a new one.
    page.keyboard.press("KeyN")
    page.locator("#kinds [data-kind=entity]").click()
    page.locator("[data-field=title_fa]").fill("جا")
    page.locator("[data-field=title_en]").fill("Place")
    page.locator("[data-field=key]").fill("PLACE")
    page.locator("[data-key=LOC]").click()
    expect(page.locator("[data-field=key]")).to_have_attribute("readonly", "")
    page.locator("[data-field=into]").select_option("PLACE")
    expect(page.locator(".sch-sum b")).to_contain_text("۲")
    assert findings(page) == []
    page.keyboard.press("Control+s")
    expect(page.locator("#unsaved")).to_contain_text("پیش‌نویس ذخیره شد")
    assert SchemeDraft.objects.get().by == cast.manager
    assert Label.objects.filter(key="PLACE").count() == 0
    # The figure leads to the annotations behind it.
    page.locator("[data-why=gone]").click()
    expect(page.locator(".row a")).to_have_text(["روسیه", "تهران"])
    page.go_back()
    page.wait_for_selector("html[data-ready]")
    expect(publish).to_be_enabled()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#says")).to_contain_text("۲")
    assert SchemeVersion.objects.first().number == 2
    assert {span.label for span in spans_of(work)} == {"PLACE"}
    order = list(Label.objects.values_list("key", flat=True))
    assert order.index("PRO") == order.index("FAC") - 1
    # In English, too, the name of a label stands where the words begin: on the right.
    User.objects.filter(pk=cast.manager.pk).update(language="en")
    page.reload()
    expect(page.locator("#overlay .chip")).to_have_attribute("data-t", "Place")
    edges = "(names) => names.map((name) => Math.round(document.querySelector(name).getBoundingClientRect().right))"
    chip, mark = page.evaluate(edges, ["#overlay .chip", "#doc .s"])
    assert abs(chip - mark) <= 2
    User.objects.filter(pk=cast.manager.pk).update(language="fa")
    # The guideline gets an entry; who had read the version before is told.
    page.goto("/projects/test/guideline/edit/#of-PLACE")
    page.wait_for_selector("html[data-ready]")
    page.locator("[name=entry-PLACE]").fill("نام هر **جا**")
    expect(page.locator("#entry-PLACE strong")).to_have_text("جا")
    page.locator("[name=note]").fill("جا آمد")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".message.success")
    Membership.objects.filter(user=cast.annotator).update(guideline_read=1)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#guide-button")).to_have_class("quiet has-news")
    drag(page, "نفت")
    page.locator("#popover [data-label=PLACE]").hover()
    with page.expect_response("**/guidelines/read/") as answer:
        page.keyboard.press("KeyG")
    assert answer.value.status == 204
    expect(page.locator(".guide-news")).to_contain_text("جا آمد")
    expect(page.locator("#entry-PLACE")).to_be_in_viewport()
    expect(page.locator("#guide-button")).to_have_class("quiet")
    page.locator("#popover [data-label=PLACE]").click()
    queue_empty(page)
    assert Span.objects.filter(label__key="PLACE").count() == 3
