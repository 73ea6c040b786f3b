// What Word and Google Docs put on the clipboard, as plain semantic HTML; the schema drops the rest.

const DROPPED = "style, script, meta, link, title, xml, o\\:p, [data-style*='mso-hide:all']";
const ASIDE = /<style[\s\S]*?<\/style>|<!--\[if[\s\S]*?<!\[endif\]-->|<!\[(?:if|endif)[^>]*>/gi;
const NOT_BOLD = /(^|;)\s*font-weight:\s*(normal|400)/i;

// Styles are read, never applied: the content security policy would complain of each.
const inert = (html) => html.replace(ASIDE, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));

export function clean(html) {
  const page = new DOMParser().parseFromString(inert(html), "text/html");
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  for (const wrapper of page.querySelectorAll("b[data-style]")) if (NOT_BOLD.test(wrapper.dataset.style)) unwrap(wrapper);
  for (const span of page.querySelectorAll("span[data-style]")) styled(span);
  for (const title of page.querySelectorAll("h1")) rename(title, "h2");
  for (const title of page.querySelectorAll("h5, h6, p.MsoTitle, p.MsoSubtitle")) rename(title, title.matches(".MsoTitle") ? "h2" : "h4");
  wordLists(page);
  for (const empty of page.querySelectorAll("p, span")) if (!empty.textContent.replaceAll("\u00a0", "").trim() && !empty.querySelector("img, br")) empty.remove();
  return page.body.innerHTML.replaceAll("\u00a0", " ");
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function rename(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

// Google Docs writes emphasis as styles.
function styled(span) {
  const style = span.dataset.style.replaceAll(" ", "").toLowerCase();
  const weight = /font-weight:(\d+|bold)/.exec(style)?.[1];
  if (weight === "bold" || Number(weight) >= 600) wrap(span, "strong");
  if (style.includes("font-style:italic")) wrap(span, "em");
  if (style.includes("text-decoration:line-through")) wrap(span, "s");
  if (style.includes("vertical-align:super")) wrap(span, "sup");
  if (style.includes("vertical-align:sub")) wrap(span, "sub");
}

function wrap(element, name) {
  if (element.closest(`${name}, h1, h2, h3, h4`)) return;
  const around = element.ownerDocument.createElement(name);
  around.append(...element.childNodes);
  element.append(around);
}

// Word writes a list as paragraphs with a bullet typed before each; its level stands in a style.
function wordLists(page) {
  let open = [];
  for (const line of [...page.querySelectorAll("p")]) {
    const said = /mso-list:\s*l\d+\s+level(\d+)/.exec(line.dataset.style ?? "");
    if (!said) { open = []; continue; }
    const level = Math.min(Number(said[1]), 5);
    const bullet = line.querySelector("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']");
    const numbered = /^\s*(\d+|[a-z])[.)]/i.test(bullet?.textContent ?? "");
    bullet?.remove();
    open.length = Math.min(open.length, level);
    while (open.length < level) {
      const list = page.createElement(numbered ? "ol" : "ul");
      const above = open.at(-1);
      if (above) (above.lastElementChild ?? above.appendChild(page.createElement("li"))).append(list);
      else line.before(list);
      open.push(list);
    }
    const item = page.createElement("li");
    item.append(...line.childNodes);
    open.at(-1).append(item);
    line.remove();
  }
}
