"""A label's attributes are asked by fields of their JSON Schema's types, and saved as values of those types."""

from typing import Any

from playwright.sync_api import Page, expect

from annotations.models import Label, Span
from tests.browser.conftest import SignIn
from tests.browser.hand import drag, press, queue_empty
from tests.factories import make_cast, make_set

NAME = "کیم جونگ اون"
FAMILY = "👩‍👩‍👧"  # five code points, eight UTF-16 units
PROPERTIES = {
    "alive": {"type": "boolean"},
    "age": {"type": "integer", "minimum": 0, "maximum": 130},
    "share": {"type": "number"},
    "rank": {"type": "integer", "enum": [1, 2, 3, 4, 5]},
    "roles": {"type": "array", "items": {"enum": ["head", "guest"]}, "uniqueItems": True},
    "names": {"type": "array", "items": {"type": "string"}},
    "note": {"type": "string", "maxLength": 80},
}
READ = """async (cases) => {
  const { readValue } = await import("/static/js/core/values.js");
  return cases.map(([typed, property]) => readValue(typed, property));
}"""


def test_each_type_has_its_field_and_keeps_its_type(page: Page, sign_in: SignIn, transactional_db: None) -> None:
    cast = make_cast()
    Label.objects.filter(key="PER").update(attributes={"type": "object", "properties": PROPERTIES})
    work = make_set(cast)
    sign_in(cast.annotator)
    page.goto(f"/sets/{work.pk}/")
    page.wait_for_selector("html[data-ready]")
    drag(page, NAME)
    press(page, "Digit1 Enter")
    popover = page.locator("#popover")
    popover.locator("[data-attribute='alive=false']").click()
    popover.locator("[data-attribute='roles=guest']").click()
    popover.locator("[data-attribute='roles=head']").click()
    popover.locator("[data-attribute=rank]").select_option("4")
    for name, typed in {"share": "۲٫۵", "names": "کیم، Kim Jong-un", "note": "رهبر"}.items():
        popover.locator(f"[data-attribute={name}]").fill(typed)
        page.keyboard.press("Enter")
    age = popover.locator("[data-attribute=age]")
    age.fill("۱۳۱")
    page.keyboard.press("Enter")
    expect(age).to_be_focused()  # told, and not sent
    assert age.evaluate("field => field.validationMessage") != ""
    age.fill("۴۱")
    page.keyboard.press("Enter")
    queue_empty(page)
    said = {
        "alive": False, "age": 41, "share": 2.5, "rank": 4, "roles": ["head", "guest"], "names": ["کیم", "Kim Jong-un"],
        "note": "رهبر",
    }  # fmt: skip
    assert Span.objects.get().attributes == said
    popover.locator("[data-attribute='alive=false']").click()  # a second press takes it back
    queue_empty(page)
    del said["alive"]
    assert Span.objects.get().attributes == said


def test_typed_values_are_read_as_what_they_mean(page: Page, transactional_db: None) -> None:
    page.goto("/login/")
    text: dict[str, Any] = {"type": "string"}
    integer, number, numbers = {"type": "integer"}, {"type": "number"}, {"type": "array", "items": {"type": "number"}}
    cases = [
        ("۱۲", integer, {"value": 12}), ("٣٫٥", number, {"value": 3.5}), ("1.5", integer, {"wrong": "integer"}),
        ("", integer, {"value": ""}), ("دو", number, {"wrong": "number"}), ("−۲", integer, {"value": -2}),
        ("۱، 2;۲", numbers, {"value": [1, 2]}), (" ، ", numbers, {"value": ""}),
        ("۱، الف", numbers, {"wrong": "number"}), (" می‌شود ", text, {"value": " می‌شود "}),
        ("۰", number | {"exclusiveMinimum": 0}, {"wrong": "number"}),
        ("۲٫۵", number | {"multipleOf": 0.5}, {"value": 2.5}),
        ("۰٫۳", number | {"multipleOf": 0.1}, {"wrong": "step", "than": 0.1}),
        ("0.35", number | {"multipleOf": 0.1}, {"wrong": "step", "than": 0.1}),
        (FAMILY, text | {"minLength": 5}, {"value": FAMILY}),
        ("آب", text | {"minLength": 3}, {"wrong": "short", "than": 3}),
        (FAMILY, text | {"maxLength": 4}, {"wrong": "long", "than": 4}),
        ("۱، ۲، ۳", numbers | {"maxItems": 2}, {"wrong": "many", "than": 2}),
        ("۱", numbers | {"minItems": 2}, {"wrong": "few", "than": 2}),
    ]  # fmt: skip
    assert page.evaluate(READ, [case[:2] for case in cases]) == [case[2] for case in cases]
