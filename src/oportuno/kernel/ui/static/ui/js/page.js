// What every page does: menus, dialogs, side panels, theme, toasts, copying, shortcuts. Pages work without it.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

for (const element of all("[data-theme-switch], [data-copy], [data-back]")) element.hidden = false;
for (const tab of all(".tabs [aria-current]")) { const row = tab.closest(".tabs"); row.scrollLeft = tab.offsetLeft - row.offsetLeft - 48; }  // on a phone the rest of the row is beyond the edge

document.addEventListener("click", (event) => {
  const target = event.target;
  for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  const press = (selector, act) => { const found = target.closest(selector); if (found) act(found, event); };
  press("[data-theme-switch]", switchTheme);
  press("[data-open]", (button) => open(button.dataset.open));
  press("[data-open-nav]", openNavigation);
  press(".desk-nav-close", closeNavigation);
  press("[data-copy]", copy);
  press("[data-close-toast]", (button) => button.closest(".toast").remove());
  press("[data-back]", () => history.back());
  if (target instanceof HTMLDialogElement && outside(target, event)) target.close();
});

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

// Theme: light, dark, kept for a year in a cookie that the server reads too.
function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

// The desk's navigation is a drawer on a phone; without this file the address's fragment opens it.
function openNavigation(_link, event) {
  event.preventDefault();
  const nav = document.getElementById("desk-nav");
  nav.dataset.open = "";
  one("a", nav).focus();
}

function closeNavigation(link, event) {
  const nav = document.getElementById("desk-nav");
  if (!nav || !("open" in nav.dataset)) return; // pages of the market have no such drawer
  event?.preventDefault();
  delete nav.dataset.open;
  one(".desk-nav-open")?.focus();
}

document.addEventListener("pointerdown", (event) => {
  const nav = one(".desk-nav[data-open]");
  if (nav && !nav.contains(event.target)) { event.preventDefault(); closeNavigation(); }
});

// Menus: arrows move, Escape closes and gives the focus back.
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (event.key === "Escape") {
    if (menu) { menu.open = false; one("summary", menu).focus(); }
    closeNavigation();
  }
  if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const items = all(".menu-list a, .menu-list button", menu);
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items.at(next % items.length)?.focus();
  }
});

// The card of a word of the glossary is the style sheet's; Escape puts it away until one leaves the word.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const link of all(".term-link:is(:hover, :focus-visible)")) {
    link.dataset.quiet = "";
    for (const leaving of ["pointerleave", "blur"]) link.addEventListener(leaving, () => delete link.dataset.quiet, { once: true });
  }
});

// Shortcuts: "/" goes to the search box, "?" shows them all, and any element may name its own in data-shortcut.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "?") return open("shortcuts");
  const wanted = all("[data-shortcut]").find((element) => element.dataset.shortcut === event.key && element.offsetParent !== null);
  if (!wanted) return;
  event.preventDefault();
  if (typing(wanted)) { wanted.focus(); wanted.select?.(); } else wanted.click();
});

async function copy(button) {
  const text = one("[data-copy-from]", button.parentElement).textContent.trim();
  await navigator.clipboard.writeText(text);
  const word = one("span", button);
  const before = word.textContent;
  word.textContent = "✓";
  setTimeout(() => { word.textContent = before; }, 1500);
}

// Toasts: what the server said goes away by itself, unless it is bad news or somebody is reading it.
export function toast(sentence, kind = "info") {
  const element = one("#toast").content.firstElementChild.cloneNode(true);
  element.dataset.kind = kind;
  one("p", element).textContent = sentence;
  one("#toasts").append(element);
  settle(element);
}

function settle(element) {
  if (["error", "warning"].includes(element.dataset.kind)) return;
  const leave = () => (element.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : element.remove());
  setTimeout(leave, 7000);
}

for (const element of all("#toasts .toast")) {
  if (!one("button", element)) element.append(one("#toast button, button", one("#toast").content).cloneNode(true));
  settle(element);
}
document.addEventListener("oportuno:toast", (event) => toast(event.detail.sentence, event.detail.kind));

// htmx: a form that came back with errors is shown; a refusal becomes a toast; a page that we cannot reach says so.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  const refusal = one("[data-refusal] h1, [data-refusal] p", new DOMParser().parseFromString(xhr.responseText, "text/html"));
  if (refusal) { toast(refusal.textContent.trim(), "error"); event.detail.shouldSwap = false; return; }
  event.detail.shouldSwap = xhr.status === 422;
  event.detail.isError = xhr.status !== 422;
});
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline || "…", "error"));
document.addEventListener("htmx:afterSettle", (event) => {
  for (const element of all("[data-copy]", event.detail.elt)) element.hidden = false;
  const dialog = event.detail.target?.closest?.("dialog");
  if (dialog && !dialog.open) dialog.showModal();
});
