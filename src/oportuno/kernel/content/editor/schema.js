// What a document is made of while it is edited. Words are edited where they stand; every other kind is a card with a form.
import { Extension, Mark, Node } from "@tiptap/core";
import { Details, DetailsContent, DetailsSummary } from "@tiptap/extension-details";
import { TableKit } from "@tiptap/extension-table";
import { Placeholder } from "@tiptap/extensions";
import StarterKit from "@tiptap/starter-kit";

const NAMED = ["paragraph", "heading", "bulletList", "orderedList", "quote", "codeBlock", "table", "columns", "details", "divider", "card"];
const unseen = (empty) => ({ default: empty, rendered: false });

// `id` tells versions of one block from each other; a copy made by splitting begins as a new one.
const Attributes = Extension.create({
  name: "blockAttributes",
  addGlobalAttributes: () => [
    { types: NAMED, attributes: { id: { ...unseen(""), keepOnSplit: false } } },
    {
      types: ["paragraph", "heading"],
      attributes: { align: { default: "", renderHTML: ({ align }) => (align ? { class: `align-${align}` } : {}) } },
    },
    { types: ["paragraph"], attributes: { lead: { default: false, keepOnSplit: false, renderHTML: ({ lead }) => (lead ? { class: "block-lead" } : {}) } } },
    { types: ["table"], attributes: { caption: unseen("") } },
  ],
});

function mark(name, also = [], shortcut = null) {
  return Mark.create({
    name,
    parseHTML: () => [{ tag: name }, ...also.map((tag) => ({ tag }))],
    renderHTML: () => [name, 0],
    addKeyboardShortcuts() {
      return shortcut ? { [shortcut]: () => this.editor.commands.toggleMark(name) } : {};
    },
  });
}

const Term = Mark.create({
  name: "dfn",
  addAttributes: () => ({
    term: { default: "", parseHTML: (element) => element.dataset.term ?? "", renderHTML: ({ term }) => ({ "data-term": term }) },
  }),
  parseHTML: () => [{ tag: "dfn[data-term]" }],
  renderHTML: ({ HTMLAttributes }) => ["dfn", HTMLAttributes, 0],
});

const Quote = Node.create({
  name: "quote",
  group: "block",
  content: "quoteText quoteBy",
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: () => ["figure", { class: "block-quote" }, 0],
});
const QuoteText = Node.create({ name: "quoteText", content: "inline*", defining: true, renderHTML: () => ["blockquote", ["p", 0]] });
const QuoteBy = Node.create({
  name: "quoteBy",
  content: "inline*",
  defining: true,
  renderHTML: () => ["figcaption", 0],
  addKeyboardShortcuts() {
    return { Enter: () => this.editor.isActive("quoteBy") && leave(this.editor, -1) };
  },
});

// On from what holds the cursor: a new paragraph after it.
function leave(editor, depth) {
  const after = editor.state.selection.$from.after(depth);
  return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run();
}

const Columns = Node.create({
  name: "columns",
  group: "block",
  content: "column{1,4}",
  isolating: true,
  renderHTML: ({ node }) => ["div", { class: `block-columns of-${node.childCount}` }, 0],
});
const Column = Node.create({
  name: "column",
  content: "block+",
  isolating: true,
  addAttributes: () => ({ share: unseen(0) }),
  renderHTML: ({ node }) => ["div", { class: node.attrs.share ? `column share-${node.attrs.share}` : "column" }, 0],
});

const Divider = Node.create({
  name: "divider",
  group: "block",
  atom: true,
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr", { class: "block-divider" }],
});

export function extensions(Card, words) {
  return [
    StarterKit.configure({
      blockquote: false, horizontalRule: false, bold: false, italic: false, strike: false, underline: false, code: false,
      heading: { levels: [2, 3, 4] },
      link: { openOnClick: false, autolink: true, HTMLAttributes: { target: null, rel: null } },
      codeBlock: { HTMLAttributes: { class: "block-code" } },
      dropcursor: { class: "editor-drop", color: false },
    }),
    mark("strong", ["b"], "Mod-b"),
    mark("em", ["i"], "Mod-i"),
    mark("u", ["ins"], "Mod-u"),
    mark("s", ["del", "strike"], "Mod-Shift-s"),
    mark("code"), mark("mark"), mark("sub"), mark("sup"),
    Term, Quote, QuoteText, QuoteBy, Columns, Column, Divider,
    Details.configure({ persist: true }), DetailsSummary, DetailsContent,
    TableKit.configure({ table: { resizable: false } }),
    Placeholder.configure({ placeholder: words.placeholder }),
    Attributes, Card,
  ];
}
