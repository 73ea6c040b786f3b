// What forms do beyond HTML: send once, keep what was typed, preview files, count, suggest. They work without it.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// One press, one effect: the button says it is busy and a second press does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sending !== undefined) return event.preventDefault();
  const heavy = all("input[type=file][data-most]", form).filter(tooHeavy);
  if (heavy.length) { heavy[0].focus(); return event.preventDefault(); }
  if (form.method === "post") {
    form.dataset.sending = "";
    const button = event.submitter;
    if (button) setTimeout(() => { button.dataset.busy = ""; button.setAttribute("aria-busy", "true"); });
  }
  delete form.dataset.changed;
});
function rest(form) {
  delete form.dataset.sending;
  for (const button of all("[data-busy]", form)) { delete button.dataset.busy; button.removeAttribute("aria-busy"); }
}
addEventListener("pageshow", () => all("form[data-sending]").forEach(rest));
document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form"); if (form) rest(form); });

// Nothing typed is lost: forms marked data-guard ask before they are left.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "guard" in form.dataset) form.dataset.changed = "";
});
addEventListener("beforeunload", (event) => { if (document.querySelector("form[data-guard][data-changed]")) event.preventDefault(); });

// Filters answer at once, a moment after the last key; without JavaScript there is a button.
let waiting;
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-auto]");
  if (form && event.target.type !== "search") form.requestSubmit();
});
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-auto-typing]");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(), 400);
});

// Files: what was chosen is shown, a drop zone takes what is dropped.
document.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  show(event.target);
  tooHeavy(event.target);
});
// A file that is bigger than the form takes is told at once, and not sent: two gigabytes take an hour, and are refused then.
function tooHeavy(input) {
  const told = input.closest(".field")?.querySelector("[data-heavy]");
  if (!told) return false;
  told.hidden = ![...input.files].some((file) => file.size > Number(input.dataset.most));
  input.setAttribute("aria-invalid", String(!told.hidden));
  return !told.hidden;
}
function show(input) {
  const list = input.closest(".drop-zone, .field")?.querySelector("[data-files]");
  if (!list) return;
  for (const image of all("img", list)) URL.revokeObjectURL(image.src);
  list.replaceChildren(...[...input.files].map(line));
}
function line(file) {
  const item = document.createElement("li");
  if (/^image\/(png|jpeg|webp|gif|avif)$/.test(file.type)) {
    const image = new Image(56, 56);
    image.src = URL.createObjectURL(file);
    image.alt = "";
    item.append(image);
  }
  const size = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: file.size < 1e6 ? "kilobyte" : "megabyte", maximumFractionDigits: 1 });
  item.append(`${file.name} · ${size.format(file.size / (file.size < 1e6 ? 1e3 : 1e6))}`);
  return item;
}
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.(".drop-zone");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Quantities: the buttons beside the number.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const input = button.closest(".quantity").querySelector("input");
  if (button.dataset.step === "1") input.stepUp(); else input.stepDown();
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
for (const button of all("[data-step]")) button.hidden = false;

// Letters left, for fields that have a most.
document.addEventListener("input", (event) => {
  const counter = event.target.closest?.(".field")?.querySelector("[data-left]");
  if (counter && event.target.maxLength > 0) counter.textContent = `${event.target.value.length} / ${event.target.maxLength}`;
});

// Tags: words one writes, comma or Enter between; the input that is sent holds them all.
for (const input of all("input[data-tags]")) dressTags(input);
function dressTags(input) {
  const box = document.createElement("span");
  box.className = "tag-box";
  const entry = input.cloneNode();
  entry.removeAttribute("name");
  entry.removeAttribute("data-tags");
  entry.removeAttribute("required");
  entry.value = "";
  const words = () => input.value.split(",").map((word) => word.trim()).filter(Boolean);
  const put = (list) => { input.value = [...new Set(list)].join(", "); draw(); input.dispatchEvent(new Event("input", { bubbles: true })); };
  function draw() {
    for (const chip of all(".chip", box)) chip.remove();
    words().forEach((word) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip chosen";
      chip.textContent = `${word} ×`;
      chip.addEventListener("click", () => put(words().filter((other) => other !== word)));
      entry.before(chip);
    });
  }
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !entry.value) put(words().slice(0, -1));
    if ((event.key === "Enter" || event.key === ",") && entry.value.trim()) { event.preventDefault(); put([...words(), entry.value.trim()]); entry.value = ""; }
  });
  entry.addEventListener("blur", () => { if (entry.value.trim()) { put([...words(), entry.value.trim()]); entry.value = ""; } });
  input.type = "hidden";
  input.removeAttribute("id");
  input.after(box);
  box.append(entry);
  draw();
}

// Suggestions while typing: data-suggest is an address that answers [{"label", "url"?, "hint"?}] to ?q=.
for (const input of all("input[data-suggest]")) dressSuggestions(input);
function dressSuggestions(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  let asked = 0, at = -1, timer;
  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (item) => { if (item.dataset.url) location.assign(item.dataset.url); else { input.value = item.dataset.label; close(); input.form?.requestSubmit(); } };
  async function ask() {
    const turn = ++asked;
    if (input.value.trim().length < 2) return close();
    const url = new URL(input.dataset.suggest, location.href);
    url.searchParams.set("q", input.value);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (turn !== asked || !answer?.ok) return;
    const found = await answer.json();
    list.replaceChildren(...found.map((one, index) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `${list.id}-${index}`, textContent: one.label });
      Object.assign(item.dataset, { label: one.label, ...(one.url?.startsWith("/") ? { url: one.url } : {}) });
      item.setAttribute("role", "option");
      if (one.hint) { const hint = document.createElement("small"); hint.textContent = one.hint; item.append(hint); }
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(item); });
      return item;
    }));
    list.hidden = !found.length;
    at = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const items = [...list.children];
    if (event.key === "Escape") { event.preventDefault(); return close(); }
    if (event.key === "Enter" && at >= 0) { event.preventDefault(); return choose(items[at]); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    at = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    input.setAttribute("aria-activedescendant", items[at].id);
  });
}
