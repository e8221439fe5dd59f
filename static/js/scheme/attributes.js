/** What is asked of each annotation? Attributes as fields of a form; they are stored as JSON Schema, the rest of which is kept. */
import { h, icon } from "../dom/h.js";
import { page } from "./page.js";

const CROSS = "M4 4l8 8M12 4l-8 8";
const TYPES = ["choice", "string", "integer", "number", "boolean"];
const { t } = page;

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./draft.js").DraftLabel} DraftLabel */

/** @param {Draft} draft @param {DraftLabel} label @param {import("./draft.js").Kind} kind @returns {HTMLElement} */
export function attributesOf(draft, label, kind) {
  return kind.family === "article" ? ofArticle(draft, label) : ofSpan(draft, label);
}

/** A document label has values of its own, and may be asked of each topic. */
function ofArticle(draft, label) {
  const { attributes } = label;
  const write = (fields, whole = false) => draft.set(label, { attributes: { ...label.attributes, ...fields } }, { whole });
  const topic = h("input", { type: "checkbox", checked: attributes.topic === true, "data-field": "topic", onchange: (event) => write({ topic: event.target.checked }) });
  return h(
    "section.sch-part", null, h("h3", null, t("values")),
    valuesOf(attributes.values ?? [], attributes.titles ?? {}, "value", (values, titles, whole) => write({ values, titles }, whole)),
    h("label.sch-check", null, topic, t("per_topic")),
  );
}

function ofSpan(draft, label) {
  const schema = { type: "object", additionalProperties: false, ...label.attributes };
  const properties = schema.properties ?? {};
  const write = (fields, whole = false) => draft.set(label, { attributes: { ...schema, ...label.attributes, ...fields } }, { whole });
  const names = Object.keys(properties);
  const add = () => {
    const name = ["attribute", ...Array.from({ length: 50 }, (_, at) => `attribute${at + 2}`)].find((one) => !names.includes(one));
    write({ properties: { ...properties, [name]: { type: "string", "x-title": { fa: "", en: "" }, enum: [], titles: {} } } }, true);
  };
  return h(
    "section.sch-part", null,
    h("header", null, h("h3", null, t("attributes")), h("button.quiet", { type: "button", "data-field": "attribute-add", onclick: add }, `+ ${t("attribute_add")}`)),
    names.length ? names.map((name) => attribute(label, name, write)) : h("p.mute.small", null, t("no_attributes")),
  );
}

/** @param {DraftLabel} label @param {string} name @param {(fields: object, whole?: boolean) => void} write */
function attribute(label, name, write) {
  const now = () => /** @type {any} */ (label.attributes.properties ?? {});
  const property = now()[name];
  if (typeof property !== "object") return h("p.mute.small", null, h("code", null, name));
  const required = (label.attributes.required ?? []).includes(name);
  const change = (fields, whole = false) => write({ properties: { ...now(), [name]: clean({ ...now()[name], ...fields }) } }, whole);
  const titles = property["x-title"] ?? {};
  const kind = property.enum ? "choice" : (property.type ?? "string");
  const rename = (event) => {
    const to = event.target.value.trim();
    if (!to || to === name || to in now()) return;
    const renamed = Object.fromEntries(Object.entries(now()).map(([one, value]) => [one === name ? to : one, value]));
    write({ properties: renamed, required: (label.attributes.required ?? []).map((one) => (one === name ? to : one)) }, true);
  };
  const drop = () => write({ properties: Object.fromEntries(Object.entries(now()).filter(([one]) => one !== name)), required: (label.attributes.required ?? []).filter((one) => one !== name) }, true);
  const demand = (event) => write({ required: event.target.checked ? [...(label.attributes.required ?? []), name] : (label.attributes.required ?? []).filter((one) => one !== name) });
  const titled = (language) => (event) => change({ "x-title": { ...now()[name]["x-title"], [language]: event.target.value } });
  return h(
    "details.sch-attribute", { "data-attribute": name, open: opened.has(key(label, name)), ontoggle: (event) => remember(key(label, name), event.target.open) },
    h("summary", null, h("b", null, h("bdi", null, page.said(titles, name))), h("span.mute", null, summary(property, kind)), h("span.mute.end", null, t(required ? "required" : "optional"))),
    h(
      "div.sch-two", null,
      field(t("title_fa"), titles.fa ?? "", { dir: "rtl", name: `${name}-fa`, oninput: titled("fa") }),
      field(t("title_en"), titles.en ?? "", { dir: "ltr", name: `${name}-en`, oninput: titled("en") }),
      field(t("attribute_name"), name, { dir: "ltr", name: `${name}-name`, onchange: rename }),
      h("label.field", null, h("span", null, t("type")), h("select", { "data-field": `${name}-type`, onchange: (event) => change(typed(event.target.value), true) }, TYPES.map((one) => h("option", { value: one, selected: one === kind }, t(`type_${one}`))))),
    ),
    bounds(property, kind, name, change),
    kind === "choice" ? valuesOf(property.enum, property.titles ?? {}, name, (values, said, whole) => change({ enum: values, titles: said }, whole)) : null,
    h("div.sch-line", null, h("label.sch-check", null, h("input", { type: "checkbox", checked: required, "data-field": `${name}-required`, onchange: demand }), t("required")), h("button.quiet", { type: "button", onclick: drop }, t("remove"))),
  );
}

