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
