"use strict";
// The table of entities and what is told of each. All text stands in the page, in <template>s, in
// both languages; nothing is ever made markup: the Content-Security-Policy would not have it.

const PAGE = 100; // rows added at a time
const id = (name) => document.getElementById(name);
const data = JSON.parse(id("data").textContent);
const byId = new Map(data.entities.map((entity) => [entity.id, entity]));
const number = new Intl.NumberFormat("nb").format;
const compare = new Intl.Collator("nb", { numeric: true }).compare;
// Å is found by a, and Erdoğan by erdogan.
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/** A copy of a template: slots filled with text or nodes, and parts without a value left out. */
function copy(template, values) {
  const made = id(template).content.cloneNode(true);
  for (const part of made.querySelectorAll("[data-if]")) {
    if (!values[part.dataset.if]) part.remove();
  }
  for (const slot of made.querySelectorAll("[data-slot]")) {
    slot.append(...[values[slot.dataset.slot] ?? ""].flat());
  }
  return made;
}

const typeOf = (kind) => copy(`type-${kind}`, {});

/* The language: the page's texts are all there twice. */

function speak(language) {
  document.documentElement.lang = language;
  try {
    localStorage.setItem("nb-entities language", language);
  } catch {
    // A browser that keeps nothing for files forgets the choice.
  }
}

function preferred() {
  try {
    const chosen = localStorage.getItem("nb-entities language");
    if (chosen) return chosen;
  } catch {
    // As above.
  }
  return /^(nb|nn|no|da|sv)\b/.test(navigator.language) ? "nb" : "en";
}

/* The table. */

const table = id("entities");
const filters = id("filters");
const keys = new Map(data.entities.map((e) => [e, fold([e.name, ...(e.aliases ?? [])].join("\n"))]));
let order = { by: "mentions", down: true };
let rows = [];
let shown = 0;

function find() {
  const words = fold(filters.words.value).split(/\s+/);
  const kind = filters.type.value;
  rows = data.entities.filter(
    (entity) =>
      (!kind || entity.type === kind) && words.every((word) => keys.get(entity).includes(word)),
  );
  sort();
}

function sort() {
  const { by, down } = order;
  const difference = (a, b) => (typeof a === "number" ? a - b : compare(a, b));
  rows.sort((a, b) => {
    if (a[by] === undefined || b[by] === undefined) {
      return (a[by] === undefined) - (b[by] === undefined); // without a date: last in either order
    }
    const direction = down ? -1 : 1;
    return (
      direction * difference(a[by], b[by]) || b.mentions - a.mentions || compare(a.name, b.name)
    );
  });
  for (const head of table.querySelectorAll("th[data-by]")) {
    if (head.dataset.by === by) head.ariaSort = down ? "descending" : "ascending";
    else head.removeAttribute("aria-sort");
  }
  table.tBodies[0].replaceChildren();
  shown = 0;
  more();
}

function more() {
  const next = rows.slice(shown, shown + PAGE).map(rowOf);
  table.tBodies[0].append(...next);
  shown += next.length;
  id("shown").textContent = number(shown);
  id("matching").textContent = number(rows.length);
  id("more").hidden = shown === rows.length;
  return next[0];
}

function rowOf(entity) {
  const row = copy("row", {
    ...entity,
    type: typeOf(entity.type),
    aliases: (entity.aliases ?? []).join(", "),
    mentions: number(entity.mentions),
    documents: number(entity.documents),
  }).firstElementChild;
  row.querySelector("a").href = `#${entity.id}`;
  return row;
}

/* One entity: its address is the page's with #id, so that it can be linked to and gone back from. */

const dialog = id("entity");

function show() {
  const entity = byId.get(location.hash.slice(1));
  if (!entity) {
    dialog.close();
    return;
  }
  const about = copy("about-entity", {
    ...entity,
    type: typeOf(entity.type),
    aliases: entity.aliases?.join(", "),
    mentions: number(entity.mentions),
    documents: number(entity.documents),
    until: entity.last !== entity.first && entity.last,
    where: [entity.country, entity.region].filter(Boolean).join(" · "),
    peak: entity.line && `${entity.peak}: ${number(entity.peak_documents)}`,
    sample: entity.sample && number(entity.sample),
    examples: entity.examples.map(documentOf),
  });
  for (const link of about.querySelectorAll("[data-if=wikidata] a")) {
    link.href = `https://www.wikidata.org/wiki/${encodeURIComponent(entity.wikidata)}`;
  }
  about.querySelector("path")?.setAttribute("d", entity.line);
  id("about").replaceChildren(about);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

function documentOf([index, contexts]) {
  const [title, published, doc_id, language] = data.documents[index];
  const made = copy("document", {
    title,
    published,
    doc_id,
    contexts: contexts.map((parts) => copy("context", { parts: parts.map(partOf) })),
  });
  made.querySelector("div").lang = language;
  return made;
}

function partOf(part) {
  if (typeof part === "string") return part;
  const [surface, kind, own] = part;
  const made = copy("mark", { surface, type: typeOf(kind) });
  const mark = made.firstElementChild;
  mark.dataset.type = kind;
  mark.classList.toggle("own", own);
  return made;
}

/* What happens when. */

id("language").addEventListener("click", () => {
  speak(document.documentElement.lang === "nb" ? "en" : "nb");
});
filters.addEventListener("input", find);
filters.addEventListener("submit", (event) => event.preventDefault());
for (const head of table.querySelectorAll("th[data-by]")) {
  head.firstElementChild.addEventListener("click", () => {
    const { by } = head.dataset;
    const text = by === "name" || by === "type";
    order = { by, down: order.by === by ? !order.down : !text };
    sort();
  });
}
id("more").addEventListener("click", () => more()?.querySelector("a").focus());
id("close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close(); // beside it
});
dialog.addEventListener("close", () => {
  if (location.hash) history.replaceState(null, "", location.href.split("#")[0]);
});
addEventListener("hashchange", show);

speak(preferred());
for (const part of document.querySelectorAll("#language, #table")) part.hidden = false;
id("scriptless").hidden = true;
find();
show();
