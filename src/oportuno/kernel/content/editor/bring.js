// A picture, film, sound or file that is pasted or dropped into the text goes to the library, and stands where it was dropped.
import { el, upload } from "./dom.js";

const PLACES = [["image", "picture", /^image\//], ["video", "file", /^video\//], ["audio", "file", /^audio\//], ["file", "file", /./]];

// Which kind of card takes this file here, and where its library is; undefined where there is none.
function taker(file, settings) {
  for (const [kind, name, fits] of PLACES) {
    const part = settings.kinds[kind]?.parts.find((one) => one.name === name && one.upload);
    if (part && fits.test(file.type)) return { kind, name, url: part.upload };
  }
}

// Answers whether it takes them: if not, the browser goes on as usual.
export function bring(editor, files, place, settings) {
  const takers = [...files].map((file) => [file, taker(file, settings)]).filter(([, found]) => found);
  if (!takers.length) return false;
  all(editor, takers, place, settings);
  return true;
}

async function all(editor, takers, place, settings) {
  const { state } = settings;
  for (const [file, { kind, name, url }] of takers) {
    state.textContent = `${settings.words.bringing} ${file.name}`;
    delete state.dataset.kind;
    try {
      const told = await upload(url, file);
      const fields = { [name]: told.id, ...(kind === "image" && told.alt ? { alt: told.alt } : {}) };
      editor.chain().insertContentAt(Math.min(place, editor.state.doc.content.size), { type: "card", attrs: { kind, fields } }).run();
      state.textContent = "";
    } catch (refused) {
      state.textContent = "";
      const notice = el("div", { class: "notice bad", role: "alert" }, el("p", {}, refused.message || settings.words.undrawn),
        el("button", { type: "button", class: "button small", onclick: () => notice.remove() }, settings.words.remove));
      state.before(notice);
    }
  }
}
