// The map of ties: a press or the Tab key shows one ally and its contacts; a slider walks through time.
// Without this file each mark is a link to the same view, and the date field does what the slider does.
const map = () => document.querySelector("[data-network] svg.plot-net");
const marks = () => map()?.querySelectorAll("a[data-actor]") ?? [];
const ties = () => map()?.querySelectorAll("line[data-one]") ?? [];
const markOf = (actor) => map()?.querySelector(`a[data-actor="${CSS.escape(actor)}"]`);
const nameOf = (actor) => markOf(actor)?.dataset.name ?? "";

const contactsOf = (actor) => [...ties()].filter((tie) => !tie.classList.contains("is-hidden"))
  .filter((tie) => tie.dataset.one === actor || tie.dataset.other === actor)
  .map((tie) => (tie.dataset.one === actor ? { actor: tie.dataset.other, words: tie.dataset.words }
    : { actor: tie.dataset.one, words: tie.dataset.wordsBack ?? tie.dataset.words }));

const letGo = () => {
  for (const part of map()?.querySelectorAll(".is-far") ?? []) part.classList.remove("is-far");
  for (const mark of marks()) mark.removeAttribute("aria-current");
};

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

// The panel beside the map, with what the map itself knows; its links lead to the whole record.
const showPanel = (actor, name, kind, contacts) => {
  const panel = document.getElementById("actor");
  if (!panel) return;
  const words = document.querySelector("[data-network]").dataset;
  const base = words.base;
  const here = new URL(location.href);
  here.searchParams.set("actor", actor);
  here.hash = "actor";
  const list = element("ul", { class: "net-contacts" });
  for (const contact of contacts.slice(0, 12)) {
    const to = new URL(here);
    to.searchParams.set("actor", contact.actor);
    const link = element("a", { href: to.href, "data-actor": contact.actor }, contact.name ?? nameOf(contact.actor));
    list.append(element("li", {}, link, element("span", { class: "fine d-block" }, contact.words)));
  }
  const head = element("h2", { class: "fs-3", id: "h-actor" }, name);
  const count = element("p", { class: "quiet small" }, `${words.wordTies}: ${contacts.length}`);
  const all = element("a", { class: "btn btn-sm", href: `${base}${actor}/ties/` }, words.wordAll);
  const way = element("a", { class: "btn btn-sm btn-quiet", href: `${base}network/?actor=${actor}&to=${actor}#way` }, words.wordWay);
  const kinds = element("p", { class: "row-flow" }, element("span", { class: "badge badge-accent" }, kind));
  panel.replaceChildren(element("div", { class: "stack stack-2" }, kinds, head, count), list,
    element("div", { class: "row-flow" }, all, way));
  history.replaceState(history.state, "", here);
};

const choose = (actor) => {
  const mark = markOf(actor);
  if (!mark) return;
  letGo();
  const contacts = contactsOf(actor);
  const near = new Set([actor, ...contacts.map((contact) => contact.actor)]);
  for (const other of marks()) other.classList.toggle("is-far", !near.has(other.dataset.actor));
  for (const tie of ties()) tie.classList.toggle("is-far", tie.dataset.one !== actor && tie.dataset.other !== actor);
  mark.setAttribute("aria-current", "true");
  mark.parentNode.parentNode.append(mark.parentNode); // on top of the others
  showPanel(actor, mark.dataset.name, mark.dataset.kind, contacts);
};

// A large map is drawn on a canvas by a file of its own; what is chosen there is told here.
document.addEventListener("network:chosen", ({ detail }) => showPanel(detail.actor, detail.name, detail.kind, detail.contacts));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-actor]");
  if (!link || !map() || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  if (!markOf(link.dataset.actor)) return;
  event.preventDefault();
  choose(link.dataset.actor);
  markOf(link.dataset.actor).focus({ preventScroll: true });
});

// Moving with the keyboard shows each ally on the way; a press of the mouse has its own click.
let pressed = false;
document.addEventListener("pointerdown", () => { pressed = true; });
document.addEventListener("keydown", (event) => {
  pressed = false;
  if (event.key === "Escape" && map()?.contains(document.activeElement)) letGo();
});
document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.("svg.plot-net a[data-actor]");
  if (link && !pressed && link.getAttribute("aria-current") !== "true") {
    choose(link.dataset.actor);
    link.focus({ preventScroll: true }); // it was moved to the top
  }
});

// Time: the slider moves the date field; ties that began later step out at once, the server answers on release.
const DAY = 86400000;
const addSlider = () => {
  const field = document.getElementById("on");
  const figure = document.querySelector("[data-network]");
  if (!field || !figure?.dataset.first || document.getElementById("net-slider")) return;
  const first = Date.parse(figure.dataset.first);
  const last = Date.parse(figure.dataset.last);
  const steps = Math.round((last - first) / DAY);
  if (!(steps > 0)) return;
  const slider = element("input", { type: "range", id: "net-slider", min: 0, max: steps, step: 1 });
  slider.value = field.value ? Math.round((Date.parse(field.value) - first) / DAY) : steps;
  const label = element("label", { class: "form-label", for: "net-slider" }, figure.dataset.wordTime);
  field.closest(".form-field").after(element("div", { class: "form-field net-slider" }, label, slider));
  slider.addEventListener("input", () => {
    const day = new Date(first + slider.value * DAY).toISOString().slice(0, 10);
    field.value = Number(slider.value) === steps ? "" : day;
    slider.setAttribute("aria-valuetext", day);
    for (const tie of ties()) tie.classList.toggle("is-hidden", tie.dataset.begins > day);
  });
  // Once the server has redrawn the map, the slider follows a date that was typed.
  field.addEventListener("input", () => {
    slider.value = field.value ? Math.round((Date.parse(field.value) - first) / DAY) : steps;
  });
};
addSlider();
