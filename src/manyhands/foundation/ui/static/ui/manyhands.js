{
// A chart as a file: PNG or SVG that looks as on the page, or its table as CSV.
// Styles come from the page's sheet, so each shape's computed look is written into the copy.
const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "font-stretch", "letter-spacing", "text-anchor",
  "paint-order", "vector-effect", "overflow", "display", "visibility"];
const SVG = "http://www.w3.org/2000/svg";
const ROOM = 24;
const LINE = 20;

const dressed = (plot) => {
  const copy = plot.cloneNode(true);
  const originals = [plot, ...plot.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, at) => {
    const look = getComputedStyle(originals[at]);
    for (const name of LOOKS) {
      const value = look.getPropertyValue(name);
      if (value) element.setAttribute(name, value);
    }
    for (const name of ["class", "style", "tabindex"]) element.removeAttribute(name);
    if (element.localName === "a") element.removeAttribute("href");
  });
  return copy;
};

const make = (name, attributes = {}, text = "") => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

const ruler = document.createElement("canvas").getContext("2d");
const wrapped = (text, width, font) => {
  const lines = [""];
  ruler.font = font;
  for (const word of text.trim().split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (ruler.measureText(longer).width > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.filter(Boolean);
};

// Our typefaces travel inside the file, so that it looks the same where they are not installed.
const faces = () => [...document.styleSheets]
  .flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href })))
  .filter(({ rule }) => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("unicode-range").startsWith("U+0-"));

const encoded = async (address) => {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

const typefaces = async () => {
  const written = await Promise.all(faces().map(async ({ rule, base }) => {
    const address = new URL(/url\("?([^")]+)/.exec(rule.style.getPropertyValue("src"))[1], base);
    const family = rule.style.getPropertyValue("font-family");
    return `@font-face{font-family:${family};font-weight:200 800;src:url(data:font/woff2;base64,${await encoded(address)})}`;
  }));
  return make("style", {}, written.join(""));
};

// The finding above, the picture, the axis and the legend, and the source below: the file must speak for itself.
const poster = async (figure) => {
  const plot = figure.querySelector("svg.plot");
  const { width, height } = plot.getBoundingClientRect();
  const page = getComputedStyle(document.body);
  const words = (selector) => [...figure.querySelectorAll(selector)].map((part) => part.textContent.trim()).filter(Boolean);
  const ink = page.color;
  const font = page.fontFamily;
  const display = getComputedStyle(figure.querySelector(".chart-title")).fontFamily;
  const rows = [];
  const add = (text, size, weight = 450, family = font) => {
    for (const line of wrapped(text, width, `${weight} ${size}px ${family}`)) rows.push({ line, size, weight });
  };
  add(words(".chart-title").join(" "), 20, 650, display);
  const headRows = rows.length;
  for (const part of figure.querySelectorAll(".plot-y, .plot-x")) {
    const axis = [...part.children].map((word) => word.textContent.trim()).filter(Boolean).join(" · ");
    add(`${part.matches(".plot-y") ? "↑" : "→"} ${axis}`, 13);
  }
  add(words(".chart-source").join(" "), 13);
  const top = ROOM + headRows * 26;
  const keys = [...figure.querySelectorAll(".legend li")];
  const below = (rows.length - headRows + keys.length) * LINE + LINE;
  const [full, tall] = [Math.ceil(width) + 2 * ROOM, Math.ceil(top + height + below) + 2 * ROOM];
  const out = make("svg", { xmlns: SVG, width: full, height: tall, viewBox: `0 0 ${full} ${tall}`, "font-family": font });
  out.append(await typefaces());
  out.append(make("rect", { width: "100%", height: "100%", fill: page.backgroundColor }));
  rows.slice(0, headRows).forEach((row, at) => out.append(
    make("text", { x: ROOM, y: ROOM + 20 + at * 26, fill: ink, "font-size": row.size, "font-weight": row.weight, "font-family": display }, row.line)));
  const picture = dressed(plot);
  for (const [key, value] of Object.entries({ x: ROOM, y: top + ROOM / 2, width, height, overflow: "visible" })) {
    picture.setAttribute(key, value);
  }
  out.append(picture);
  let y = top + height + ROOM / 2 + LINE;
  for (const key of keys) {
    const sign = key.querySelector("svg");
    if (sign) {
      const drawn = dressed(sign);
      for (const [name, value] of Object.entries({ x: ROOM, y: y - 2, width: 16, height: 16 })) drawn.setAttribute(name, value);
      out.append(drawn);
    }
    out.append(make("text", { x: ROOM + 24, y: y + 10, fill: ink, "font-size": 13 }, key.textContent.trim()));
    y += LINE;
  }
  rows.slice(headRows).forEach((row, at) => out.append(
    make("text", { x: ROOM, y: y + 10 + at * LINE, fill: ink, "font-size": row.size }, row.line)));
  return out;
};

