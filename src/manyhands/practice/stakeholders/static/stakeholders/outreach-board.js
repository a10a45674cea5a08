// Drag a card of the board to another stage. It sends the card's own form; without this file the form does it alone.
const board = document.querySelector("[data-board]");
let held = null;

const stagesOf = (card) => [...card.querySelectorAll("select[name=stage] option")].map((option) => option.value);
const columns = () => board.querySelectorAll("[data-stage]");

for (const card of board?.querySelectorAll("[data-card]") ?? []) card.draggable = true;

board?.addEventListener("dragstart", (event) => {
  held = event.target.closest("[data-card]");
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.dataset.card);
  held.classList.add("is-held");
  const open = stagesOf(held);
  for (const column of columns()) {
    column.classList.toggle("is-open-to", open.includes(column.dataset.stage));
    column.classList.toggle("is-closed-to", !open.includes(column.dataset.stage) && !column.contains(held));
  }
});

board?.addEventListener("dragover", (event) => {
  if (held && event.target.closest(".is-open-to")) event.preventDefault();
});

board?.addEventListener("drop", (event) => {
  const column = event.target.closest(".is-open-to");
  const form = held?.querySelector("form");
  if (!column || !form) return;
  event.preventDefault();
  form.elements.stage.value = column.dataset.stage;
  form.requestSubmit();
});

board?.addEventListener("dragend", () => {
  held?.classList.remove("is-held");
  held = null;
  for (const column of columns()) column.classList.remove("is-open-to", "is-closed-to");
});
