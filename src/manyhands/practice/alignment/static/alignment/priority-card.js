// Keys on the card of a priority: 1 to 9 tick a clause, Y a priority for us, N not one, S skip. Without this file the
// boxes and buttons do the same.
const busy = (target) => target.closest("input:not([type=checkbox]):not([type=hidden]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || busy(event.target)) return;
  const card = document.querySelector("[data-priority-card]");
  if (!card) return;
  const key = event.key.toLowerCase();
  if (/^[1-9]$/.test(key)) card.querySelector(`[data-clause="${key}"]`)?.click();
  else if (key === "y") card.querySelector("[value=yes]").click();
  else if (key === "n") card.querySelector("[value=no]").click();
  else if (key === "s") document.querySelector("[data-skip]")?.click();
  else return;
  event.preventDefault();
});
