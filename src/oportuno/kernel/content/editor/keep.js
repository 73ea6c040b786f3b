// Keeps what was written: in the form at once, on the server when one pauses, in the browser when the server cannot be reached.
// Fields of the same form with data-keep="name" are kept along with the content.
import { send } from "./dom.js";
import { toBlocks } from "./blocks.js";

const PAUSE = 1500; // milliseconds without a key

export function keep(editor, field, state, settings) {
  const { words } = settings;
  const place = settings.keep ? `content ${settings.keep}` : "";
  const others = [...(field.form?.querySelectorAll("[data-keep]") ?? [])];
  const beside = (value = (one) => one.value) => Object.fromEntries(others.map((one) => [one.dataset.keep, value(one)]));
  const written = () => JSON.stringify([beside(), field.value]);
  let timer = 0;
  let last = JSON.stringify([beside(served), field.defaultValue]);
  const said = (text, kind = "") => { state.textContent = text; state.dataset.kind = kind; };
  async function save() {
    clearTimeout(timer);
    const now = written();
    if (!settings.keep || now === last) return;
    said(words.saving);
    try {
      const { at } = await send(settings.keep, { ...beside(), content: JSON.parse(field.value || '{"blocks": []}') }, "PUT");
      last = now;
      localStorage.removeItem(place);
      said(at ? `${words.saved} ${at}` : words.saved, "good");
    } catch (refused) {
      try { localStorage.setItem(place, field.value); } catch { /* a full browser: the form still holds it */ }
      said(refused.message || words.unsaved, "bad");
    }
  }
  function changed() {
    if (!settings.keep) return;
    said(words.changed);
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }
  editor.on("update", () => {
    field.value = JSON.stringify({ version: 1, blocks: toBlocks(editor.state.doc) });
    changed();
  });
  for (const one of others) one.addEventListener("input", changed);
  if (written() !== last) changed(); // typed while this script was still on its way
  field.form?.addEventListener("submit", () => { clearTimeout(timer); last = written(); localStorage.removeItem(place); });
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  addEventListener("beforeunload", (event) => { if (settings.keep && written() !== last) { save(); event.preventDefault(); } });
  return place ? localStorage.getItem(place) : null;
}

// What the page came with, whatever was typed since.
function served(one) {
  if (!one.options) return one.defaultValue;
  return ([...one.options].find((option) => option.defaultSelected) ?? one.options[0])?.value ?? "";
}
