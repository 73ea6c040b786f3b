// A map of our own: land and graticule from a file of ours, no tiles from anybody. The list beside it says the same.
// With data-map-pick it is for choosing a point: see ui/shop/point_picker.html.

const lines = (from, to, step) => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
const STEPS = [10, 10, 10, 10, 5, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];

for (const block of document.querySelectorAll("[data-map]")) {
  const start = () => ("mapPick" in block.dataset ? pick(block) : draw(block)).catch(() => block.querySelector("[data-map-ground]").remove());
  if (window.L) start(); else addEventListener("load", start, { once: true });
}

function unfold(block, maxZoom) {
  const ground = block.querySelector("[data-map-ground]");
  ground.hidden = false;
  block.classList.add("drawn");
  const map = L.map(ground, { zoomControl: false, attributionControl: false, scrollWheelZoom: false, minZoom: 2, maxZoom, fadeAnimation: false, keyboard: true });
  L.control.zoom({ zoomInTitle: block.dataset.zoomIn, zoomOutTitle: block.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  return map;
}

async function lay(map, block) {
  const land = await (await fetch(block.dataset.land)).json();
  const layer = L.geoJSON(land, { interactive: false, style: { className: "map-land" } }).addTo(map);
  const grid = L.layerGroup().addTo(map);
  const rule = () => {
    grid.clearLayers();
    const step = STEPS[map.getZoom()] ?? 1;
    const view = map.getBounds().pad(0.5);
    const [south, north, west, east] = [view.getSouth(), view.getNorth(), view.getWest(), view.getEast()].map((edge) => Math.round(edge / step) * step);
    for (const latitude of lines(south, north, step)) L.polyline([[latitude, west], [latitude, east]], { className: "map-grid", interactive: false }).addTo(grid);
    for (const longitude of lines(west, east, step)) L.polyline([[south, longitude], [north, longitude]], { className: "map-grid", interactive: false }).addTo(grid);
    layer.bringToFront();
    if ("mapPick" in block.dataset || map.getZoom() > 6) grid.eachLayer((line) => line.bringToFront());
  };
  map.on("moveend", rule);
  rule();
}

async function draw(block) {
  const points = [...block.querySelectorAll("[data-lat]")].map((item, index) => ({ item, index, at: [Number(item.dataset.lat), Number(item.dataset.lon)] }));
  if (!points.length) return block.querySelector("[data-map-ground]").remove();
  const map = unfold(block, 14);
  map.fitBounds(L.latLngBounds(points.map((point) => point.at)).pad(0.25), { maxZoom: points.length > 1 ? 9 : 6 });  // apart from each other, yet with a coast or a border in view
  await lay(map, block);
  for (const { item, index, at } of points) {
    const name = item.querySelector("strong").textContent;
    const icon = L.divIcon({ className: "map-pin", html: String(index + 1), iconSize: [30, 30] });
    const marker = L.marker(at, { icon, title: name, alt: name }).addTo(map);
    const show = () => { for (const other of block.querySelectorAll(".shown")) other.classList.remove("shown"); item.classList.add("shown"); marker.getElement().classList.add("shown"); };
    marker.on("click", () => { show(); item.scrollIntoView({ block: "nearest", behavior: "smooth" }); });
    item.addEventListener("mouseenter", show);
    item.addEventListener("focusin", show);
  }
}

// Leaflet takes text for HTML.
function label(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

// Choosing a point: press on the map, drag the mark, move it with the arrow keys, or let the device say where it is.
async function pick(block) {
  const [latitude, longitude, place] = ["latitude", "longitude", "place"].map((name) => document.getElementById(block.dataset[name]));
  const towns = JSON.parse(document.getElementById(block.dataset.towns).textContent);
  const words = block.querySelector("[data-map-words]");
  const typed = () => { const at = [latitude.value, longitude.value].map((text) => (text.trim() ? Number(text.replace(",", ".")) : NaN)); return at.some(Number.isNaN) ? null : at; };
  const town = () => towns[place.value] || towns[place.value.split("-").slice(0, 2).join("-")] || towns[place.value.split("-")[0]];
  const map = unfold(block, 17);
  let marker = null;

  const mark = (at, told = true) => {
    const icon = L.divIcon({ className: "map-pin shown", html: "", iconSize: [30, 30], iconAnchor: [0, 30] });
    if (marker) marker.setLatLng(at);
    else {
      marker = L.marker(at, { icon, draggable: true, keyboard: true, title: block.dataset.mark, alt: block.dataset.mark }).addTo(map);
      marker.on("drag", () => note(marker.getLatLng()));
      marker.getElement().addEventListener("keydown", nudge);
    }
    if (told) note(marker.getLatLng());
  };
  const note = ({ lat, lng }) => {
    latitude.value = lat.toFixed(6);
    longitude.value = lng.toFixed(6);
    latitude.form.dispatchEvent(new Event("input", { bubbles: true }));
    words.textContent = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
  };
  const nudge = (event) => {
    const way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 1 : 10; // pixels
    const at = map.unproject(map.project(marker.getLatLng()).add([way[0] * far, way[1] * far]));
    mark(at);
    if (!map.getBounds().contains(at)) map.panTo(at);
  };
  const look = () => { const there = typed(); if (there) { map.setView(there, Math.max(map.getZoom() || 0, 13)); mark(there, false); } else if (town()) map.setView(town().at, place.value.split("-").length > 2 ? 11 : 7); else map.setView([4, -74], 4); };

  look();
  await lay(map, block);
  for (const { name, at, town: isTown } of Object.values(towns)) if (isTown) L.circleMarker(at, { radius: 3, className: "map-town", interactive: false }).bindTooltip(label(name), { permanent: true, direction: "right", className: "map-town-name" }).addTo(map);
  map.on("zoomend", () => block.classList.toggle("far", map.getZoom() < 8));
  block.classList.toggle("far", map.getZoom() < 8);
  map.on("click", (event) => mark(event.latlng));
  map.getContainer().addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === map.getContainer()) { event.preventDefault(); mark(map.getCenter()); } });
  for (const input of [latitude, longitude]) input.addEventListener("change", look);
  place.addEventListener("change", () => { if (!typed()) look(); });
  const middle = block.querySelector("[data-map-middle]");
  middle.hidden = false;
  middle.addEventListener("click", () => { mark(map.getCenter()); marker.getElement().focus(); });
  const here = block.querySelector("[data-map-here]");
  if (!navigator.geolocation) return;
  here.hidden = false;
  here.addEventListener("click", () => {
    here.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { here.disabled = false; mark([coords.latitude, coords.longitude]); map.setView([coords.latitude, coords.longitude], 15); },
      () => { here.disabled = false; words.textContent = here.dataset.denied; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
