// What lists do beyond HTML: whole rows to press, a selection that survives paging, a bar for what is selected.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// The whole row goes where its main link goes; text can still be selected, and other links keep their meaning.
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-row], .card[data-row]");
  if (!row || event.target.closest("a, button, input, label, select, summary") || String(getSelection())) return;
  const link = row.querySelector("a.row-link, a");
  if (!link) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener"); else link.click();
});

// Selection: kept for this visit under the list's name, so that it survives paging; sent as hidden inputs.
for (const form of all("form[data-selection]")) dress(form);
document.addEventListener("htmx:afterSettle", () => { for (const form of all("form[data-selection]:not([data-dressed])")) dress(form); });

function dress(form) {
  form.dataset.dressed = "";
  const key = `selection:${form.dataset.selection}`;
  const kept = new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
  const boxes = () => all("input[data-select]", form);
  const bar = form.querySelector(".bulk-bar");
  const every = form.querySelector("input[data-select-all]");
  let last = null;

  const show = () => {
    boxes().forEach((box) => { box.checked = kept.has(box.value); box.closest("tr")?.classList.toggle("selected", box.checked); });
    const here = boxes().filter((box) => box.checked).length;
    if (every) { every.checked = here > 0 && here === boxes().length; every.indeterminate = here > 0 && here < boxes().length; }
    if (bar) { bar.hidden = kept.size === 0; const count = bar.querySelector("[data-selected]"); if (count) count.textContent = String(kept.size); }
    sessionStorage.setItem(key, JSON.stringify([...kept]));
  };
  const keep = (box) => { if (box.checked) kept.add(box.value); else kept.delete(box.value); };

  if (every) every.hidden = false;
  if (bar) bar.classList.add("floating");
  form.addEventListener("click", (event) => {
    const box = event.target.closest("input[data-select]");
    if (!box) return;
    if (event.shiftKey && last) {
      const list = boxes();
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      list.slice(from, to + 1).forEach((other) => { other.checked = box.checked; keep(other); });
    }
    last = box;
    keep(box);
    show();
  });
  every?.addEventListener("change", () => { boxes().forEach((box) => { box.checked = every.checked; keep(box); }); show(); });
  form.querySelector("[data-select-none]")?.addEventListener("click", () => { kept.clear(); show(); });
  form.addEventListener("submit", () => {
    const shown = new Set(boxes().map((box) => box.value));
    const name = boxes()[0]?.name ?? "selected";
    for (const value of kept) if (!shown.has(value)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    sessionStorage.removeItem(key);
  });
  show();
}

// Galleries: a small picture shows itself large; without this file it is a link to the picture.
document.addEventListener("click", (event) => {
  const small = event.target.closest(".gallery-small a");
  if (!small || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const gallery = small.closest(".gallery");
  const large = gallery.querySelector(".gallery-large img");
  large.src = small.href;
  large.alt = small.querySelector("img").alt;
  all("a[aria-current]", gallery).forEach((other) => other.removeAttribute("aria-current"));
  small.setAttribute("aria-current", "true");
});

// Facets: on a phone the results come first; without this file they stand open above them.
const narrow = matchMedia("(max-width: 999px)");
const foldFacets = (root) => all("details.facets", root).forEach((facets) => { if (narrow.matches) facets.open = false; facets.dataset.folds = ""; });
foldFacets(document);
document.addEventListener("htmx:afterSwap", (event) => foldFacets(event.detail.target?.isConnected ? event.detail.target : document));
