"""The pure part of saving, in a real Chromium: what goes in beneath what waits, and what undo leaves alone."""

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from annotations.kinds.touch import Touches

SETUP = """
  const { Store } = await import("/static/js/core/store.js");
  const { Text } = await import("/static/js/core/text.js");
  const { MOST_GROUPS } = await import("/static/js/core/undo.js");
  let ids = 0;
  const text = new Text("کیم جونگ اون با وزیر دفاع روسیه دیدار کرد");
  const empty = { set: { version: 3 }, spans: [], relations: [], article_labels: [] };
  const store = new Store(empty, text, { newId: () => `id-${ids++}` });
  const notices = [];
  store.onNotice = (notice) => notices.push(notice);
  const place = { ranges: [[0, 3]], quote: text.quote([[0, 3]]) };
  const span = (id, label = "PER") => ({ op: "span.create", id, label, ...place, attributes: {}, entity: null });
  const step = (version, ...operations) => ({ version, op_id: `server-${version}`, operations });
  const confirm = (version, operation) => ({ version, op_id: operation.op_id, operations: [operation] });
  const waiting = () => store.replica.waiting.length;
  const attributes = (id) => store.state.spans.get(id).attributes;
  const label = (id) => store.state.spans.get(id)?.label ?? null;
"""


MEET = """async (pairs) => {
  const { Touches } = await import("/static/js/core/touch.js");
  return pairs.map(([others, mine]) => new Touches(others).meet(mine));
}"""
type Say = Callable[[str], object]


@pytest.fixture
def said(core: Page) -> Say:
    """Runs a body with a store at version 3, and gives what it returns."""
    return lambda body: core.evaluate(f"async () => {{ {SETUP} {body} }}")


def test_news_go_in_beneath_what_waits(said: Say) -> None:
    assert said("""
      const [made] = store.run([span("a")]);
      const [changed] = store.run([{ op: "span.update", id: "a", label: "ORG" }]);
      const taken = store.receive([step(4, span("b", "LOC")), confirm(5, made)]);
      const before = store.state;
      store.receive([confirm(6, changed)]);
      const same = before === store.state;
      return [label("a"), label("b"), taken.conflicts.length, store.replica.version, waiting(), same];
    """) == ["ORG", "LOC", 0, 6, 0, True]


def test_a_part_of_the_page_that_fails_keeps_no_other_from_hearing_of_an_edit(said: Say) -> None:
    assert said("""
      const told = [];
      store.onEdit = ({ operations }) => told.push(`kept ${operations.length}`);
      const before = globalThis.reportError;
      globalThis.reportError = ({ message }) => told.push(message);
      store.subscribe(() => { throw new Error("no card"); });
      store.subscribe(({ operations }) => told.push(operations.length));
      store.run([span("a")]);
      globalThis.reportError = before;
      return told;
    """) == ["kept 1", "no card", 1]


def test_what_waits_and_meets_an_edit_of_others_steps_aside(said: Say) -> None:
    assert said("""
      store.receive([step(4, span("a"))]);
      const [mine] = store.run([{ op: "span.update", id: "a", label: "ORG" }]);
      const [other] = store.run([{ op: "span.update", id: "a", attributes: { mention: "name" } }]);
      const { conflicts } = store.receive([step(5, { op: "span.update", id: "a", label: "LOC" })]);
      return [conflicts.map(({ op_id }) => op_id === mine.op_id), label("a"), attributes("a"), waiting()];
    """) == [[True], "LOC", {"mention": "name"}, 1]


def test_what_no_longer_fits_is_left_out_and_goes_on_waiting(said: Say) -> None:
    assert said("""
      store.receive([step(4, span("a"), span("b"))]);
      store.run([{ op: "relation.create", id: "r", label: "stance", head: "a", via: null, tail: "b", attributes: {} }]);
      store.receive([step(5, { op: "span.delete", id: "b" })]);
      return [store.state.relations.size, waiting(), store.replica.misfits.size];
    """) == [0, 1, 1]


def test_a_gap_stops_and_what_is_known_is_stepped_over(said: Say) -> None:
    assert said("""
      const gap = store.receive([step(4, span("a")), step(6, span("c"))]);
      const again = store.receive([step(4, span("a")), step(5, span("b")), step(6, span("c"))]);
      return [gap.complete, again.complete, [...store.state.spans.keys()], store.replica.version];
    """) == [False, True, ["a", "b", "c"], 6]


def test_a_confirmed_operation_stands_until_its_step_is_heard_of(said: Say) -> None:
    assert said("""
      const [made] = store.run([span("a")]);
      store.replica.acknowledge(made.op_id);
      store.setWaiting([]);
      const between = [label("a"), store.replica.unjudged];
      store.receive([step(4, span("b")), confirm(5, made)]);
      return [...between, label("a"), waiting()];
    """) == ["PER", 0, "PER", 0]


