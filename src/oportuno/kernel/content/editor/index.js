// The editor of documents: <div data-content-editor> with a field of JSON and its settings inside becomes one.
import { Editor } from "@tiptap/core";
import { bar, insert, link } from "./bar.js";
import { bring } from "./bring.js";
import { toTree } from "./blocks.js";
import { cards } from "./card.js";
import { el } from "./dom.js";
import { keep } from "./keep.js";
import { Moves, handle } from "./move.js";
import { clean } from "./paste.js";
import { extensions } from "./schema.js";

for (const place of document.querySelectorAll("[data-content-editor]")) mount(place);

function mount(place) {
  const field = place.querySelector("textarea");
  const settings = JSON.parse(place.querySelector("script[type='application/json']").textContent);
  const page = el("div", { class: "editor-page" });
  const state = el("p", { class: "editor-state small quiet-text", role: "status" });
  const told = { ...settings, state };
  const editor = new Editor({
    element: page,
    injectCSS: false,
    extensions: [...extensions(cards(settings), settings.words), Moves],
    editorProps: {
      attributes: { id: `${field.id}_words`, class: "content", role: "textbox", "aria-multiline": "true", "aria-label": settings.words.label, lang: settings.language },
      transformPastedHTML: clean,
      handlePaste: (view, event) => pasted(view, event, editor, told),
      handleDrop: (view, event, slice, moved) => !moved && bring(editor, event.dataTransfer?.files ?? [], view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.to, told),
      handleKeyDown: (view, event) => shortcut(view, event, editor, settings),
    },
  });
  const show = (value) => editor.commands.setContent(toTree((value.trim() ? JSON.parse(value) : { blocks: [] }).blocks, editor.schema, settings.kinds), { emitUpdate: false });
  show(field.value);
  field.hidden = true;
  place.append(bar(editor, settings), page, state);
  place.dataset.ready = "";
  handle(editor, page, settings);
  const rescued = keep(editor, field, state, settings);
  if (rescued && rescued !== field.value) offer(editor, rescued, place, settings, show);
  page.addEventListener("click", (event) => { if (event.target === page) editor.commands.focus("end"); });
}

// Files alone are brought; what comes with words (from Word, from a page) is pasted as words.
function pasted(view, event, editor, told) {
  const { files, types } = event.clipboardData ?? {};
  if (!files?.length || [...types].includes("text/html")) return false;
  return bring(editor, files, view.state.selection.to, told);
}

// What the server never got, from the last time in this browser.
function offer(editor, rescued, place, settings, show) {
  const notice = el("div", { class: "notice", role: "alert" }, el("p", {}, settings.words.rescued),
    el("button", { type: "button", class: "button small", onclick: () => { show(rescued); editor.commands.insertContent(""); notice.remove(); } }, settings.words.restore));
  place.prepend(notice);
}

function shortcut(view, event, editor, settings) {
  const { $from, empty } = view.state.selection;
  if (event.key === "/" && empty && $from.parent.type.name === "paragraph" && !$from.parent.content.size) {
    event.preventDefault();
    insert(editor, settings);
    return true;
  }
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    link(editor, settings);
    return true;
  }
  return false;
}
