// Keeps what was written: in the form at once, on the server when one pauses, in the browser when the server cannot be reached.
import { send } from "./dom.js";
import { toBlocks } from "./blocks.js";

const PAUSE = 1500; // milliseconds without a key

export function keep(editor, field, state, settings) {
  const { words } = settings;
  const place = settings.keep ? `content ${settings.keep}` : "";
  let timer = 0;
  let last = field.value;
  const said = (text, kind = "") => { state.textContent = text; state.dataset.kind = kind; };
  async function save() {
    clearTimeout(timer);
    const value = field.value;
    if (!settings.keep || value === last) return;
    said(words.saving);
    try {
      const { at } = await send(settings.keep, { content: JSON.parse(value) }, "PUT");
      last = value;
      localStorage.removeItem(place);
      said(at ? `${words.saved} ${at}` : words.saved, "good");
    } catch (refused) {
      try { localStorage.setItem(place, value); } catch { /* a full browser: the form still holds it */ }
      said(refused.message || words.unsaved, "bad");
    }
  }
  editor.on("update", () => {
    field.value = JSON.stringify({ version: 1, blocks: toBlocks(editor.state.doc) });
    if (!settings.keep) return;
    said(words.changed);
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  addEventListener("beforeunload", (event) => { if (settings.keep && field.value !== last) { save(); event.preventDefault(); } });
  return place ? localStorage.getItem(place) : null;
}
