"""What waits in localStorage, in a real Chromium: two tabs don't undo each other's wishes, and a refusal is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

# Two tabs are two objects over the same storage; the server is a function that answers or does not.
SETUP = """
  const { Propagations } = await import("/static/js/net/propagations.js");
  const { Dismissals } = await import("/static/js/net/dismissals.js");
  const set = crypto.getRandomValues(new Uint32Array(1))[0];
  const asked = [];
  let server = async () => { throw new TypeError("no network"); };
  const { fetch } = window;
  window.fetch = async (url, { method, body }) => {
    asked.push(`${method} ${url} ${body && (JSON.parse(body).id ?? body)}`);
    const [status, said] = await server(url, body && JSON.parse(body));
    return Response.json(said, { status });
  };
  const told = [];
  const idle = async (tab) => {
    while (tab.flying || tab.sending) await new Promise((then) => setTimeout(then));
    clearTimeout(tab.timer);
  };
  const steps = () => new Propagations({
    urls: { propagations: "/p/" }, person: 1, set, onWaiting: () => {},
    onStep: ({ done }) => told.push(`done ${done}`), onRefused: (why) => told.push(why),
  });
  const warnings = (known = []) => new Dismissals({ url: "/w/", person: 1, set, known, onChange: () => {} });
"""
type Say = Callable[[str], object]


@pytest.fixture
def said(core: Page) -> Say:
    """Runs a body with a set of its own, gives what it returns, and lets the page ask the server again."""
    return lambda body: core.evaluate(
        f"async () => {{ {SETUP} try {{ {body} }} finally {{ window.fetch = fetch; localStorage.clear(); }} }}"
    )


def test_what_two_tabs_want_in_other_articles_is_said_once_each_in_its_order(said: Say) -> None:
    assert said("""
      const [one, other] = [steps(), steps()];
      for (const [tab, id] of [[one, "a"], [other, "b"]]) {
        tab.turn({ id }, true);
        await idle(tab);
      }
      asked.length = 0;
      server = async () => [200, { done: true, ended: true, report: {} }];
      await Promise.all([one.flush(), other.flush()]);
      return [asked, told, Object.keys(localStorage)];
    """) == [["POST /p/ a", "POST /p/ b"], ["done true", "done true"], []]


def test_a_tab_that_was_asleep_does_not_do_again_what_the_other_took_back(said: Say) -> None:
    assert said("""
      const [stale, busy] = [steps(), steps()];
      stale.turn({ id: "a" }, true);
      await idle(stale);
      busy.turn({ id: "a" }, false);
      await idle(busy);
      asked.length = 0;
      server = async () => [200, { done: false, ended: true, report: {} }];
      await stale.flush();
      return [asked, told];
    """) == [['PUT /p/a/ {"done":false}'], ["done false"]]


def test_a_step_that_is_refused_says_why_and_is_not_asked_for_again(said: Say) -> None:
    assert said("""
      server = async () => [422, { title: "not_propagable", detail: "No such label." }];
      const tab = steps();
      tab.turn({ id: "a" }, true);
      await idle(tab);
      await tab.flush();
      return [asked.length, told];
    """) == [1, ["No such label."]]


def test_comments_left_behind_are_sent_again_only_where_that_may_help(said: Say) -> None:
    assert said("""
      const { sendLateComments, Unsent } = await import("/static/js/net/comments.js");
      const about = (id, more = {}) => ({ id, text: "?", span: null, relation: null, parent: null, ...more });
      const own = (number) => new Unsent(set + number, 1, `/c/${number}/`);
      own(1).add(about("gone"));
      own(2).add(about("refused", { span: "s" }));
      own(3).add(about("behind", { span: "s" }));
      own(3).add(about("of-the-article"));
      own(4).add(about("open"));
      const answers = { "/c/1/": [404, { title: "not_found" }], "/c/2/": [422, { title: "subject_unknown" }] };
      server = async (url) => answers[url] ?? [201, {}];
      const late = async (...behind) => {
        await sendLateComments("1", { open: () => "/c/4/", behind: new Set(behind) });
        return asked.splice(0).map((one) => one.split(" ").at(-1)).sort();
      };
      const went = [await late(set + 3), await late(set + 3), await late()];
      const left = [1, 2, 3, 4].map((number) => own(number).waiting().map(({ id, refused }) => [id, refused === true]));
      return [went, left];
    """) == [
        [["gone", "of-the-article", "refused"], [], ["behind"]],
        [[], [["refused", True]], [], [["open", False]]],
    ]


def test_where_the_storage_is_full_an_older_wish_does_not_go_on_counting(said: Say) -> None:
    assert said("""
      const { placesOf, read, remove, write } = await import("/static/js/net/kept.js");
      const { setItem } = Storage.prototype;
      const place = `full:${set}`;
      write(place, "older");
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
      try {
        write(place, "newer");
      } finally {
        Storage.prototype.setItem = setItem;
      }
      const full = [read(place), localStorage.getItem(place)];
      write(place, "newest");
      localStorage.removeItem(place);
      const elsewhere = [read(place), placesOf(place).length];
      remove(place);
      return [full, elsewhere];
    """) == [["newer", None], [None, 0]]


def test_a_part_of_the_page_that_fails_does_not_stop_what_waits(said: Say) -> None:
    assert said("""
      const tab = steps();
      const dismissals = warnings();
      await idle(tab);
      server = async (url) => [200, url === "/w/" ? { dismissed: ["a"] } : { done: true, ended: true, report: {} }];
      tab.onStep = () => { throw new Error("a view"); };
      const failed = [];
      const { flush } = Propagations.prototype;
      tab.flush = () => {};
      tab.turn({ id: "a" }, true);
      await flush.call(tab).catch(({ message }) => failed.push(message));
      dismissals.flush = () => {};
      dismissals.set(["a"], true);
      dismissals.onChange = () => { throw new Error("a list"); };
      await Dismissals.prototype.flush.call(dismissals).catch(({ message }) => failed.push(message));
      return [failed, tab.flying, dismissals.sending];
    """) == [["a view", "a list"], False, False]


def test_a_page_can_be_left_again_after_a_question_has_failed(said: Say) -> None:
    assert said("""
      const { leaveBy } = await import("/static/js/workspace/leaving.js");
      const form = document.createElement("form");
      form.submit = () => told.push("left");
      const answers = [async () => false, () => Promise.reject(new Error("no answer")), async () => true];
      leaveBy(form, () => answers.shift()());
      const failed = new Promise((then) => addEventListener("unhandledrejection", (event) => {
        event.preventDefault();
        then(event.reason.message);
      }, { once: true }));
      const submit = async () => {
        form.dispatchEvent(new Event("submit", { cancelable: true }));
        await new Promise((then) => setTimeout(then));
      };
      await submit();
      await submit();
      told.push(await failed);
      await submit();
      return told;
    """) == ["no answer", "left"]


def test_warnings_dismissed_in_two_tabs_are_all_dismissed(said: Say) -> None:
    assert said("""
      const [one, other] = [warnings(["old"]), warnings(["old"])];
      one.set(["a"], true);
      await idle(one);
      other.set(["b", "c"], true);
      other.set(["c", "old"], false);
      await idle(other);
      const before = [one.has("a"), other.has("a"), other.has("c"), one.has("old"), one.stuck];
      const bodies = [];
      server = async (_, body) => {
        bodies.push(body);
        return [200, { dismissed: body.dismiss }];
      };
      await Promise.all([one.flush(), other.flush()]);
      for (const body of bodies) for (const list of Object.values(body)) list.sort();
      return [before, bodies, one.stuck, other.has("b"), other.has("old")];
    """) == [
        [True, True, False, False, True],
        [{"dismiss": ["a", "b"], "restore": ["c", "old"]}],
        False, True, False,
    ]  # fmt: skip
