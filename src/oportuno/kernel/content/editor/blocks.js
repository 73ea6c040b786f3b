// Our blocks as the editor's tree, and back. What the editor adds around words stays here.
import { DOMParser, DOMSerializer } from "@tiptap/pm/model";

const LISTS = { bulletList: false, orderedList: true };

export function toTree(blocks, schema, kinds) {
  const content = blocks.flatMap((block) => one(block, schema, kinds));
  return { type: "doc", content: content.length ? content : [{ type: "paragraph" }] };
}

function one(block, schema, kinds) {
  const { type, id = "", ...fields } = block;
  const words = (html) => inline(html ?? "", schema);
  const below = (inside) => toTree(inside ?? [], schema, kinds).content;
  const made = {
    heading: () => ({ type, attrs: { id, level: fields.level ?? 2, align: fields.align ?? "" }, content: words(fields.text) }),
    text: () => ({ type: "paragraph", attrs: { id, align: fields.align ?? "", lead: fields.lead ?? false }, content: words(fields.text) }),
    list: () => listed(fields.items, 0, fields.items.length, 0, fields, id, words),
    quote: () => ({ type, attrs: { id }, content: [{ type: "quoteText", content: words(fields.text) }, { type: "quoteBy", content: words(fields.by) }] }),
    code: () => ({ type: "codeBlock", attrs: { id }, content: fields.text ? [{ type: "text", text: fields.text }] : [] }),
    divider: () => ({ type, attrs: { id } }),
    table: () => ({ type, attrs: { id, caption: fields.caption ?? "" }, content: fields.rows.map((row, at) => tableRow(row, at, fields, words)) }),
    columns: () => ({
      type, attrs: { id },
      content: fields.columns.map((column) => ({ type: "column", attrs: { share: column.share ?? 0 }, content: below(column.blocks) })),
    }),
    accordion: () => fields.folds.map((fold, at) => ({
      type: "details", attrs: { id: at ? "" : id, open: fold.open ?? false },
      content: [
        { type: "detailsSummary", content: fold.title ? [{ type: "text", text: fold.title }] : [] },
        { type: "detailsContent", content: below(fold.blocks) },
      ],
    })),
  }[type];
  return made ? made() : { type: "card", attrs: { id, kind: type, fields } };
}

function inline(html, schema) {
  const holder = new window.DOMParser().parseFromString(`<p>${html}</p>`, "text/html").body; // a document without a window loads nothing
  return DOMParser.fromSchema(schema).parse(holder.firstElementChild, { topNode: schema.nodes.paragraph.create() }).toJSON().content ?? [];
}

function listed(items, from, to, level, fields, id, words) {
  const content = [];
  for (let at = from; at < to; ) {
    let end = at + 1;
    while (end < to && (items[end].level ?? 0) > level) end += 1;
    const inside = end > at + 1 ? [listed(items, at + 1, end, items[at + 1].level, { numbered: fields.numbered }, "", words)] : [];
    content.push({ type: "listItem", content: [{ type: "paragraph", content: words(items[at].text) }, ...inside] });
    at = end;
  }
  const attrs = fields.numbered ? { id, start: fields.start ?? 1 } : { id };
  return { type: fields.numbered ? "orderedList" : "bulletList", attrs, content };
}

function tableRow(row, at, fields, words) {
  const isHead = (column) => ((fields.head_row ?? true) && at === 0) || (fields.head_column && column === 0);
  const cell = (html, column) => ({ type: isHead(column) ? "tableHeader" : "tableCell", content: [{ type: "paragraph", content: words(html) }] });
  return { type: "tableRow", content: row.map(cell) };
}

export function toBlocks(doc) {
  const writer = DOMSerializer.fromSchema(doc.type.schema);
  const words = (node) => {
    const holder = document.createElement("div");
    writer.serializeFragment(node.content, { document }, holder);
    return holder.innerHTML;
  };
  const below = (node) => gathered(node.content.content.flatMap((child) => back(child, words, below) ?? []));
  return below(doc);
}

// Folds that follow each other are one accordion.
function gathered(blocks) {
  const found = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (block.type === "accordion" && last?.type === "accordion") last.folds.push(...block.folds);
    else found.push(block);
  }
  return found;
}

// What is as usual is left out, as the server does.
function lean(type, id, fields, usual = {}) {
  const kept = Object.entries(fields).filter(([name, value]) => value !== (usual[name] ?? ""));
  return { type, ...(id ? { id } : {}), ...Object.fromEntries(kept) };
}

function back(node, words, below) {
  const { id = "", ...attrs } = node.attrs;
  const made = {
    heading: () => ({ ...lean("heading", id, { align: attrs.align, level: attrs.level }, { level: 2 }), text: words(node) }),
    paragraph: () => (node.content.size ? { ...lean("text", id, { align: attrs.align, lead: attrs.lead }, { lead: false }), text: words(node) } : null),
    bulletList: () => ({ ...lean("list", id, {}), items: items(node, 0, words) }),
    orderedList: () => ({ ...lean("list", id, { numbered: true, start: attrs.start }, { numbered: false, start: 1 }), items: items(node, 0, words) }),
    quote: () => ({ ...lean("quote", id, { by: words(node.child(1)) }), text: words(node.child(0)) }),
    codeBlock: () => ({ ...lean("code", id, {}), text: node.textContent }),
    divider: () => lean("divider", id, {}),
    table: () => table(node, id, words),
    columns: () => ({
      ...lean("columns", id, {}),
      columns: node.content.content.map((column) => ({ ...(column.attrs.share ? { share: column.attrs.share } : {}), blocks: below(column) })),
    }),
    details: () => ({
      ...lean("accordion", id, {}),
      folds: [{ title: node.child(0).textContent, blocks: below(node.child(1)), ...(attrs.open ? { open: true } : {}) }],
    }),
    card: () => ({ type: attrs.kind, ...(id ? { id } : {}), ...attrs.fields }),
  }[node.type.name];
  return made ? made() : null;
}

function items(list, level, words) {
  return list.content.content.flatMap((item) =>
    item.content.content.flatMap((child) =>
      child.type.name in LISTS ? items(child, Math.min(level + 1, 4), words) : { text: words(child), ...(level ? { level } : {}) },
    ),
  );
}

function table(node, id, words) {
  const lines = (cell) => cell.content.content.map(words).join("<br>");
  const rows = node.content.content.map((row) => row.content.content.flatMap((cell) => [lines(cell), ...Array(cell.attrs.colspan - 1).fill("")]));
  const widest = Math.max(...rows.map((row) => row.length));
  const isHead = (cell) => cell.type.name === "tableHeader";
  const headRow = node.child(0).content.content.every(isHead);
  const headColumn = node.content.content.every((row) => isHead(row.child(0))) && node.childCount > 1;
  return {
    ...lean("table", id, { caption: node.attrs.caption, head_row: headRow, head_column: headColumn }, { head_row: true, head_column: false }),
    rows: rows.map((row) => [...row, ...Array(widest - row.length).fill("")]),
  };
}
