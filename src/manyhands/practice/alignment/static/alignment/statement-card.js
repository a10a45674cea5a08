// Keys on the statement card: A agree, D disagree, P pass, I important, U undo. Without this file the buttons do the same.
const ANSWERS = { a: "agree", d: "disagree", p: "pass" };

const busy = (target) => target.closest("input:not([type=hidden]), textarea, select, [contenteditable]");

const toggle = (card) => {
  const star = card.querySelector("[name=star]");
  const on = star.getAttribute("aria-pressed") !== "true";
  star.setAttribute("aria-pressed", String(on));
  card.elements.important.value = on ? "1" : "0";
};

// The star marks the card; it is not an answer, so it need not ask the server.
document.addEventListener("click", (event) => {
  const star = event.target.closest("[data-card] [name=star]");
  if (!star) return;
  event.preventDefault();
  toggle(star.form);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || busy(event.target)) return;
  const key = event.key.toLowerCase();
  const card = document.querySelector("[data-card]");
  if (key === "u") document.querySelector("[data-undo] button")?.click();
  else if (card && key === "i") toggle(card);
  else if (card && ANSWERS[key]) card.querySelector(`[value=${ANSWERS[key]}]`).click();
  else return;
  event.preventDefault();
});
