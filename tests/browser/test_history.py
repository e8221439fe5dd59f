"""By a person's hand: from the work to its history, through the differences by keys, and back to an earlier version."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Revision, RevisionStep
from annotations.queries.invariants import rebuilt, stored_state
from annotations.queries.versions import states_at
from tests.browser.conftest import SignIn
from tests.browser.hand import becomes
from tests.factories import EMOJI_TEXT, make_cast, make_set, op, perform, span_op, uid

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_annotator_looks_at_what_changed_by_keys_and_restores_an_earlier_version(
    page: Page, sign_in: SignIn
) -> None:
    cast = make_cast()
    work = make_set(cast, EMOJI_TEXT)
    stays, changes, goes = (span_op(EMOJI_TEXT, words, "LOC") for words in ("کره شمالی", "روسیه", "تهران"))
    perform(work, stays, changes, goes)
    joined = op("relation.create", id=uid(), label="stance", head=stays["id"], tail=changes["id"])
    joined["attributes"] = {"polarity": "FAVOR"}
    perform(work, op("span.update", id=changes["id"], label="ORG"), op("span.delete", id=goes["id"]), joined)
    sign_in(cast.annotator)

    page.goto(f"/sets/{work.pk}/history/")
    event = page.locator(".event.edit")
    expect(event).to_have_count(1)
    event.locator("summary").click()
    expect(event.locator("details li").first).to_have_text("«کره شمالی» را مکان نشان کرد")
    event.get_by_role("link", name="دیدن در متن").click()

    page.wait_for_url("**/compare/?from=0&to=6")
    page.locator("[name=from]").fill("3")
    page.locator("[name=from]").press("Enter")
    page.wait_for_url("**/compare/?from=3&to=6")
    lines = page.locator("button.difference")
    expect(lines).to_have_count(3)
    page.locator("h1").click()
    for key, at in (("KeyJ", 0), ("KeyJ", 1), ("KeyJ", 2), ("KeyJ", 2), ("KeyK", 1)):
        page.keyboard.press(key)
        expect(lines.nth(at)).to_be_focused()
        words = " … ".join(re.findall("«(.+?)»", lines.nth(at).locator(".words").inner_text()))
        becomes(page, "() => [...(CSS.highlights.get('difference') ?? [])].map(String).join(' … ')", words)
    expect(lines.filter(has_text="موضع")).to_have_count(1)  # its two ends were shown, too
    page.locator(".reader.drawn [class*=u0-removed]").click()
    expect(lines.filter(has_text="تهران")).to_be_focused()

    page.goto(f"/sets/{work.pk}/restore/3/")
    page.get_by_role("button", name="بازگرداندن نسخهٔ ۳").click()
    page.wait_for_url("**/history/")
    expect(page.locator(".event.restore")).to_have_count(1)
    work.refresh_from_db()
    (then,) = states_at(work, 3)
    assert stored_state(work) == rebuilt(work) == then
    assert (Revision.objects.count(), RevisionStep.objects.get().about["to"]) == (9, 3)

    # One undo: the version before stands again.
    page.locator(".event.restore .versions a").last.click()
    page.get_by_role("button", name="بازگرداندن نسخهٔ ۶").click()
    page.wait_for_url("**/history/")
    work.refresh_from_db()
    assert stored_state(work) == states_at(work, 6)[0]