const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const asSvg = async (figure) => new Blob([new XMLSerializer().serializeToString(await poster(figure))], { type: "image/svg+xml" });

const asPng = async (figure) => {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await (await asSvg(figure)).text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
};

// The same caution as on the server: a cell must not begin like a formula, unless it is a plain number.
const cell = (text) => {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};
const asCsv = (figure) => {
  const rows = [...figure.querySelectorAll(".as-table tr")].map((row) => [...row.cells].map((part) => cell(part.textContent.trim())));
  return new Blob(["\ufeff", rows.map((row) => row.join(",")).join("\r\n"), "\r\n"], { type: "text/csv" });
};

const WAYS = { png: asPng, svg: asSvg, csv: asCsv };
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-chart-download]");
  const figure = button?.closest(".chart");
  if (!figure) return;
  const kind = button.dataset.chartDownload;
  save(await WAYS[kind](figure), `${figure.id || "chart"}.${kind}`);
});
}
{
// <button data-opens="withdraw"> opens <dialog id="withdraw">; [data-closes] closes it.
// <input data-type-to-go-on="withdraw"> keeps the form's submit button shut until the word stands there.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
  if (event.target.matches("dialog.dialog:modal")) event.target.close();
});

const guard = (field) => {
  const button = field.form?.querySelector("[type=submit]");
  const typed = field.value.trim().toLocaleLowerCase();
  if (button) button.disabled = typed !== field.dataset.typeToGoOn.trim().toLocaleLowerCase();
};
document.addEventListener("input", (event) => { if (event.target.matches("[data-type-to-go-on]")) guard(event.target); });

const start = (root) => {
  for (const field of root.querySelectorAll("[data-type-to-go-on]")) guard(field);
  for (const field of root.querySelectorAll(".range-field input")) show(field);
};
const show = (field) => { field.closest(".range-field").querySelector("output").value = field.value; };
document.addEventListener("input", (event) => { if (event.target.closest(".range-field")) show(event.target); });
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
}
{
// What is typed into <form data-keep> stays on this device until it is sent: through a lost connection, a closed
// page, an expired session. `data-keep="name"` tells forms at one address apart. Passwords and files are not kept.
const PREFIX = "draft:";
const DAYS = 14;
const key = (form) => `${PREFIX}${location.pathname}#${form.dataset.keep || form.id}`;
const kept = (field) => field.name && field.name !== "csrfmiddlewaretoken"
  && !["password", "file", "hidden", "submit", "button"].includes(field.type);
const valueOf = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);

const read = (form) => {
  try {
    const draft = JSON.parse(localStorage.getItem(key(form)));
    return draft && Date.now() - draft.at < DAYS * 86400e3 ? draft : null;
  } catch { return null; }
};

const save = (form) => {
  const fields = [...form.elements].filter(kept).map((field) => [field.name, field.value, valueOf(field)]);
  try { localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), fields })); } catch { /* nothing to be done */ }
};

