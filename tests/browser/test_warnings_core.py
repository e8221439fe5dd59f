"""Warnings: the page finds what the server finds, in the golden cases and in random sets."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page

from tests.kinds.warning_cases import GOLDEN, LABELS, found, sent, sets

FIND = """async ([cases, labels]) => {
  const { Inspector } = await import("/static/js/core/warnings.js");
  const { Scheme } = await import("/static/js/core/scheme.js");
  const { Text } = await import("/static/js/core/text.js");
  const scheme = new Scheme(labels, "fa");
  const byId = (rows) => new Map(rows.map((row) => [row.id, row]));
  return cases.map(({ text, spans, relations, elsewhere }) => {
    const inspector = new Inspector(new Text(text), scheme);
    const state = { spans: byId(spans), relations: byId(relations) };
    const once = inspector.find(state, elsewhere);
    return { once, again: inspector.find(state, elsewhere) };
  });
}"""


def test_javascript_finds_what_the_golden_file_says(page: Page) -> None:
    page.goto("/healthz")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for case, said in zip(golden, page.evaluate(FIND, [golden, LABELS]), strict=True):
        assert said["once"] == case["expected"], case["name"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sets())
def test_javascript_and_python_agree_on_random_sets(page: Page, case: Any) -> None:
    if page.url == "about:blank":
        page.goto("/healthz")
    said = page.evaluate(FIND, [[sent(*case)], LABELS])[0]
    assert said["once"] == found(*case)
    assert said["again"] == said["once"]
