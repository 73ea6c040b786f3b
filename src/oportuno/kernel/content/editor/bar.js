// The bar above the document: what the words under the cursor are, and what can be put in.
import { el, icon } from "./dom.js";
import { ask } from "./form.js";
import { copy, move, remove } from "./move.js";

const COLUMNS = [2, 3];

export function bar(editor, settings) {
  const { words, sprite } = settings;
  const shows = [];
  const press = (name, title, act, isOn = null, keys = "") => {
    const button = el("button", { type: "button", class: "button quiet small", title: keys ? `${title} (${keys})` : title, "aria-label": title, "aria-pressed": isOn ? "false" : null, onclick: () => { act(); } }, icon(sprite, name));
    if (isOn) shows.push(() => button.setAttribute("aria-pressed", String(isOn())));
    return button;
  };
  const toggle = (name, mark, title, keys) => press(name, title, () => editor.chain().focus().toggleMark(mark).run(), () => editor.isActive(mark), keys);
  const undo = press("arrow-back-up", words.undo, () => editor.chain().focus().undo().run(), null, "Ctrl+Z");
  const redo = press("arrow-forward-up", words.redo, () => editor.chain().focus().redo().run(), null, "Ctrl+Y");
  shows.push(() => { undo.disabled = !editor.can().undo(); redo.disabled = !editor.can().redo(); });
  const made = el("div", { class: "editor-bar", role: "toolbar", "aria-label": words.bar, "aria-controls": editor.view.dom.id },
    el("button", { type: "button", class: "button primary small editor-insert", "aria-label": words.insert, "aria-haspopup": "dialog", onclick: () => insert(editor, settings) }, icon(sprite, "plus"), el("span", {}, words.insert)),
    style(editor, settings, shows),
    el("span", { class: "editor-group" },
      toggle("bold", "strong", words.bold, "Ctrl+B"), toggle("italic", "em", words.italic, "Ctrl+I"),
      press("link", words.link, () => link(editor, settings), () => editor.isActive("link"), "Ctrl+K"),
      press("list", words.bullets, () => editor.chain().focus().toggleBulletList().run(), () => editor.isActive("bulletList")),
      press("list-numbers", words.numbers, () => editor.chain().focus().toggleOrderedList().run(), () => editor.isActive("orderedList")),
      press("align-center", words.centre, () => centre(editor), () => editor.isActive({ align: "center" })),
      press("clear-formatting", words.plain, () => editor.chain().focus().unsetAllMarks().run())),
    el("span", { class: "editor-group" },
      press("arrow-up", words.up, () => move(editor, -1), null, "Alt+↑"), press("arrow-down", words.down, () => move(editor, 1), null, "Alt+↓"),
      press("copy", words.copy, () => copy(editor), null, "Ctrl+Shift+D"), press("trash", words.remove, () => remove(editor))),
    el("span", { class: "editor-group" }, undo, redo),
    tableTools(editor, settings, shows));
  arrows(made);
  editor.on("transaction", () => shows.forEach((show) => show()));
  shows.forEach((show) => show());
  return made;
}

// One stop of the tab key; arrows go on.
function arrows(made) {
  const stops = () => [...made.querySelectorAll("button:not(:disabled), select")].filter((one) => one.offsetParent !== null);
  made.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.target.tagName === "SELECT") return;
    const all = stops();
    all[(all.indexOf(event.target) + by + all.length) % all.length]?.focus();
    event.preventDefault();
  });
}

function style(editor, settings, shows) {
  const { words } = settings;
  const styles = { text: words.text, lead: words.lead, h2: words.heading2, h3: words.heading3, h4: words.heading4 };
  const shown = el("select", { class: "small", "aria-label": words.style }, ...Object.entries(styles).map(([value, title]) => el("option", { value }, title)));
  shown.addEventListener("change", () => {
    const chain = editor.chain().focus();
    const level = /^h(\d)$/.exec(shown.value)?.[1];
    if (level) chain.setHeading({ level: Number(level) }).run();
    else chain.setParagraph().updateAttributes("paragraph", { lead: shown.value === "lead" }).run();
  });
  shows.push(() => {
    const level = [2, 3, 4].find((one) => editor.isActive("heading", { level: one }));
    shown.value = level ? `h${level}` : editor.isActive("paragraph", { lead: true }) ? "lead" : "text";
    shown.disabled = !(editor.isActive("paragraph") || editor.isActive("heading"));
  });
  return shown;
}

