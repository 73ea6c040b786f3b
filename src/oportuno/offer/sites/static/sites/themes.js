// A theme is seen while one chooses; without this there is the button "Look at it".
const form = document.querySelector("[data-theme-fitting]");
if (form) fit(form);

function fit(form) {
  const frame = form.querySelector("[data-preview]");
  const readings = form.querySelector("[data-readings]");
  const page = form.elements.pagina;
  let waiting, last = 0;

  form.querySelector('[name="do"][value="try"]').hidden = true;
  form.addEventListener("input", (event) => {
    if (event.target === page || event.target.name === "ancho") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(event.target.name === "variation"), 200);
  });
  page.addEventListener("change", () => ask(true));
  form.addEventListener("click", (event) => {
    const offered = event.target.closest("[data-use]");
    if (!offered) return;
    event.preventDefault();
    const field = form.elements[offered.dataset.use];
    field.value = offered.dataset.colour;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  // A site that follows the reader's device is looked at in both.
  const grounds = form.querySelector("[data-grounds]");
  if (grounds) grounds.hidden = false;
  grounds?.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-ground]")?.dataset.ground;
    if (wanted && frame.contentDocument) frame.contentDocument.documentElement.dataset.theme = wanted;
  });

  async function ask(anew) {
    const mine = ++last;
    const said = new FormData(form);
    said.delete("idempotency_key"); // it is for keeping: one tries on as often as one likes, there and back
    const answer = await fetch(form.dataset.themeFitting, { method: "POST", body: said, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok || mine !== last) return;
    const told = await answer.json();
    if (mine !== last) return;
    readings.innerHTML = told.readings;
    if (anew) palette(told.palette);
    dress(told, anew);
  }

  // Another variation has other colours: the fields show them.
  function palette(colours) {
    for (const [name, colour] of Object.entries(colours ?? {})) if (form.elements[name]) form.elements[name].value = colour;
  }

  // Only the style sheet and the form of the page change, so that one stays where one was reading.
  function dress(told, anew) {
    const inside = frame.contentDocument;
    const old = inside?.querySelector('link[rel="stylesheet"]');
    if (anew || !old) { frame.src = `${told.address}?pagina=${page.value}`; return; }
    const fresh = inside.createElement("link");
    fresh.rel = "stylesheet";
    fresh.href = told.stylesheet;
    fresh.addEventListener("load", () => { old.remove(); inside.body.className = told.classes; ground(inside.documentElement, told.ground); });
    old.after(fresh);
  }

  function ground(root, shown) {
    if (shown) root.dataset.theme = shown; else delete root.dataset.theme;
  }
}
