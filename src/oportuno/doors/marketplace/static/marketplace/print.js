// A button that prints this page. It keeps its place from the first paint; without scripts it is not there (guides.css).
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
