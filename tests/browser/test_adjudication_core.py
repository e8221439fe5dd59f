"""Where do cards stand, and what is chosen and goes on? The pure modules of adjudication, run in a real Chromium."""

import random
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

PLACE = """async (cases) => {
  const { placeCards } = await import("/static/js/adjudication/layout.js");
  return cases.map(({ slots, current }) => placeCards(slots, current, 9));
}"""
CHOICES = """async ({ before, after, order }) => {
  const { Choices } = await import("/static/js/adjudication/choices.js");
  const choices = new Choices({ of: () => undefined, keep: () => {}, forget: () => {} });
  const first = before.map((unit) => choices.of(unit).take);
  for (const unit of before) choices.set(unit, { take: [unit.candidates[1].key], note: "n" });
  choices.keepValid(after);
  const kept = after.map((unit) => choices.of(unit)).map(({ take, note }) => [take, note]);
  choices.putOff(before[0]);
  const path = [];
  for (let key = null; path.length < order; ) {
    const next = choices.following(before, key);
    path.push(next.key);
    next.settled = true;
    key = next.key;
  }
  return { first, kept, path, end: choices.following(before, null) };
}"""

NOTES = """async (unit) => {
  const { Choices } = await import("/static/js/adjudication/choices.js");
  const { Notes } = await import("/static/js/net/notes.js");
  const page = (project) => new Choices(new Notes(1, `/api/${project}/7/`));
  const verdict = { take: ["a"], values: [{ label: "x" }], own: false, error_type: "", note: "theirs" };
  const noteOf = (project, decided) => page(project).of({ ...unit, verdict: decided }).note;
  try {
    page("one").set(unit, { note: "mine" });
    const before = [noteOf("one", null), noteOf("other", null), noteOf("one", verdict)];
    page("one").set({ ...unit, verdict }, { note: "my answer" });
    const after = [noteOf("one", verdict), noteOf("one", { ...verdict, note: "theirs again" })];
    page("one").settle(unit);
    return [before, after, noteOf("one", verdict), Object.keys(localStorage).length];
  } finally {
    localStorage.clear();
  }
}"""


def unit(key: str, *candidates: str, preselected: str | None, void: bool = False) -> dict[str, Any]:
    return {
        "key": key, "kind": "label", "verdict": None, "settled": False, "preselected": preselected,
        "candidates": [{"key": name, "void": void, "waits": []} for name in candidates],
    }  # fmt: skip


def test_the_open_card_keeps_its_line_and_no_two_cards_meet(core: Page) -> None:
    chance = random.Random(5)
    cases = []
    for _ in range(200):
        wanted = sorted(chance.randrange(0, 900) for _ in range(chance.randrange(1, 14)))
        slots = [{"wanted": top, "height": chance.choice([38, 62, 320])} for top in wanted]
        cases.append({"slots": slots, "current": chance.randrange(len(slots))})
    for case, tops in zip(cases, core.evaluate(PLACE, cases), strict=True):
        assert tops[case["current"]] == case["slots"][case["current"]]["wanted"]
        shown = [(top, slot["height"]) for top, slot in zip(tops, case["slots"], strict=True) if top is not None]
        assert all(one + height + 9 <= other for (one, height), (other, _) in pairwise(shown))
        assert shown[0][0] >= 0
        assert None not in tops[case["current"] :]


def test_what_leads_is_preselected_what_can_t_be_chosen_any_more_is_dropped_and_what_is_late_comes_last(
    core: Page,
) -> None:
    before = [
        unit("u1", "a", "b", preselected="a"), unit("u2", "a", "b", preselected=""),
        unit("u3", "a", "b", preselected=None), unit("u4", "a", "b", preselected="a", void=True),
    ]  # fmt: skip
    after = [unit("u1", "a", "b", preselected="a"), unit("u2", "a", "c", preselected="a")]
    found = core.evaluate(CHOICES, {"before": before, "after": after, "order": 4})
    assert found["first"] == [["a"], [], None, None]
    # The note of what can't be chosen any more is not lost.
    assert found["kept"] == [[["b"], "n"], [None, "n"]]
    assert found["path"] == ["u2", "u3", "u4", "u1"]
    assert found["end"] is None


def test_a_note_not_recorded_yet_belongs_to_one_project_and_to_the_decision_it_was_written_of(core: Page) -> None:
    assert core.evaluate(NOTES, unit("u1", "a", "b", preselected="a")) == [
        ["mine", "", "theirs"], ["my answer", "theirs again"], "theirs", 0,
    ]  # fmt: skip