// Which attributes are unfolded: the form is drawn anew while somebody works on one.
const opened = new Set();
const key = (label, name) => `${label.was || label.key}.${name}`;
const remember = (one, open) => (open ? opened.add(one) : opened.delete(one));

function summary(property, kind) {
  if (kind !== "choice") return t(`type_${TYPES.includes(kind) ? kind : "string"}`);
  return property.enum.slice(0, 4).map((value) => page.said(property.titles?.[value], String(value))).join(page.language === "fa" ? "، " : ", ");
}

/** @param {string} kind @returns {object} what a schema of this type needs, and undefined for what it must not have */
function typed(kind) {
  const none = { enum: undefined, titles: undefined, minimum: undefined, maximum: undefined, maxLength: undefined };
  return kind === "choice" ? { ...none, type: "string", enum: [], titles: {} } : { ...none, type: kind, ...(kind === "string" ? { maxLength: 80 } : {}) };
}

const clean = (property) => Object.fromEntries(Object.entries(property).filter(([, value]) => value !== undefined));

function bounds(property, kind, name, change) {
  const number = (title, which) => field(title, property[which] ?? "", { dir: "ltr", name: `${name}-${which}`, type: "number", oninput: (event) => change({ [which]: event.target.value === "" ? undefined : Number(event.target.value) }) });
  if (kind === "string") return h("div.sch-two", null, number(t("length"), "maxLength"));
  return kind === "integer" || kind === "number" ? h("div.sch-two", null, number(t("min"), "minimum"), number(t("max"), "maximum")) : null;
}

function field(title, value, { dir, name, type = "text", ...on }) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type, dir, "data-field": name, spellcheck: "false", ...on }));
  input.value = String(value);
  return h("label.field", null, h("span", null, title), input);
}

/**
 * A list of values with their titles.
 * @param {string[]} values @param {Record<string, any>} titles @param {string} name
 * @param {(values: string[], titles: Record<string, any>, whole: boolean) => void} write
 */
function valuesOf(values, titles, name, write) {
  let [list, said] = [[...values], { ...titles }];
  const put = (whole) => write([...list], { ...said }, whole);
  const row = (value, at) => {
    const title = (language) => (event) => {
      said[list[at]] = { fa: "", en: "", ...said[list[at]], [language]: event.target.value };
      put(false);
    };
    const retitle = (event) => {
      const { [list[at]]: kept, ...rest } = said;
      said = { ...rest, [event.target.value]: kept ?? { fa: event.target.value, en: event.target.value } };
      list[at] = event.target.value;
      put(false);
    };
    const drop = () => {
      list = list.filter((_, one) => one !== at);
      put(true);
    };
    const cell = (placeholder, text, dir, which, oninput) => {
      const input = /** @type {HTMLInputElement} */ (h("input", { type: "text", dir, placeholder, "aria-label": placeholder, "data-field": `${name}-${which}${at}`, spellcheck: "false", maxlength: "80", oninput }));
      input.value = text;
      return input;
    };
    return h("div.sch-value", null, cell(t("value"), String(value), "ltr", "v", retitle), cell(t("title_fa"), said[value]?.fa ?? "", "rtl", "f", title("fa")), cell(t("title_en"), said[value]?.en ?? "", "ltr", "e", title("en")),
      h("button.icon-button", { type: "button", "aria-label": `${t("remove")}: ${value}`, title: t("remove"), onclick: drop }, icon(CROSS)));
  };
  const add = () => {
    list.push(`value${list.length + 1}`);
    put(true);
  };
  return h("div.sch-values", null, list.map(row), h("button.quiet", { type: "button", "data-field": `${name}-value-add`, onclick: add }, `+ ${t("value_add")}`));
}
