// A map of our own: land and graticule from a file of ours, no tiles from anybody. The list beside it says the same.

const lines = (from, to, step) => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

for (const block of document.querySelectorAll("[data-map]")) {
  const start = () => draw(block).catch(() => block.querySelector("[data-map-ground]").remove());
  if (window.L) start(); else addEventListener("load", start, { once: true });
}

async function draw(block) {
  const ground = block.querySelector("[data-map-ground]");
  const points = [...block.querySelectorAll("[data-lat]")].map((item, index) => ({ item, index, at: [Number(item.dataset.lat), Number(item.dataset.lon)] }));
  if (!points.length) return ground.remove();
  ground.hidden = false;
  block.classList.add("drawn");
  const map = L.map(ground, { zoomControl: false, attributionControl: false, scrollWheelZoom: false, minZoom: 2, maxZoom: 14, fadeAnimation: false, keyboard: true });
  L.control.zoom({ zoomInTitle: block.dataset.zoomIn, zoomOutTitle: block.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const bounds = L.latLngBounds(points.map((point) => point.at));
  map.fitBounds(bounds.pad(0.25), { maxZoom: 6 });
  const land = await (await fetch(block.dataset.land)).json();
  const layer = L.geoJSON(land, { interactive: false, style: { className: "map-land" } }).addTo(map);
  const grid = L.layerGroup().addTo(map);
  const rule = () => {
    grid.clearLayers();
    const step = [10, 10, 10, 10, 5, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005][map.getZoom()] ?? 1;
    const view = map.getBounds().pad(0.5);
    const [south, north, west, east] = [view.getSouth(), view.getNorth(), view.getWest(), view.getEast()].map((edge) => Math.round(edge / step) * step);
    for (const latitude of lines(south, north, step)) L.polyline([[latitude, west], [latitude, east]], { className: "map-grid", interactive: false }).addTo(grid);
    for (const longitude of lines(west, east, step)) L.polyline([[south, longitude], [north, longitude]], { className: "map-grid", interactive: false }).addTo(grid);
    layer.bringToFront();
  };
  map.on("moveend", rule);
  rule();
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
