// The form of one card, made from what its kind says of its parts.
import { el, icon, send, upload } from "./dom.js";

// Answers the card's fields, or null when nothing is to change.
export function ask(settings, name, fields) {
  const kind = settings.kinds[name];
  if (!kind?.parts.length) return Promise.resolve(fields);
  return new Promise((settle) => {
    const inputs = kind.parts.map((part) => [part, input(part, fields[part.name], settings)]);
    const problem = el("p", { class: "field-error", role: "alert", hidden: true });
    const form = el("form", { method: "dialog", class: "stack" },
      el("h2", {}, kind.title),
      ...inputs.map(([part, one]) => labelled(part, one)),
      problem,
      el("div", { class: "actions" },
        el("button", { type: "submit", class: "button primary" }, settings.words.done),
        el("button", { type: "button", class: "button quiet", onclick: () => dialog.close() }, settings.words.cancel)));
    const dialog = el("dialog", { class: "dialog editor-dialog", "aria-label": kind.title }, form);
    let answer = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = Object.fromEntries(inputs.map(([part, one]) => [part.name, one.read()]).filter(([, value]) => value !== undefined));
      try {
        if (settings.draw) await send(settings.draw, { blocks: [{ type: name, ...given }], strict: true });
      } catch (refused) {
        problem.textContent = refused.message || settings.words.undrawn;
        problem.hidden = false;
        return;
      }
      answer = given;
      dialog.close();
    });
    dialog.addEventListener("close", () => { dialog.remove(); settle(answer); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function labelled(part, one) {
  const hint = part.hint ? el("small", { class: "hint" }, part.hint) : null;
  return part.sort === "yes"
    ? el("label", { class: "check" }, one.shown, el("span", {}, part.label), hint)
    : el("div", { class: "field" }, el("label", { for: one.focus?.id }, part.label), one.shown, hint);
}

let numbered = 0;

// { shown: an element, focus: what its label is for, read(): its value, undefined when left as usual }
function input(part, value, settings) {
  const id = `card-${(numbered += 1)}`;
  const plain = (shown, read) => ({ shown, focus: shown, read });
  const text = (attributes) => {
    const shown = el("input", { id, value: value ?? "", required: part.required, ...attributes });
    return plain(shown, () => shown.value.trim() || undefined);
  };
  const made = {
    line: () => text({ type: "text", maxlength: 300 }),
    address: () => text({ type: "text", inputmode: "url", maxlength: 2000, placeholder: "https://" }),
    number: () => {
      const shown = el("input", { id, type: "number", value: value ?? part.usual ?? "", min: part.least, max: part.most });
      return plain(shown, () => (shown.value === "" ? undefined : Number(shown.value)));
    },
    words: () => {
      const shown = el("textarea", { id, rows: 2, maxlength: 2000 }, value ?? "");
      return plain(shown, () => shown.value.trim() || undefined);
    },
    yes: () => {
      const shown = el("input", { id, type: "checkbox", checked: Boolean(value) });
      return plain(shown, () => shown.checked || undefined);
    },
    choice: () => {
      const shown = el("select", { id }, ...part.choices.map(([code, words]) => el("option", { value: code, selected: code === (value ?? part.usual ?? "") }, words)));
      return plain(shown, () => shown.value || undefined);
    },
    pick: () => picker(part, value, settings, id, false),
    picks: () => picker(part, value, settings, id, true),
  }[part.sort];
  return made();
}

// One thing (or several) out of many: search, choose, or bring a new one. `part.url` answers {results: [{id, title, src}]}.
function picker(part, value, settings, id, many) {
  const chosen = new Map((many ? (value ?? []) : value ? [value] : []).map((one) => [many ? one[part.key] : one, one]));
  const names = new Map();
  const list = el("ul", { class: "editor-chosen" });
  const found = el("ul", { class: "editor-found", "aria-live": "polite" });
  const search = el("input", { id, type: "search", placeholder: settings.words.search, autocomplete: "off" });
  const bring = part.upload ? el("input", { type: "file", accept: part.accept, multiple: many, "aria-label": settings.words.upload }) : null;
  const show = () => list.replaceChildren(...[...chosen.keys()].map((one) => tile(names.get(one) ?? { id: one, title: one }, settings.words.remove, () => { chosen.delete(one); show(); })));
  const choose = (one) => {
    if (!many) chosen.clear();
    names.set(one.id, one);
    chosen.set(one.id, many ? { [part.key]: one.id, ...(one.title && part.alt ? { [part.alt]: one.alt ?? one.title } : {}) } : one.id);
    show();
  };
  const tile = (one, words, act) =>
    el("li", {}, el("button", { type: "button", title: words, onclick: act },
      one.src ? el("img", { src: one.src, alt: "", width: 72, height: 72 }) : icon(settings.sprite, part.icon ?? "box"), el("span", {}, one.title)));
  async function look() {
    const address = new URL(part.url, location.href);
    address.searchParams.set("q", search.value);
    if (chosen.size && !search.value) address.searchParams.set("ids", [...chosen.keys()].join(","));
    const { results = [], chosen: known = [] } = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
    for (const one of [...results, ...known]) names.set(one.id, one);
    found.replaceChildren(...(results.length ? results.map((one) => tile(one, settings.words.choose, () => choose(one))) : [el("li", { class: "quiet-text" }, settings.words.none)]));
    show();
  }
  let timer = 0;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 200); });
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  bring?.addEventListener("change", async () => {
    for (const file of bring.files) {
      try {
        choose(await upload(part.upload, file));
      } catch (refused) {
        found.replaceChildren(el("li", { class: "field-error", role: "alert" }, refused.message || settings.words.undrawn));
      }
    }
    bring.value = "";
  });
  look();
  const shown = el("div", { class: "editor-picker stack tight" }, list, search, bring, found);
  return { shown, focus: search, read: () => (many ? [...chosen.values()] : [...chosen.keys()][0]) };
}
