// The map of a large network, on a canvas: pan, zoom, hover, focus. Places come from the server.
// Two sheets lie on each other: the whole network below, drawn when the view moves; one ally and its contacts above.

import { Stage } from "./stage.js";

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
