/**
 * Which shapes travel between the modules? Types only; nothing runs here.
 * Offsets are Unicode code points, half-open, unless a name ends in `Units` (UTF-16).
 *
 * @typedef {[number, number]} Range
 * @typedef {"entity"|"claim"|"cue"|"expression"|"attribution"|"stance"|"relation"|"article"} Kind
 *
 * @typedef {object} Label
 * @property {string} key
 * @property {Kind} kind
 * @property {string} title in the language of the interface
 * @property {string} color palette name
 * @property {string} shortcut `event.code` or ""
 * @property {{properties?: Record<string, Property>, required?: string[], values?: string[], titles?: Record<string, Titles>, topic?: boolean}} attributes
 * @property {{head?: string[], via?: string[], tail?: string[]}} ends
 * @property {boolean} [archived] not given any more; what bears it still shows
 *
 * @typedef {{fa: string, en: string}} Titles
 * @typedef {object} Property one attribute of a label's JSON Schema
 * @property {(string|number|boolean)[]} [enum]
 * @property {string} [type]
 * @property {Property} [items] of a list
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [exclusiveMinimum]
 * @property {number} [exclusiveMaximum]
 * @property {number} [multipleOf]
 * @property {number} [minLength] code points
 * @property {number} [maxLength]
 * @property {number} [minItems]
 * @property {number} [maxItems]
 * @property {Titles} [x-title] not `title`: JSON Schema wants a string there
 * @property {Record<string, Titles>} [titles] titles of the values of `enum`
 *
 * @typedef {object} Span
 * @property {string} id UUID
 * @property {string} label
 * @property {Range[]} ranges
 * @property {Record<string, any>} attributes
 * @property {string|null} entity
 *
 * @typedef {string} End a span id, "article", "implicit" or "topic:KEY"
 *
 * @typedef {object} Relation
 * @property {string} id UUID
 * @property {string} label
 * @property {End} head
 * @property {End|null} via
 * @property {End} tail
 * @property {Record<string, any>} attributes
 *
 * @typedef {{label: string, topic: string|null, value: string}} ArticleLabel
 *
 * @typedef {object} Thing an entity of the project's knowledge base
 * @property {string} key
 * @property {string} label key of its label or ""
 * @property {string} name
 * @property {string} name_en
 * @property {string} external_id Wikidata, Q…
 * @property {string[]} aliases its other names
 * @property {string[]} learned those of `aliases` that came from linked mentions
 * @property {number} [mentions] in all work the person may see, as the server counted it
 *
 * @typedef {object} State frozen; every edit makes a new one
 * @property {ReadonlyMap<string, Span>} spans
 * @property {ReadonlyMap<string, Relation>} relations
 * @property {ReadonlyMap<string, ArticleLabel>} labels by `label|topic`
 * @property {ReadonlyMap<string, Thing>} entities what the page brought, and what was made here; not all of the project
 *
 * @typedef {{op: string, op_id?: string, id?: string, [field: string]: any}} Operation
 *
 * @typedef {{key: string, title: string, proposition: string}} Topic
 *
 * @typedef {object} PageData the JSON of #workspace-data
 * @property {{id: number|string, text: string, sha256: string}} article
 * @property {{id: number, version: number, status: string, editable: boolean}} set
 * @property {number} scheme the version of the label scheme
 * @property {Label[]} labels archived ones too
 * @property {Span[]} spans in the order that gave the HTML its short ids
 * @property {Relation[]} relations
 * @property {ArticleLabel[]} article_labels
 * @property {Topic[]} topics
 * @property {string} topics_stamp changes with them
 * @property {Thing[]} entities what the spans are linked to
 * @property {number} person id of the one who is signed in
 * @property {{version: number, read: number, notes: string[]}} guideline which version holds, and which one the person has read
 * @property {string[]} dismissed keys of the warnings that the person has dismissed
 * @property {{operations: string, comments: string, warnings: string, scheme: string, guideline: string, guideline_read: string, guideline_changes: string, analysis: string, entities: string, occurrences: string, propagations: string, back: string, sign_in: string}} urls
 * @property {{me: number, comments: import("../net/comments.js").Comment[], people: import("./calling.js").Person[], resolves: boolean, manages: boolean}} talk
 * @property {Record<string, string>} strings
 */
export {};
