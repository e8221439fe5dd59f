"""Calling somebody in a comment, and what they are told of it: by keyboard in the workspace, then in their own bar."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.actions.comments import write_comment
from annotations.models import Comment, Notification
from annotations.models.fields import new_uid
from tests.browser.conftest import SignIn
from tests.factories import Cast, make_cast, make_set

TEXT = "تیتر\n\nمریم رضایی در تهران است."
CALLING = """async (cases) => {
  const { begun, likely } = await import("/static/js/core/calling.js");
  const people = [{ name: "sara.k", title: "سارا کاظمی" }, { name: "کریم", title: "" }, { name: "a-1f", title: "" }];
  return cases.map(([text, typed]) => [begun(text, text.length), likely(people, typed).map(({ name }) => name)]);
}"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_whom_the_words_begin_to_call(page: Page, live_server: Any) -> None:
    page.goto("/login/")
    found = page.evaluate(CALLING, [
        ["سلام @", ""], ["👩‍👩‍👧‍👦@سا", "سا"], ["@كری", "كری"], ["me@sara", "kaz"], ["@sara.k ", "کاظ"],
    ])  # fmt: skip
    assert found == [
        [{"start": 5, "typed": ""}, ["sara.k", "کریم", "a-1f"]],
        [{"start": 11, "typed": "سا"}, ["sara.k"]],
        [{"start": 0, "typed": "كری"}, ["کریم"]],
        [None, []],
        [None, ["sara.k"]],
    ]


@pytest.mark.usefixtures("intercepted")
def test_somebody_is_called_and_finds_it_in_the_bar(cast: Cast, page: Page, sign_in: SignIn) -> None:
    work = make_set(cast, TEXT)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    write_comment(work, by=cast.reviewer, uid=new_uid(), text="دیدم")
    answers: list[Route] = []
    page.route("**/comments/?*", lambda route: answers.append(route))
    with page.expect_request("**/comments/?*"):
        page.keyboard.press("KeyT")
    area = page.locator("#talk textarea")
    expect(area).to_be_focused()
    area.press_sequentially("@")
    chosen = page.locator("#talk [role=option][aria-selected=true]")
    first = chosen.inner_text()
    area.press("ArrowDown")
    expect(chosen).not_to_have_text(first)
    second = chosen.inner_text()
    answers[0].continue_()
    expect(page.locator("#talk .words")).to_have_text("دیدم")  # the threads came late and were drawn anew
    expect(chosen).to_have_text(second)
    area.press_sequentially("rev")
    expect(page.locator("#talk [role=option]")).to_have_count(1)
    area.press("Enter")
    expect(area).to_have_value("@reviewer ")
    area.press_sequentially("نظر؟")
    area.press("Control+Enter")
    expect(page.locator("#talk .words").filter(has_text="@reviewer نظر؟")).to_have_count(1)
    expect(page.locator("#talk .by time")).to_have_count(2)  # the server has it
    assert Comment.objects.get(author=cast.annotator).text == "@reviewer نظر؟"

    sign_in(cast.reviewer)
    page.goto("/")
    bell = page.locator("#bell")
    expect(bell).to_have_text("۱")
    bell.click()
    expect(page.locator(".notices .unread")).to_have_count(1)
    page.locator(".notices h2 a").click()
    page.wait_for_url(re.compile(f"/sets/{work.pk}/$"))
    assert Notification.objects.get(user=cast.reviewer).read_at is not None
    page.goto("/notifications/")
    expect(page.locator(".notices .unread")).to_have_count(0)
    expect(bell).to_have_text("")
