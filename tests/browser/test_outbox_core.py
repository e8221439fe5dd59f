"""What is kept in the browser, in a real Chromium: before IndexedDB has opened, where it refuses, in two tabs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

SETUP = """
  const { openDatabase } = await import("/static/js/net/database.js");
  const { Outbox } = await import("/static/js/net/outbox.js");
  const { UndoLog } = await import("/static/js/net/undo_log.js");
  const { History } = await import("/static/js/core/undo.js");
  const owner = { person: 1, set: crypto.getRandomValues(new Uint32Array(1))[0] };
  const about = { label: null, quotes: [] };
  const named = (name) => ({ op: "span.create", op_id: `${name}-${owner.set}` });
  const made = (name, more = {}) => [{ operation: { ...named(name), ...more }, about }];
  const ids = async (outbox) => (await outbox.load()).map(({ op_id }) => op_id.split("-")[0]);
"""
type Say = Callable[[str], object]


@pytest.fixture
def said(core: Page) -> Say:
    """Runs a body with an owner of its own, and gives what it returns."""
    return lambda body: core.evaluate(f"async () => {{ {SETUP} {body} }}")


def test_what_is_made_while_the_database_opens_is_kept_in_its_order(said: Say) -> None:
    assert said("""
      let open;
      const outbox = new Outbox(new Promise((resolve) => (open = resolve)), owner);
      outbox.add(made("a"), 1);
      outbox.add(made("b"), 1);
      const before = outbox.endangered;
      const database = await openDatabase();
      open(database);
      await outbox.opened;
      outbox.add(made("c"), 1);
      const loaded = await ids(outbox);
      return [before, loaded, outbox.endangered, outbox.unkept, await ids(new Outbox(database, owner))];
    """) == [True, ["a", "b", "c"], False, False, ["a", "b", "c"]]


def test_without_a_database_all_of_it_waits_in_memory(said: Say) -> None:
    assert said("""
      const outbox = new Outbox(Promise.resolve(null), owner);
      outbox.add(made("a"), 1);
      await outbox.opened;
      outbox.add(made("b"), 1);
      return [await ids(outbox), outbox.unkept, outbox.endangered];
    """) == [["a", "b"], True, True]


def test_behind_what_was_not_kept_everything_waits_in_memory_until_that_is_sent(said: Say) -> None:
    assert said("""
      const database = await openDatabase();
      const outbox = new Outbox(database, owner);
      outbox.add(made("full", { refusedByTheBrowser: () => {} }), 1);
      await outbox.writing;
      outbox.add(made("behind"), 1);
      const loaded = await ids(outbox);
      const stored = await ids(new Outbox(database, owner));
      await outbox.settle({ gone: outbox.memory.map(({ op_id }) => op_id) });
      outbox.add(made("later"), 1);
      await outbox.writing;
      return [loaded, stored, await ids(new Outbox(database, owner)), outbox.endangered];
    """) == [["full", "behind"], [], ["later"], False]


def test_a_tab_that_has_done_nothing_leaves_the_undo_of_the_other_alone(said: Say) -> None:
    assert (
        said("""
      const database = await openDatabase();
      const tab = async () => {
        const log = new UndoLog(database, owner, new History());
        const kept = await log.load();
        if (kept) log.history.restore(kept, {});
        return log;
      };
      const idle = await tab();
      const busy = await tab();
      busy.history.done.push({ operations: [], expects: {} });
      busy.history.turns += 1;
      busy.saveSoon();
      busy.save();
      idle.saveSoon();
      idle.save();
      return (await tab()).history.done.length;
    """)
        == 1
    )


def test_a_comment_on_a_span_waits_until_it_is_known_that_the_span_is_saved(said: Say) -> None:
    assert said("""
      const { Sender } = await import("/static/js/workspace/sender.js");
      const html = document.documentElement;
      const waiting = [{ id: "c", span: "s", relation: null, parent: null, text: "?", at: 1 }];
      const unsent = { waiting: () => [...waiting], drop: () => waiting.pop() };
      const written = [];
      const server = { write: async (one) => written.push(one.id) };
      const sender = new Sender(server, unsent, { onSent: () => {}, onState: () => {} });
      await sender.flush();
      const before = [...written];
      html.dataset.queue = "1";
      await sender.flush();
      const meanwhile = [...written];
      html.dataset.queue = "0";
      await sender.flush();
      delete html.dataset.queue;
      return [before, meanwhile, written];
    """) == [[], [], ["c"]]
