// Moving blocks: by keyboard and buttons (Alt+↑, Alt+↓), and by a handle beside the block under the pointer.
import { Extension } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { el, icon } from "./dom.js";

// The block that holds the cursor, of those side by side with others: { parent, index, from, node, depth }.
export function current(state) {
  const { $from, node } = state.selection;
  const depth = node && !node.isInline ? $from.depth : outermost($from);
  const parent = $from.node(depth);
  const index = $from.index(depth);
  return { parent, index, from: $from.posAtIndex(index, depth), node: parent.maybeChild(index), depth };
}

// Inside of a column or a fold blocks move there; everything else moves as a whole.
function outermost($from) {
  for (let depth = $from.depth; depth > 0; depth -= 1) if (["column", "detailsContent"].includes($from.node(depth).type.name)) return depth;
  return 0;
}

export function move(editor, steps) {
  const { state, view } = editor;
  const { parent, index, from, node } = current(state);
  const to = index + steps;
  if (!node || to < 0 || to >= parent.childCount) return true;
  const beside = parent.child(to);
  const target = steps < 0 ? from - beside.nodeSize : from + beside.nodeSize;
  const offset = state.selection.from - from;
  const tr = state.tr.delete(from, from + node.nodeSize).insert(target, node);
  tr.setSelection(state.selection instanceof NodeSelection ? NodeSelection.create(tr.doc, target) : TextSelection.near(tr.doc.resolve(target + offset)));
  view.dispatch(tr.scrollIntoView());
  view.focus();
  return true;
}

export function remove(editor) {
  const { from, node } = current(editor.state);
  return node ? editor.chain().deleteRange({ from, to: from + node.nodeSize }).focus().run() : true;
}

export function copy(editor) {
  const { from, node } = current(editor.state);
  if (!node) return true;
  const twin = node.type.create({ ...node.attrs, id: "" }, node.content, node.marks);
  return editor.chain().insertContentAt(from + node.nodeSize, twin.toJSON()).focus().run();
}

export const Moves = Extension.create({
  name: "moves",
  addKeyboardShortcuts() {
    return {
      "Alt-ArrowUp": () => move(this.editor, -1),
      "Alt-ArrowDown": () => move(this.editor, 1),
      "Mod-Shift-d": () => copy(this.editor),
    };
  },
});

// The handle: pressed it marks the block, dragged it takes the block along. A finger uses the buttons of the bar.
export function handle(editor, page, settings) {
  const grip = el("button", { type: "button", class: "editor-grip", draggable: "true", tabindex: "-1", title: settings.words.drag, hidden: true }, icon(settings.sprite, "grip-vertical"));
  page.append(grip);
  let place = null;
  page.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || grip.contains(event.target)) return;
    const element = [...editor.view.dom.children].find((one) => { const box = one.getBoundingClientRect(); return event.clientY >= box.top && event.clientY <= box.bottom; });
    grip.hidden = !element;
    if (!element) return;
    const inside = editor.state.doc.resolve(editor.view.posAtDOM(element, 0));
    place = inside.depth ? inside.before(1) : inside.pos;
    grip.style.insetBlockStart = `${element.getBoundingClientRect().top - page.getBoundingClientRect().top}px`;
  });
  page.addEventListener("pointerleave", () => { grip.hidden = true; });
  const mark = () => editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, place)));
  grip.addEventListener("click", () => { mark(); editor.view.focus(); });
  grip.addEventListener("dragstart", (event) => {
    mark();
    const { selection } = editor.state;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(editor.view.nodeDOM(place) ?? grip, 0, 0);
    editor.view.dragging = { slice: selection.content(), move: true };
  });
}