def test_undo_leaves_alone_what_another_hand_has_changed(said: Say) -> None:
    assert said("""
      const done = [];
      const confirmAll = () => {
        for (const one of [...store.replica.waiting]) store.receive([confirm(store.replica.version + 1, one)]);
      };
      store.run([span("a")]);
      store.run([{ op: "span.update", id: "a", label: "ORG" }]);
      store.run([span("b")]);
      confirmAll();
      store.receive([step(store.replica.version + 1, { op: "span.update", id: "a", label: "LOC" })]);
      store.step("undo");
      done.push(label("b"), notices.length);
      store.step("undo");
      done.push(label("a"), notices.join());
      store.step("undo");
      return [...done, label("a"), store.history.canUndo, store.history.canRedo];
    """) == [None, 0, "LOC", "undo_dropped", "LOC", False, True]


def test_an_undo_that_would_tear_a_relation_of_others_away_is_dropped_whole(said: Say) -> None:
    assert said("""
      store.receive([step(4, span("z"))]);
      const [made] = store.run([span("a")]);
      const theirs = { op: "relation.create", id: "r", label: "stance", head: "z", tail: "a" };
      store.receive([confirm(5, made), step(6, theirs)]);
      store.step("undo");
      return [label("a"), store.state.relations.size, notices.join(), waiting()];
    """) == ["PER", 1, "undo_dropped", 0]


def test_an_edit_of_what_is_gone_is_told_and_not_done(said: Say) -> None:
    assert said("""
      const told = [];
      store.subscribe(({ operations }) => told.push(operations.length));
      const done = store.run([span("a"), { op: "span.update", id: "gone", label: "ORG" }]);
      return [done.length, told, label("a"), notices.join(), store.history.canUndo];
    """) == [0, [], None, "edit_dropped", False]


def test_undo_is_bounded_and_takes_up_what_still_applies(said: Say) -> None:
    assert said("""
      for (let at = 0; at < MOST_GROUPS + 30; at += 1) store.run([span(`s${at}`)]);
      const bounded = store.history.done.length === MOST_GROUPS;
      store.step("undo");
      const kept = structuredClone({ done: store.history.done, undone: store.history.undone });
      const page = (spans) => new Store({ set: { version: 9 }, spans, relations: [], article_labels: [] }, text);
      const all = [...store.state.spans.values()];
      const same = page(all);
      same.restoreHistory(kept);
      same.step("undo");
      same.step("redo");
      same.step("redo");
      const fewer = page(all.slice(0, -5));
      fewer.restoreHistory(kept);
      const dropped = kept.done.length - fewer.history.done.length;
      return [bounded, same.state.spans.size - all.length, same.history.canRedo, dropped];
    """) == [True, 1, False, 5]


def test_what_was_done_before_the_steps_of_an_earlier_visit_were_read_lies_above_them(said: Say) -> None:
    assert said("""
      store.run([span("a")]);
      const kept = structuredClone({ done: store.history.done, undone: [] });
      const spans = [...store.state.spans.values()];
      const page = new Store({ set: { version: 9 }, spans, relations: [], article_labels: [] }, text);
      page.run([{ op: "span.update", id: "a", label: "ORG" }]);
      page.restoreHistory(kept);
      const said = [];
      for (let at = 0; at < 2; at += 1) {
        page.step("undo");
        said.push(page.state.spans.get("a")?.label ?? null);
      }
      return [...said, page.history.canUndo];
    """) == ["PER", None, False]


def test_a_step_in_other_articles_stays_where_its_undo_here_is_dropped(said: Say) -> None:
    assert said("""
      const turned = [];
      store.onSpread = (spread, done) => turned.push([spread.id, done]);
      const [made] = store.run([span("a")], { id: "here" });
      store.receive([confirm(store.replica.version + 1, made)]);
      store.receive([step(store.replica.version + 1, { op: "span.update", id: "a", label: "LOC" })]);
      store.step("undo");
      const dropped = [turned.length, notices.join()];
      store.run([span("b")], { id: "there" });
      store.step("undo");
      return [...dropped, turned];
    """) == [0, "undo_dropped", [["there", False]]]


def test_python_and_javascript_agree_on_what_meets(core: Page) -> None:
    dice = random.Random(1)
    fields = ["label", "ranges", "quote", "attributes", "entity"]

    def operation() -> dict[str, object]:
        noun = dice.choice(["span", "relation", "label"])
        if noun == "label":
            op = dice.choice(["label.set", "label.clear"])
            return {"op": op, "label": dice.choice("xy"), **dice.choice([{}, {"topic": None}, {"topic": "t"}])}
        verb = dice.choice(["create", "update", "update", "delete"])
        given = dict.fromkeys(dice.sample(fields, 2), 1) if verb == "update" else {}
        return {"op": f"{noun}.{verb}", "id": dice.choice("ab"), **given}

    pairs = [([operation() for _ in range(dice.randint(0, 3))], operation()) for _ in range(1500)]
    told = core.evaluate(MEET, pairs)
    assert told == [Touches(others).meet(mine) for others, mine in pairs]
    assert 0.05 < sum(told) / len(told) < 0.95
