// What pointers, wheels, keys and a change of size or colours do to the map.

import { drawAbove } from "./drawing.js";
import { colours } from "./look.js";

export const listen = (stage) => {
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
