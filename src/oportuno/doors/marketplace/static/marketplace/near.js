// "Near me": the browser asks where one is only when the button is pressed. Without this file one types a city.

function dress(form) {
  const button = form.querySelector("[data-near-ask]");
  if (!button || !navigator.geolocation || "dressed" in form.dataset) return;
  form.dataset.dressed = "";
  button.hidden = false;
  button.addEventListener("click", () => {
    const words = form.querySelector("[data-near-words]");
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        for (const [name, value] of [["lat", coords.latitude], ["lon", coords.longitude]]) {
          const input = form.elements[name];
          input.disabled = false;
          input.value = value.toFixed(4);
        }
        form.requestSubmit();
      },
      () => { words.textContent = button.dataset.denied; button.disabled = false; },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}

const all = () => document.querySelectorAll("form[data-near]").forEach(dress);
all();
document.addEventListener("htmx:afterSettle", all);
