// Forms in pages that are the same for everybody: whoever agreed to be recognised is asked only what is not known of her;
// what is on its way is not sent twice.
const known = /(?:^|; )notice=yes(?:;|$)/.test(document.cookie);

async function ask(form) {
  const address = new URL(form.dataset.siteForm, location.href);
  if (!known || address.pathname === location.pathname) return;
  address.searchParams.set("parte", "1");
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || form.contains(document.activeElement) || form.dataset.begun) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  form.replaceWith(...drawn.childNodes);
}

for (const form of document.querySelectorAll("form[data-site-form]")) {
  form.addEventListener("input", () => { form.dataset.begun = "yes"; }, { once: true });
  ask(form);
}

addEventListener("submit", (event) => {
  const button = event.target.matches("form[data-site-form]") && event.submitter;
  if (button) setTimeout(() => { button.disabled = true; });
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const button of document.querySelectorAll("form[data-site-form] button")) button.disabled = false;
});
