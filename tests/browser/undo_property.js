// Runs random edits, undoes and redoes them all; says where the state differed. Called with [seed, steps].
async ([seed, steps]) => {
  const { Store } = await import("/static/js/core/store.js");
  const { Text } = await import("/static/js/core/text.js");
  const { deleteSpan, relationsOn } = await import("/static/js/core/operations.js");
  const random = () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const text = new Text("کیم جونگ اون با وزیر دفاع روسیه دیدار کرد");
  let ids = 0;
  const data = { spans: [], relations: [], article_labels: [] };
  const store = new Store(data, text, { newId: () => `id-${ids++}` });
  const shape = () => JSON.stringify([store.state.spans, store.state.relations, store.state.labels].map((map) =>
    [...map.values()].map(({ quote, ...row }) => Object.fromEntries(Object.entries(row).sort())).sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
  const range = () => { const at = Math.floor(random() * 30); return [[at, at + 1 + Math.floor(random() * 8)]]; };
  const seen = [shape()];
  for (let step = 0; step < steps; step++) {
    const spans = [...store.state.spans.keys()];
    const relations = [...store.state.relations.keys()];
    const ranges = range();
    const kind = Math.floor(random() * 7);
    const operations =
      kind <= 1 || spans.length < 2 ? [{ op: "span.create", id: store.newId(), label: "PER", ranges, quote: text.quote(ranges), attributes: {}, entity: null }]
      : kind === 2 ? [{ op: "span.update", id: pick(spans), ranges, quote: text.quote(ranges) }]
      : kind === 3 ? deleteSpan(store.state, pick(spans))
      : kind === 4 ? [{ op: "relation.create", id: store.newId(), label: "stance", head: pick(spans), via: null, tail: pick(spans), attributes: {} }]
      : kind === 5 && relations.length ? [{ op: "relation.update", id: pick(relations), attributes: { polarity: pick(["FAVOR", "AGAINST"]) } }]
      : [{ op: pick(["label.set", "label.clear"]), label: "category", topic: null, value: "economy" }];
    const undoable = store.history.done.length;
    store.run(operations);
    if (store.history.done.length > undoable) seen.push(shape());
  }
  const wrong = [];
  for (let at = seen.length - 2; at >= 0; at--) if (!store.step("undo") || shape() !== seen[at]) wrong.push(`undo ${at}`);
  for (let at = 1; at < seen.length; at++) if (!store.step("redo") || shape() !== seen[at]) wrong.push(`redo ${at}`);
  return { wrong, steps: seen.length, more: store.step("redo"), dangling: [...store.state.relations.values()].filter((r) => !store.state.spans.has(r.head)).length };
}
