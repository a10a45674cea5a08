// How the two sheets are drawn: ties, marks and names, each with few strokes of the pen.

const LEVEL_WIDTH = [0, 0.6, 1, 1.2, 1.8, 2.2];
const LABEL = 13;

const strokeTies = (stage, pen, wanted) => {
  const groups = new Map();
  for (const at of wanted) {
    const [one, other, level, state, kind] = stage.ties[at];
    const key = kind === "opposes" ? "o" : `${level}${state === "c" || state === "d" ? state : ""}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(one, other);
  }
  for (const [key, ends] of groups) {
    pen.strokeStyle = key === "o" ? stage.look.opposed : stage.look.tie;
    pen.lineWidth = key === "o" ? 1.2 : LEVEL_WIDTH[Number(key[0])] || 0.6;
    pen.setLineDash(key === "o" ? [1, 4] : []);
    pen.beginPath();
    for (let i = 0; i < ends.length; i += 2) {
      pen.moveTo(stage.px(ends[i]), stage.py(ends[i]));
      pen.lineTo(stage.px(ends[i + 1]), stage.py(ends[i + 1]));
    }
    pen.stroke();
  }
  pen.setLineDash([]);
};

const fillMarks = (stage, pen, wanted) => {
  for (const [kind, fill, edge] of [["a", stage.look.paper, stage.look.ink], ["m", stage.look.member, stage.look.paper], ["x", stage.look.against, stage.look.paper]]) {
    pen.beginPath();
    for (const at of wanted) {
      const mark = stage.marks[at];
      if ((mark.kind === "x") !== (kind === "x") || (kind !== "x" && mark.kind !== kind)) continue;
      const [x, y, r] = [stage.px(at), stage.py(at), stage.r(at)];
      if (x < -20 || y < -20 || x > stage.width + 20 || y > stage.height + 20) continue;
      if (kind === "x") { pen.moveTo(x, y - r); pen.lineTo(x + r, y); pen.lineTo(x, y + r); pen.lineTo(x - r, y); pen.closePath(); }
      else { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 7); }
    }
    pen.fillStyle = fill;
    pen.strokeStyle = edge;
    pen.lineWidth = 1.4;
    pen.fill();
    pen.stroke();
  }
};

const names = (stage, pen, order, most) => {
  pen.font = `500 ${LABEL}px ${stage.look.font}`;
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  pen.strokeStyle = stage.look.paper;
  pen.fillStyle = stage.look.sun;
  const taken = new Set();
  let written = 0;
  for (const at of order) {
    if (written >= most) break;
    const [x, y] = [stage.px(at), stage.py(at)];
    if (x < 0 || y < 0 || x > stage.width || y > stage.height) continue;
    const name = stage.marks[at].name.length > 26 ? `${stage.marks[at].name.slice(0, 25)}…` : stage.marks[at].name;
    const wide = name.length * 7;
    const cells = [];
    for (let cx = Math.floor(x / 40); cx <= Math.floor((x + wide + 12) / 40); cx += 1) cells.push(`${cx},${Math.floor(y / 18)}`);
    if (cells.some((cell) => taken.has(cell))) continue;
    cells.forEach((cell) => taken.add(cell));
    const start = x + stage.r(at) + 5;
    pen.strokeText(name, start, y + 4);
    pen.fillText(name, start, y + 4);
    written += 1;
  }
};

const drawBelow = (stage) => {
  const pen = stage.below.getContext("2d");
  pen.clearRect(0, 0, stage.width, stage.height);
  pen.globalAlpha = Math.max(0.16, Math.min(0.6, 900 / stage.ties.length));
  strokeTies(stage, pen, stage.ties.keys());
  pen.globalAlpha = 1;
  fillMarks(stage, pen, stage.all);
  names(stage, pen, stage.byKnown, 40);
};

const drawAbove = (stage) => {
  const pen = stage.above.getContext("2d");
  pen.clearRect(0, 0, stage.width, stage.height);
  const at = stage.chosen >= 0 ? stage.chosen : stage.over;
  if (at < 0) return;
  if (stage.chosen >= 0) {
    pen.globalAlpha = 0.84;
    pen.fillStyle = stage.look.paper;
    pen.fillRect(0, 0, stage.width, stage.height);
    pen.globalAlpha = 1;
  }
  const ties = stage.near[at];
  const others = ties.map((tie) => (stage.ties[tie][0] === at ? stage.ties[tie][1] : stage.ties[tie][0]));
  strokeTies(stage, pen, ties);
  fillMarks(stage, pen, [...others, at]);
  pen.beginPath();
  pen.arc(stage.px(at), stage.py(at), stage.r(at) + 5, 0, 7);
  pen.strokeStyle = stage.look.member;
  pen.lineWidth = 2.5;
  pen.stroke();
  names(stage, pen, [at, ...others.sort((a, b) => stage.marks[b].known - stage.marks[a].known)], stage.chosen >= 0 ? 40 : 1);
  if (stage.over >= 0 && stage.over !== at) names(stage, pen, [stage.over], 1);
};

// What the map takes from the page round it: colours of the legend, the letters of the page.

const colours = (figure) => {
  const look = (selector, property) => getComputedStyle(figure.querySelector(selector)).getPropertyValue(property);
  return {
    paper: look(".node-hollow", "fill"),
    ink: look(".node-hollow", "stroke"),
    member: look(".legend .c-1", "fill"),
    against: look(".legend .c-2", "fill"),
    tie: look(".legend .tie-3", "stroke"),
    opposed: look(".legend .tie-opposed", "stroke"),
    sun: getComputedStyle(document.body).getPropertyValue("color"),
    font: getComputedStyle(document.body).fontFamily,
  };
};

// What pointers, wheels, keys and a change of size or colours do to the map.

const listen = (stage) => {
  const held = new Map();
  let moved = 0;
  let apart = 0;
  const where = (event) => {
    const box = stage.below.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  stage.below.addEventListener("pointerdown", (event) => {
    held.set(event.pointerId, where(event));
    stage.below.setPointerCapture(event.pointerId);
    moved = 0;
    apart = 0;
  });
  stage.below.addEventListener("pointermove", (event) => {
    const [x, y] = where(event);
    const before = held.get(event.pointerId);
    if (!before) {
      const over = stage.find(x, y);
      if (over !== stage.over) { stage.over = over; stage.below.classList.toggle("is-over", over >= 0); drawAbove(stage); }
      return;
    }
    moved += Math.hypot(x - before[0], y - before[1]);
    held.set(event.pointerId, [x, y]);
    if (held.size === 2) {
      const [a, b] = [...held.values()];
      const now = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (apart) stage.zoom(now / apart, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      apart = now;
    } else if (moved > 4) {
      stage.below.classList.add("is-held");
      stage.left += x - before[0];
      stage.top += y - before[1];
      stage.draw();
    }
  });
  const release = (event) => {
    const was = held.delete(event.pointerId);
    stage.below.classList.remove("is-held");
    if (was && moved <= 4 && event.type === "pointerup") {
      performance.mark("network-press");
      stage.choose(stage.find(...where(event)));
      performance.measure("network-answer", "network-press");
    }
  };
  stage.below.addEventListener("pointerup", release);
  stage.below.addEventListener("pointercancel", release);
  stage.below.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls; with Ctrl the map comes closer
    event.preventDefault();
    stage.zoom(Math.exp(-event.deltaY / 300), ...where(event));
  }, { passive: false });
  const STEP = 60;
  const KEYS = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
  stage.below.addEventListener("keydown", (event) => {
    const step = KEYS[event.key];
    if (step) { event.preventDefault(); stage.left += step[0]; stage.top += step[1]; stage.draw(); }
    if (event.key === "+" || event.key === "=") stage.zoom(1.3);
    if (event.key === "-") stage.zoom(1 / 1.3);
    if (event.key === "Escape") stage.choose(-1);
  });
  new ResizeObserver(() => { stage.size(); stage.draw(); }).observe(stage.box);
  const again = () => { stage.look = colours(stage.figure); stage.draw(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
};

// What stands on the map for hands and eyes: buttons for closer and farther, and a field that finds a name.

const button = (words, sign, press) => {
  const made = document.createElement("button");
  made.type = "button";
  made.setAttribute("aria-label", words);
  made.textContent = sign;
  made.addEventListener("click", press);
  return made;
};

const tools = (stage, word) => {
  const made = document.createElement("div");
  made.className = "net-tools";
  made.append(button(word.wordCloser, "+", () => stage.zoom(1.5)), button(word.wordFarther, "−", () => stage.zoom(1 / 1.5)),
    button(word.wordWhole, "⤢", () => { stage.chosen = -1; stage.whole(); }));
  return made;
};

const finder = (stage, words) => {
  const holder = document.createElement("div");
  holder.className = "net-find";
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control";
  field.setAttribute("aria-label", words);
  field.placeholder = words;
  const found = document.createElement("ul");
  found.className = "net-found";
  field.addEventListener("input", () => {
    const typed = field.value.trim().toLowerCase();
    const hits = typed ? stage.byKnown.filter((at) => stage.marks[at].name.toLowerCase().includes(typed)).slice(0, 6) : [];
    found.replaceChildren(...hits.map((at) => {
      const item = document.createElement("li");
      const pick = document.createElement("button");
      pick.type = "button";
      pick.textContent = stage.marks[at].name;
      pick.addEventListener("click", () => { found.replaceChildren(); field.value = ""; stage.goTo(at); });
      item.append(pick);
      return item;
    }));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); found.querySelector("button")?.click(); }
    if (event.key === "Escape") found.replaceChildren();
  });
  holder.append(field, found);
  return holder;
};

// The map itself: whom it shows, where each stands on the screen, and who is chosen.

const NEAREST = 14; // px around the pointer in which a mark is caught

class Stage {
  constructor(figure, data) {
    this.figure = figure;
    this.words = data.words;
    this.marks = data.marks.map(([pk, name, x, y, known, kind]) => ({
      pk, name, x, y, known, kind, r: Math.min(12, Math.max(2.5, 1.6 * Math.sqrt(Math.max(known, 1)))),
    }));
    this.ties = data.ties;
    this.near = this.marks.map(() => []);
    this.ties.forEach(([one, other], at) => { this.near[one].push(at); this.near[other].push(at); });
    this.all = this.marks.map((_, at) => at);
    this.byKnown = this.marks.map((_, at) => at).sort((a, b) => this.marks[b].known - this.marks[a].known);
    this.look = colours(figure);
    this.chosen = -1;
    this.over = -1;
    this.build();
    this.whole();
  }

  build() {
    const old = this.figure.querySelector(".net-stage");
    this.box = document.createElement("div");
    this.box.className = "net-stage";
    this.below = document.createElement("canvas");
    this.above = document.createElement("canvas");
    this.below.tabIndex = 0;
    this.below.setAttribute("role", "img");
    const plot = this.figure.querySelector("svg.plot-net");
    this.below.setAttribute("aria-label", plot?.getAttribute("aria-label") ?? "");
    const word = this.figure.dataset;
    this.box.append(this.below, this.above, tools(this, word), finder(this, word.wordFind));
    if (old) old.replaceWith(this.box); else plot.replaceWith(this.box);
    this.figure.querySelector("[data-without-canvas]")?.remove();
    listen(this);
  }

  size() {
    const { width, height } = this.box.getBoundingClientRect();
    const dots = devicePixelRatio || 1;
    for (const sheet of [this.below, this.above]) {
      sheet.width = Math.round(width * dots);
      sheet.height = Math.round(height * dots);
      sheet.getContext("2d").setTransform(dots, 0, 0, dots, 0, 0);
    }
    [this.width, this.height] = [width, height];
  }

  whole() {
    this.size();
    this.scale = Math.min(this.width, this.height) * 0.92;
    this.left = (this.width - this.scale) / 2;
    this.top = (this.height - this.scale) / 2;
    this.draw();
  }

  px(at) { return this.left + this.marks[at].x * this.scale; }
  py(at) { return this.top + this.marks[at].y * this.scale; }
  r(at) { return this.marks[at].r * Math.min(1.6, Math.max(0.7, this.scale / 900)); }

  zoom(by, x = this.width / 2, y = this.height / 2) {
    const scale = Math.min(this.width * 60, Math.max(this.width * 0.3, this.scale * by));
    this.left = x - ((x - this.left) * scale) / this.scale;
    this.top = y - ((y - this.top) * scale) / this.scale;
    this.scale = scale;
    this.draw();
  }

  goTo(at) {
    this.scale = Math.max(this.scale, this.width * 2);
    this.left = this.width / 2 - this.marks[at].x * this.scale;
    this.top = this.height / 2 - this.marks[at].y * this.scale;
    this.choose(at);
    this.draw();
  }

  draw() {
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      drawBelow(this);
      drawAbove(this);
    });
  }

  find(x, y) {
    let best = -1;
    let nearest = NEAREST;
    for (let at = 0; at < this.marks.length; at += 1) {
      const away = Math.hypot(this.px(at) - x, this.py(at) - y) - this.r(at);
      if (away < nearest) [best, nearest] = [at, away];
    }
    return nearest < NEAREST ? best : -1;
  }

  choose(at) {
    this.chosen = at;
    drawAbove(this); // the whole network below stays as it is: that is what makes a press quick
    if (at < 0) return;
    const contacts = this.near[at].map((tie) => {
      const [one, other, level, state, kind] = this.ties[tie];
      const mark = this.marks[one === at ? other : one];
      const near = this.words.without_level.includes(kind) ? "" : `, ${this.words.levels[level].toLowerCase()}`;
      const words = (one === at ? this.words.gives : this.words.receives)[kind];
      return { actor: String(mark.pk), name: mark.name, words: `${words}${near}. ${this.words.states[state]}.` };
    });
    const kinds = { m: "wordMember", a: "wordAlly", x: "wordAgainst" };
    const { pk, name, kind } = this.marks[at];
    const detail = { actor: String(pk), name, kind: this.figure.dataset[kinds[kind]], contacts };
    document.dispatchEvent(new CustomEvent("network:chosen", { detail }));
  }

  picture() {
    const whole = document.createElement("canvas");
    [whole.width, whole.height] = [this.below.width, this.below.height];
    const pen = whole.getContext("2d");
    pen.fillStyle = this.look.paper;
    pen.fillRect(0, 0, whole.width, whole.height);
    pen.drawImage(this.below, 0, 0);
    pen.drawImage(this.above, 0, 0);
    return new Promise((done) => { whole.toBlob(done, "image/png"); });
  }
}

// The map of a large network, on a canvas: pan, zoom, hover, focus. Places come from the server.
// Two sheets lie on each other: the whole network below, drawn when the view moves; one ally and its contacts above.

const stages = new WeakMap();
const begin = async () => {
  const figure = document.querySelector("[data-canvas]");
  if (!figure || stages.has(figure)) return;
  stages.set(figure, null);
  const data = await (await fetch(figure.dataset.canvas)).json();
  const stage = new Stage(figure, data);
  stages.set(figure, stage);
  const wanted = new URL(location.href).searchParams.get("actor");
  const at = stage.marks.findIndex((mark) => String(mark.pk) === wanted);
  if (at >= 0) stage.goTo(at);
  figure.dataset.ready = "yes";
};
begin();
document.addEventListener("htmx:afterSettle", begin);

// The picture of a canvas is the canvas itself; drawings of the page are made elsewhere.
document.addEventListener("click", async (event) => {
  const wanted = event.target.closest?.("[data-chart-download='png']");
  const stage = wanted && stages.get(wanted.closest("[data-canvas]"));
  if (stage) {
    event.stopImmediatePropagation();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await stage.picture());
    link.download = "network.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    return;
  }
  // A contact in the panel is a mark on the canvas too.
  const contact = event.target.closest?.("#actor a[data-actor]");
  const open = contact && stages.get(document.querySelector("[data-canvas]"));
  const at = open ? open.marks.findIndex((mark) => String(mark.pk) === contact.dataset.actor) : -1;
  if (at >= 0 && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    event.stopImmediatePropagation();
    open.goTo(at);
  }
}, true);
