// Random edits through the page's own Store and Saving, by one or two tabs, with scripts editing beside them, while the
// test's routes lose requests and replies. Called with {seed, runs, steps, works: [{id, text, sha256, alone}], person}.
async ({ seed, runs, steps, works, person }) => {
  const { Store } = await import("/static/js/core/store.js");
  const { Text } = await import("/static/js/core/text.js");
  const { deleteSpan } = await import("/static/js/core/operations.js");
  const { standing } = await import("/static/js/core/touch.js");
  const { openDatabase } = await import("/static/js/net/database.js");
  const { Saving } = await import("/static/js/net/saving.js");
  const { sendRemaining } = await import("/static/js/net/remaining.js");
  const { UndoLog } = await import("/static/js/net/undo_log.js");

  const random = (() => {
    let state = seed;
    return () => ((state = (state * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
  })();
  const pick = (list) => list[Math.floor(random() * list.length)];
  const turn = () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
  const quiet = (url, init) => fetch(`${url}${url.includes("?") ? "&" : "?"}quiet=1`, init);
  const url = (work) => `/api/v1/annotation-sets/${work.id}/operations/`;
  const things = (state) => ["spans", "relations", "labels"].flatMap((map) => [...state[map].keys()].map((key) => `${map.slice(0, -1)}:${key}`));
  const shape = (state) => things(state).sort().map((thing) => `${thing} ${standing(state, thing)}`).join("\n");

  async function detail(work) {
    const { version, spans, relations, labels } = await (await quiet(`/api/v1/annotation-sets/${work.id}/`)).json();
    return { set: { version }, spans, relations, article_labels: labels };
  }

  const database = openDatabase();

  async function open(work, said) {
    const { issued } = said;
    const store = new Store(await detail(work), new Text(work.text));
    const owner = { person, set: work.id };
    const saving = new Saving({
      store, database, owner, place: { url: url(work), sha256: work.sha256, title: String(work.id), page: `/sets/${work.id}/` },
      onRewound: () => said.rewound++,
      timing: { firstWait: 4, longestWait: 30 }, pace: { active: 150, longest: 400, stretch: 1.5, awake: 0 },
    });
    const log = new UndoLog(database, owner, store.history);
    store.onEdit = ({ operations }) => {
      for (const { op_id } of operations) issued[op_id] = store.replica.version;
      saving.push(operations.map((operation) => ({ operation, about: { label: null, quotes: [] } })));
    };
    store.subscribe(() => log.saveSoon());
    const kept = await log.load();
    await saving.start();
    if (kept) store.restoreHistory(kept);
    return { store, saving, log };
  }

  // A closed page's last request may reach the server when the next page is long open.
  function close({ saving, log }, said) {
    log.save();
    saving.stop();
    said.flights.push(saving.queue.flight);
  }

  function edit(store) {
    const { state, text } = store;
    const spans = [...state.spans.keys()];
    const relations = [...state.relations.keys()];
    const at = Math.floor(random() * (text.length - 12));
    const ranges = [[at, at + 3 + Math.floor(random() * 8)]];
    const quote = text.quote(ranges);
    const create = () => store.run([{ op: "span.create", id: store.newId(), label: pick(["PER", "ORG", "LOC"]), ranges, quote, attributes: {}, entity: null }]);
    const kind = Math.floor(random() * 9);
    if (kind < 2 || spans.length < 3) create();
    else if (kind === 2) store.run([{ op: "span.update", id: pick(spans), ranges, quote }]);
    else if (kind === 3) store.run([{ op: "span.update", id: pick(spans), attributes: { mention: pick(["name", "pronoun"]) } }]);
    else if (kind === 4) store.run(deleteSpan(state, pick(spans)));
    else if (kind === 5) store.run([{ op: "relation.create", id: store.newId(), label: "stance", head: pick(spans), via: null, tail: pick(spans), attributes: { polarity: "FAVOR" } }]);
    else if (kind === 6 && relations.length) store.run([{ op: "relation.update", id: pick(relations), attributes: { polarity: pick(["FAVOR", "AGAINST"]) } }]);
    else if (kind === 7) store.run([{ op: "label.set", label: "category", topic: null, value: pick(["economy", "sport"]) }]);
    else store.step(pick(["undo", "undo", "redo"]));
  }

  // A script of the same person, by another way in: it never goes through this browser's outbox.
  async function byScript(work, foreign) {
    const { spans, set } = await detail(work);
    const op_id = crypto.randomUUID();
    const operation = spans.length ? { op: "span.update", id: pick(spans).id, attributes: { mention: pick(["name", "nominal"]) } }
      : { op: "span.create", id: crypto.randomUUID(), label: "LOC", ranges: [[0, 5]], quote: new Text(work.text).quote([[0, 5]]) };
    const token = /csrftoken=([^;]+)/.exec(document.cookie)[1];
    const body = JSON.stringify({ text_sha256: work.sha256, since: set.version, operations: [{ op_id, ...operation }] });
    const reply = await quiet(url(work), { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body });
    if ((await reply.json()).results[0].status === "ok") foreign.add(op_id);
  }

  async function calm(tabs, refused) {
    for (let round = 0; round < 400; round += 1) {
      for (const { saving } of tabs) saving.retry();
      for (const { saving } of tabs) await saving.settled();
      await tabs[0].saving.live.now();
      await tabs[0].saving.queue.refresh();
      const rows = (await tabs[0].saving.queue.outbox.load()).filter(({ refusal }) => refusal);
      for (const { op_id, refusal } of rows) {
        refused[op_id] = refusal.reason;
        await tabs[0].saving.queue.discard(op_id);
      }
      const left = await tabs[0].saving.queue.outbox.load();
      if (!left.length && (await Promise.all(tabs.map(({ saving }) => saving.live.now()))).every(Boolean)) {
        await Promise.all(tabs.map(({ saving }) => saving.queue.refresh()));
        if (tabs.every(({ store }) => !store.replica.waiting.length)) return;
      }
    }
    const left = await tabs[0].saving.queue.outbox.load();
    throw new Error(`it never came to rest: ${JSON.stringify([left, tabs.map(({ store, saving }) => [store.replica.waiting, store.replica.version, [...store.replica.acknowledged], saving.queue.problem, saving.live.wait])])}`);
  }

  async function run(work, said) {
    const { foreign, refused } = said;
    const tabs = [await open(work, said)];
    for (let step = 0; step < steps; step += 1) {
      const at = Math.floor(random() * tabs.length);
      const what = random();
      if (what < 0.7) edit(tabs[at].store);
      else if (what < 0.76 && tabs.length < 2 && !work.alone) tabs.push(await open(work, said));
      else if (what < 0.82) {
        close(tabs[at], said);
        tabs[at] = await open(work, said);
      } else if (what < 0.86 && tabs.length > 1) close(tabs.splice(at, 1)[0], said);
      else if (what < 0.92 && !work.alone) await byScript(work, foreign);
      // The page of another set sends what waits of this one.
      else if (what > 0.97) said.flights.push(sendRemaining(await database, person));
      const pause = random();
      if (pause < 0.3) await turn();
      else if (pause < 0.45) await tabs[0].saving.queue.outbox.writing;
      else if (pause < 0.55) await tabs[0].saving.queue.flight;
    }
    await fetch(`/calm/${work.id}`);
    await Promise.all(said.flights);
    await calm(tabs, refused);
    await fetch(`/storm/${work.id}`);
    const { spans, relations, article_labels, set } = await detail(work);
    const server = shape(new Store({ spans, relations, article_labels, set }, new Text(work.text)).state);
    const wrong = tabs.filter(({ store }) => shape(store.state) !== server).map(({ store }) => ({ server, page: shape(store.state), versions: [set.version, store.replica.version] }));
    for (const tab of tabs) close(tab, said);
    return wrong;
  }

  return Promise.all(works.map(async (work) => {
    const said = { issued: {}, foreign: new Set(), refused: {}, rewound: 0, flights: [] };
    const wrong = [];
    for (let at = 0; at < runs; at += 1) wrong.push(...(await run(work, said)));
    return { set: work.id, wrong, issued: said.issued, foreign: [...said.foreign], refused: said.refused, rewound: said.rewound };
  }));
}
