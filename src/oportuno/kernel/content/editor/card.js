// What is not words: drawn by the server as a visitor will see it, changed in a form.
import { Node } from "@tiptap/core";
import { el, icon, send } from "./dom.js";
import { ask } from "./form.js";

export function cards(settings) {
  const draw = drawing(settings);
  return Node.create({
    name: "card",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({ kind: { default: "" }, fields: { default: {}, rendered: false } }),
    parseHTML: () => [],
    renderHTML: ({ node }) => ["div", { "data-card": node.attrs.kind }],
    addNodeView: () => (given) => view(given, settings, draw),
    addKeyboardShortcuts() {
      return { Enter: () => selected(this.editor) && change(this.editor, this.editor.state.selection.from, settings) };
    },
  });
}

function selected(editor) {
  return editor.state.selection.node?.type.name === "card";
}

function view({ node, editor, getPos }, settings, draw) {
  const kind = settings.kinds[node.attrs.kind] ?? { title: node.attrs.kind, icon: "box", parts: [] };
  const preview = el("div", { class: "editor-preview", inert: true });
  const edit = el("button", { type: "button", class: "button quiet small", onclick: () => change(editor, getPos(), settings) }, settings.words.change);
  const remove = el("button", { type: "button", class: "button quiet small", onclick: () => editor.chain().deleteRange({ from: getPos(), to: getPos() + 1 }).focus().run() }, settings.words.remove);
  const head = el("div", { class: "editor-card-head" }, icon(settings.sprite, kind.icon), el("span", {}, kind.title), edit, remove);
  const dom = el("div", { class: "editor-card", role: "group", "aria-label": kind.title }, head, preview);
  dom.addEventListener("dblclick", () => change(editor, getPos(), settings));
  let shown = node;
  draw(node, preview);
  return {
    dom,
    update(other) {
      if (other.type !== shown.type || other.attrs.kind !== shown.attrs.kind) return false;
      if (other.attrs.fields !== shown.attrs.fields) draw(other, preview);
      shown = other;
      return true;
    },
    stopEvent: (event) => head.contains(event.target) && event.type !== "dragstart",
    ignoreMutation: () => true,
  };
}

// Opens the form of the card at a place; a kind without a form has nothing to change.
async function change(editor, place, settings) {
  const node = editor.state.doc.nodeAt(place);
  const fields = await ask(settings, node.attrs.kind, node.attrs.fields);
  if (fields) editor.chain().command(({ tr }) => { tr.setNodeAttribute(place, "fields", fields); return true; }).setNodeSelection(place).run();
  editor.commands.focus();
  return true;
}

// Cards that change at the same time are drawn by one request.
function drawing(settings) {
  let waiting = [];
  let timer = 0;
  async function all() {
    const batch = waiting;
    waiting = [];
    try {
      const { html } = await send(settings.draw, { blocks: batch.map(({ block }) => block) });
      batch.forEach(({ holder }, at) => { holder.innerHTML = html[at] || `<p class="quiet-text">${settings.words.nothing}</p>`; });
    } catch {
      for (const { holder } of batch) holder.textContent = settings.words.undrawn;
    }
  }
  return (node, holder) => {
    waiting.push({ block: { type: node.attrs.kind, ...node.attrs.fields }, holder });
    clearTimeout(timer);
    timer = setTimeout(all, 60);
  };
}
