// Several files at once, each with its progress; one that fails stops no other. Without this file the form sends them all together.
const AT_ONCE = 2;

for (const form of document.querySelectorAll("form[data-upload]")) dress(form);

function dress(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-progress]");
  const waiting = [];
  let running = 0, brought = 0, failed = 0;
  form.querySelector("[data-press]").hidden = true;

  input.addEventListener("change", () => {
    for (const file of input.files) waiting.push([file, line(file)]);
    input.value = "";
    form.querySelector("[data-files]")?.replaceChildren();
    next();
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length || event.target.closest("input, textarea, [contenteditable]")) return;
    input.files = event.clipboardData.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `${form.dataset.working}: ${file.name}`);
    item.append(name, bar);
    list.append(item);
    return item;
  }

  function next() {
    while (running < AT_ONCE && waiting.length) send(...waiting.shift());
    if (running || !brought) return;
    if (!failed) location.reload();
    else if (!form.querySelector("[data-show]")) {
      const show = document.createElement("a");
      show.href = location.href;
      show.dataset.show = "";
      show.textContent = form.dataset.again;
      list.after(show);
    }
  }

  function send(file, item) {
    running += 1;
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "folder"]) body.append(name, form.elements[name].value);
    body.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    const bar = item.querySelector("progress");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (event.loaded / event.total) * 95; });
    request.addEventListener("load", () => (request.status === 200 ? done(item, file, request.response) : fail(item, request.response?.detail)));
    request.addEventListener("error", () => fail(item));
    request.addEventListener("loadend", () => { running -= 1; next(); });
    request.send(body);
  }

  function done(item, file, told) {
    brought += 1;
    const link = document.createElement("a");
    link.href = told.href;
    link.textContent = `${form.dataset.done}: ${file.name}`;
    item.replaceChildren(link);
  }

  function fail(item, why) {
    failed += 1;
    item.className = "failed";
    item.setAttribute("role", "alert");
    item.textContent = `${item.firstChild.textContent}: ${why || form.dataset.failed}`;
  }
}