const forget = (form) => { try { localStorage.removeItem(key(form)); } catch { /* nothing was kept */ } };

const restore = (form) => {
  // A form that comes back with errors already holds the words that were sent; they are newer than the draft.
  const draft = form.querySelector("[aria-invalid=true]") ? null : read(form);
  let changed = false;
  for (const field of draft ? [...form.elements].filter(kept) : []) {
    const choosing = ["checkbox", "radio"].includes(field.type);
    const found = draft.fields.find(([name, value]) => name === field.name && (!choosing || value === field.value));
    if (!found || valueOf(field) === found[2]) continue;
    if (choosing) field.checked = found[2]; else field.value = found[2];
    changed = true;
  }
  const note = form.querySelector("[data-kept-note]");
  // Called again when htmx has looked at the page: what was said stays said.
  if (note && changed) note.hidden = false;
};

const start = (root) => { for (const form of root.querySelectorAll("form[data-keep]")) restore(form); };

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (form) save(form);
});
// A plain form leaves the page: whether it arrived is known only when the next page says so with a success message.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-keep]")) return;
  save(form);
  try { sessionStorage.setItem("draft-sent", key(form)); } catch { /* it will be offered once more */ }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form && event.detail.successful) forget(form);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-forget-draft]");
  if (!button) return;
  const form = button.closest("form");
  forget(form);
  form.reset();
  button.closest("[data-kept-note]").hidden = true;
});

try {
  const sent = sessionStorage.getItem("draft-sent");
  sessionStorage.removeItem("draft-sent");
  // Back on a page without that form: it was taken. Still on it, or asked to sign in first: it was not.
  const stillHere = [...document.querySelectorAll("form[data-keep]")].some((form) => key(form) === sent);
  if (sent && !stillHere && !document.querySelector("[data-draft-not-sent]")) localStorage.removeItem(sent);
} catch { /* storage is forbidden here */ }
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
}
{
// A menu closes when one goes elsewhere; "/" goes to the page's search; errors and the tab we are on are brought into view.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-goes-back]")) history.back();
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of menus()) { menu.open = false; menu.querySelector("summary").focus(); }
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector("[data-find], input[type=search]");
  if (search) { event.preventDefault(); search.focus(); }
});

const focusFirst = (root) => root.querySelector("[data-focus]:not([data-guide] *)")?.focus();
document.addEventListener("htmx:load", (event) => focusFirst(event.target));
focusFirst(document);

// On a phone a row of tabs or chips is wider than the screen: the one we are on is brought into sight.
for (const here of document.querySelectorAll(".tabs [aria-current], .chips-scroll [aria-current]")) {
  const row = here.closest(".tabs, .chips-scroll");
  const [mark, frame] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += mark.left + mark.width / 2 - frame.left - frame.width / 2;
}
}
{
// Says when the connection is gone, once, and takes it back when it returns.
const note = document.getElementById("offline");
const tell = () => { if (note) note.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
}
{
// The − and + beside a number; the number itself can be typed and sent without any of this.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const field = button?.closest("[data-step-field]")?.querySelector("input");
  if (!field) return;
  if (button.dataset.step > 0) field.stepUp(); else field.stepDown();
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
});
}
{
// Light, dark, or whatever the device says; remembered on this device only.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-switch-theme]")) return;
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage is forbidden here */ }
});
}
{
// Toasts go when closed, or by themselves after a while unless someone is reading, pointing or may still undo.
const WAIT = 9000;

const fadeLater = (toast) => setTimeout(() => {
  if (toast.matches(":hover, :focus-within")) fadeLater(toast);
  else toast.remove();
}, WAIT);

const watch = (root) => {
  for (const toast of root.querySelectorAll("[data-fades]:not([data-watched])")) {
    toast.dataset.watched = "";
    if (!toast.querySelector("form")) fadeLater(toast);
  }
};

document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast")?.remove());
document.addEventListener("htmx:load", (event) => watch(event.target.parentElement ?? document));
watch(document);
}
