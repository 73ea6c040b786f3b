// Where the eye should rest: pressed or dragged on the picture, or moved with the arrow keys. Without this file two numbers say it.
for (const place of document.querySelectorAll("[data-focus]")) dress(place);

function dress(place) {
  const [x, y] = ["focus_x", "focus_y"].map((name) => document.querySelector(`input[name=${name}]`));
  if (!x || !y) return;
  const point = document.createElement("button");
  point.type = "button";
  point.className = "media-point";
  place.append(point);
  place.dataset.ready = "";
  document.querySelector("[data-focus-numbers]").hidden = true;

  const within = (value) => Math.max(0, Math.min(100, Math.round(value)));
  function show() {
    point.style.left = `${x.value || 50}%`;
    point.style.top = `${y.value || 50}%`;
    point.setAttribute("aria-label", `${place.dataset.label} ${x.value || 50} %, ${y.value || 50} %`);
    for (const crop of document.querySelectorAll("[data-crop]")) crop.style.objectPosition = `${x.value || 50}% ${y.value || 50}%`;
  }
  function put(left, top) {
    x.value = within(left);
    y.value = within(top);
    x.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }
  function at(event) {
    const box = place.querySelector("img").getBoundingClientRect();
    put(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  }
  place.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    point.focus();
    place.setPointerCapture(event.pointerId);
    at(event);
  });
  place.addEventListener("pointermove", (event) => { if (place.hasPointerCapture(event.pointerId)) at(event); });
  point.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 2;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (!by) return;
    event.preventDefault();
    put(Number(x.value || 50) + by[0], Number(y.value || 50) + by[1]);
  });
  show();
}