function centre(editor) {
  const align = editor.isActive({ align: "center" }) ? "" : "center";
  editor.chain().focus().updateAttributes("paragraph", { align }).updateAttributes("heading", { align }).run();
}

function tableTools(editor, settings, shows) {
  const { words } = settings;
  const tool = (title, act) => el("button", { type: "button", class: "button quiet small", onclick: () => act(editor.chain().focus()).run() }, title);
  const made = el("span", { class: "editor-group editor-table" },
    tool(words.rowBelow, (chain) => chain.addRowAfter()), tool(words.columnAfter, (chain) => chain.addColumnAfter()),
    tool(words.rowGone, (chain) => chain.deleteRow()), tool(words.columnGone, (chain) => chain.deleteColumn()),
    tool(words.headRow, (chain) => chain.toggleHeaderRow()), tool(words.tableGone, (chain) => chain.deleteTable()));
  shows.push(() => { made.hidden = !editor.isActive("table"); });
  return made;
}

export async function link(editor, settings) {
  const { words } = settings;
  const before = editor.getAttributes("link").href ?? "";
  const kinds = { link: { title: words.link, parts: [{ name: "href", sort: "address", label: words.address, hint: words.addressHint }] } };
  const given = await askHere({ ...settings, kinds }, { href: before });
  if (!given) return;
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!given.href) chain.unsetLink().run();
  else if (editor.state.selection.empty && !before) chain.insertContent([{ type: "text", text: given.href, marks: [{ type: "link", attrs: { href: given.href } }] }]).run();
  else chain.setLink({ href: given.href }).run();
}

// A form that the server need not look at.
const askHere = (settings, fields) => ask({ ...settings, draw: null }, "link", fields);

// What can be put in, in a dialog with a search box: `/` at the beginning of a line opens it too.
export function insert(editor, settings) {
  const { words, sprite } = settings;
  const put = (content) => () => editor.chain().focus().insertContent(content).run();
  const paragraph = { type: "paragraph" };
  const fold = { type: "details", attrs: { open: true }, content: [{ type: "detailsSummary" }, { type: "detailsContent", content: [paragraph] }] };
  const column = { type: "column", content: [paragraph] };
  const native = [
    ["heading", "heading", words.heading2, () => editor.chain().focus().setHeading({ level: 2 }).run()],
    ["list", "list", words.bullets, () => editor.chain().focus().toggleBulletList().run()],
    ["quote", "quote", words.quote, put({ type: "quote", content: [{ type: "quoteText" }, { type: "quoteBy" }] })],
    ["table", "table", words.table, () => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()],
    ...COLUMNS.map((count) => [`columns${count}`, "columns", `${words.columns} (${count})`, put({ type: "columns", content: Array(count).fill(column) })]),
    ["accordion", "list-details", words.accordion, put(fold)],
    ["divider", "separator", words.divider, put({ type: "divider" })],
    ["code", "code", words.code, () => editor.chain().focus().toggleCodeBlock().run()],
  ];
  const cards = Object.entries(settings.kinds).map(([kind, { title, icon: name }]) => [kind, name, title, async () => {
    const fields = await ask(settings, kind, {});
    if (fields) put({ type: "card", attrs: { kind, fields } })();
    else editor.commands.focus();
  }]);
  const search = el("input", { type: "search", "aria-label": words.search, placeholder: words.search, autocomplete: "off" });
  const list = el("ul", { class: "editor-kinds" });
  const dialog = el("dialog", { class: "dialog editor-dialog", "aria-label": words.insert }, el("h2", {}, words.insert), search, list);
  const fold_ = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const show = () => {
    const wanted = fold_(search.value);
    const fitting = [...native, ...cards].filter(([, , title]) => fold_(title).includes(wanted));
    list.replaceChildren(...fitting.map(([kind, name, title, act]) =>
      el("li", {}, el("button", { type: "button", "data-kind": kind, onclick: () => { dialog.close(); act(); } }, icon(sprite, name), el("span", {}, title)))));
  };
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); list.querySelector("button")?.click(); } });
  dialog.addEventListener("close", () => dialog.remove());
  show();
  document.body.append(dialog);
  dialog.showModal();
}
