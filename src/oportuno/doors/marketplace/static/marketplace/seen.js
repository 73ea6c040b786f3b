// Products that were looked at stand on the next pages, in this browser only: nothing of it is sent but the question for
// their cards. Only after a yes to being recognised (the cookie `notice`); a no forgets them. Without this file: nothing.
const KEY = "products-seen";
const MOST = 7; // one more than are shown: the page's own is not

const agreed = () => /(?:^|; )notice=yes/.test(document.cookie);
const kept = () => { try { return JSON.parse(localStorage.getItem(KEY) || "[]").filter((one) => typeof one === "string"); } catch { return []; } };
const forget = () => localStorage.removeItem(KEY);

const section = document.querySelector("[data-seen]");
const own = section.dataset.seenOwn;

function remember() {
  if (!agreed()) return forget();
  if (own) localStorage.setItem(KEY, JSON.stringify([own, ...kept().filter((one) => one !== own)].slice(0, MOST)));
}

async function show() {
  const others = kept().filter((one) => one !== own);
  if (!others.length) return;
  const answer = await fetch(`${section.dataset.seen}?${new URLSearchParams(others.slice(0, MOST - 1).map((one) => ["p", one]))}`);
  if (!answer.ok) return;
  const cards = await answer.text();
  if (!cards.trim()) return;
  section.querySelector("[data-seen-cards]").innerHTML = cards;
  section.hidden = false;
}

if (agreed()) await show().catch(() => {});
remember();
addEventListener("pagehide", remember); // who says yes or no on this very page
section.querySelector("[data-seen-forget]").addEventListener("click", () => { forget(); section.hidden = true; removeEventListener("pagehide", remember); });
