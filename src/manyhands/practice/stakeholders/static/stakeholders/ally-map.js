// Drag a point of the ally map, or move it with the arrow keys: the form beside it takes the new place over.
// Without this file the points are links, and the two number fields do the same.
const [LOW, HIGH, ROOM, STEP] = [1, 5, 8, 0.1];
const map = document.querySelector("[data-ally-map]");

const clamp = (value) => Math.min(HIGH, Math.max(LOW, Math.round(value * 10) / 10));
const valueAt = (share) => clamp(LOW + ((share * 100 - ROOM) / (100 - 2 * ROOM)) * (HIGH - LOW));
const placeOf = (value) => ROOM + ((value - LOW) / (HIGH - LOW)) * (100 - 2 * ROOM);

const put = (point, interest, influence) => {
  point.setAttribute("x", `${placeOf(interest)}%`);
  point.setAttribute("y", `${100 - placeOf(influence)}%`);
};

const form = () => document.querySelector("form[data-rating]");
const fields = () => ["interest", "influence"].map((name) => form().elements[name]);

// The form of another ally is on the page of that ally: go there and bring the new place along.
const tell = (ally, interest, influence) => {
  if (form()?.dataset.rating !== ally) {
    const to = new URL(location.href);
    for (const [key, value] of Object.entries({ ally, interest, influence })) to.searchParams.set(key, value);
    to.hash = "actor";
    location.assign(to);
    return;
  }
  const [across, upwards] = fields();
  [across.value, upwards.value] = [interest.toFixed(1), influence.toFixed(1)];
  form().querySelector("[data-moved]").hidden = false;
};

// A finger on a point moves the point, not the page.
for (const link of map?.querySelectorAll("a[data-ally]") ?? []) link.style.touchAction = "none";

let held = null;

map?.addEventListener("pointerdown", (event) => {
  const link = event.target.closest("a[data-ally]");
  if (!link || event.button !== 0) return;
  held = { link, point: link.parentNode, x: event.clientX, y: event.clientY, place: null };
});

addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.place && Math.hypot(event.clientX - held.x, event.clientY - held.y) < 5) return;
  event.preventDefault();
  const box = map.getBoundingClientRect();
  const interest = valueAt((event.clientX - box.left) / box.width);
  const influence = valueAt(1 - (event.clientY - box.top) / box.height);
  held.place = [interest, influence];
  put(held.point, interest, influence);
});

addEventListener("pointerup", () => {
  if (held?.place) {
    const { link, place } = held;
    // The click that follows a drag must not open the link.
    link.addEventListener("click", (event) => event.preventDefault(), { once: true });
    tell(link.dataset.ally, ...place);
    setTimeout(() => form()?.elements.basis.focus());
  }
  held = null;
});
addEventListener("pointercancel", () => { held = null; });
map?.addEventListener("dragstart", (event) => event.preventDefault());

const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
map?.addEventListener("keydown", (event) => {
  const link = event.target.closest("a[data-ally]");
  const move = ARROWS[event.key];
  if (!link || !move || form()?.dataset.rating !== link.dataset.ally) return;
  event.preventDefault();
  const values = fields().map((field, at) => clamp(Number(field.value) + move[at] * (event.shiftKey ? 5 : 1)));
  put(link.parentNode, ...values);
  tell(link.dataset.ally, ...values);
});

// Numbers typed or stepped move the point.
document.addEventListener("input", (event) => {
  if (!map || !["interest", "influence"].includes(event.target.name) || !event.target.closest("form[data-rating]")) return;
  const point = map.querySelector(`a[data-ally="${form().dataset.rating}"]`)?.parentNode;
  const values = fields().map((field) => Number(field.value));
  if (point && values.every((value) => value >= LOW && value <= HIGH)) put(point, ...values);
});
