// Asks once whether a visitor may be recognised, and tells the market which page is read, only after a yes.
const notice = document.querySelector("[data-visit-notice]");
const chosen = () => document.cookie.match(/(?:^|; )notice=(yes|no)/)?.[1];

function tell() {
  const about = document.querySelector('meta[name="page-about"]')?.content.split(":") ?? [];
  const said = { path: location.pathname, referrer: document.referrer, kind: about[0], page: about[1] };
  navigator.sendBeacon(notice.dataset.beacon, JSON.stringify(said));
}

async function choose(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const body = new URLSearchParams({ choice: event.submitter.value });
  notice.hidden = true;
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (chosen() === "yes") tell();
}

if (notice) {
  if (chosen() === "yes") tell();
  else if (!chosen()) {
    notice.hidden = false;
    notice.querySelector("form").addEventListener("submit", choose);
  }
}
