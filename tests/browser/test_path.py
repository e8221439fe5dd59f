"""The whole path of a person: sign in, bring a text in, annotate with the mouse, reload, export."""

import json
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.actions.demonstration import DATA
from annotations.models import AnnotationSet, ArticleLabel, Relation, Revision, Span, Topic
from annotations.records import Draft
from tests.browser.hand import drag, queue_empty
from tests.factories import Cast, make_cast, make_set

SEED = msgspec.json.decode((DATA / "seed.jsonl").read_bytes(), type=Draft).text
NAME = "کیم جونگ اون"
CLAIM = "بهبود روابط با کره شمالی برای دولت بایدن دشوار خواهد بود"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def enter(page: Page, name: str) -> None:
    page.goto("/login/")
    page.get_by_label("نام کاربری").fill(name)
    page.get_by_label("گذرواژه").fill(name)
    page.get_by_role("button", name="ورود").click()
    expect(page).to_have_url("/")


def leave(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="خروج").click()
    page.wait_for_url("**/login/**")


@pytest.mark.parametrize("text", [SEED, f"👩‍👩‍👧‍👦🇮🇷 {SEED}"], ids=["seed", "emoji first"])
def test_a_text_comes_in_is_annotated_with_the_mouse_and_goes_out(
    cast: Cast, page: Page, live_server: LiveServer, tmp_path: Path, text: str
) -> None:
    (tmp_path / "خبر.txt").write_bytes(text.encode())
    enter(page, "manager")
    page.goto("/projects/test/upload/")
    page.set_input_files("input[type=file]", tmp_path / "خبر.txt")
    page.get_by_role("button", name="وارد کن").click()
    page.wait_for_url("**/articles/*/")
    article = page.url
    leave(page)

    enter(page, "annotator")
    page.goto(article)
    page.get_by_role("button", name="برچسب‌زنی").click()
    page.wait_for_selector("html[data-ready]")

    drag(page, NAME)
    page.keyboard.press("Digit1")
    queue_empty(page)
    person = Span.objects.get()
    assert (person.label.key, text[person.start : person.end]) == ("PER", NAME)

    drag(page, "دولت بایدن دشوار", until="دولت بایدن")
    page.keyboard.press("Digit2")
    drag(page, CLAIM)
    page.keyboard.press("KeyC")
    expect(page.locator("#hint")).to_be_visible()
    page.locator("#doc .s", has_text="دولت بایدن").first.click()
    queue_empty(page)
    said = Relation.objects.get(label__key="attribution")
    assert text[said.head_span.start : said.head_span.end] == CLAIM
    assert text[said.tail_span.start : said.tail_span.end] == "دولت بایدن"

    page.keyboard.press("Escape")
    page.locator("#doc .s", has_text=NAME).first.click()
    page.keyboard.press("KeyR")
    expect(page.locator("#hint")).to_be_visible()
    page.locator("#doc .s", has_text="بهبود روابط").first.click()
    page.locator(".polarities [data-value=AGAINST]").click()
    queue_empty(page)
    stance = Relation.objects.get(label__key="stance")
    assert (stance.head_span, stance.tail_span, stance.attributes) == (person, said.head_span, {"polarity": "AGAINST"})

    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#doc").evaluate("doc => [...doc.querySelectorAll('p')].map(p => p.textContent).join('')") == (
        "".join(line for line in text.split("\n") if line.strip())
    )
    expect(page.locator("#doc .s", has_text=NAME).first).to_have_class("s u0-rust t-rust")
    expect(page.locator("#margin .claim-card")).to_have_count(1)
    leave(page)

    enter(page, "manager")
    with page.expect_download() as download:
        page.goto("/projects/test/")
        page.get_by_role("link", name="خروجی JSONL").click()
    record = json.loads(Path(download.value.path()).read_bytes())
    (work,) = record["annotation_sets"]
    assert record["text"] == text
    assert {span["quote"] for span in work["spans"]} == {NAME, "دولت بایدن", CLAIM}
    for span in work["spans"]:
        assert " … ".join(text[start:end] for start, end in span["ranges"]) == span["quote"]
    assert {relation["label"] for relation in work["relations"]} == {"attribution", "stance"}
    assert Revision.objects.count() == AnnotationSet.objects.get().version == len(work["spans"]) + 2


def test_a_span_is_relabelled_deleted_and_brought_back(cast: Cast, page: Page, live_server: LiveServer) -> None:
    work = make_set(cast, SEED)
    enter(page, "annotator")
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    drag(page, NAME, backwards=True)
    page.keyboard.press("Digit1")
    page.locator("#doc .s", has_text=NAME).first.click()
    page.keyboard.press("Digit2")
    queue_empty(page)
    assert Span.objects.get().label.key == "ORG"
    page.keyboard.press("Delete")
    queue_empty(page)
    assert not Span.objects.exists()
    page.keyboard.press("Control+KeyZ")
    queue_empty(page)
    assert Span.objects.get().label.key == "ORG"
    page.keyboard.press("Control+KeyZ")
    queue_empty(page)
    assert Span.objects.get().label.key == "PER"
    page.keyboard.press("Control+Shift+KeyZ")
    queue_empty(page)
    assert Span.objects.get().label.key == "ORG"
    assert Revision.objects.count() == 6


def test_the_article_as_a_whole_gets_its_labels(cast: Cast, page: Page, live_server: LiveServer) -> None:
    work = make_set(cast, SEED)
    Topic.objects.create(project=cast.project, key="trade", title_fa="تجارت", proposition="تجارت رو به رشد است.")
    enter(page, "annotator")
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    page.get_by_role("tab", name="مقاله").click()
    page.get_by_label("موضوع خبر").select_option("politics-international")
    page.get_by_label("موضع تیتر").select_option("discuss")
    queue_empty(page)
    said = ArticleLabel.objects.order_by("label__order").values_list("label__key", "topic__key", "value")
    assert list(said) == [("category", None, "politics-international"), ("headline_stance", "trade", "discuss")]
    page.get_by_label("موضع تیتر").select_option("")
    queue_empty(page)
    assert ArticleLabel.objects.get().label.key == "category"
    page.keyboard.press("Escape")
    page.locator("#doc").click(position={"x": 5, "y": 5})
    page.keyboard.press("Control+KeyZ")
    queue_empty(page)
    assert ArticleLabel.objects.count() == 2
