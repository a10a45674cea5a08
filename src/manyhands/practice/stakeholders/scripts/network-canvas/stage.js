// The map itself: whom it shows, where each stands on the screen, and who is chosen.

import { drawAbove, drawBelow } from "./drawing.js";
import { listen } from "./hands.js";
import { colours } from "./look.js";
import { finder, tools } from "./tools.js";

const NEAREST = 14; // px around the pointer in which a mark is caught

export class Stage {
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
