// A menu closes when one goes elsewhere; "/" goes to the page's search; errors and the tab we are on are brought into view.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-goes-back]")) history.back();
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of menus()) { menu.open = false; menu.querySelector("summary").focus(); }
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector("[data-find], input[type=search]");
  if (search) { event.preventDefault(); search.focus(); }
});

const focusFirst = (root) => root.querySelector("[data-focus]:not([data-guide] *)")?.focus();
document.addEventListener("htmx:load", (event) => focusFirst(event.target));
focusFirst(document);

// On a phone a row of tabs or chips is wider than the screen: the one we are on is brought into sight.
for (const here of document.querySelectorAll(".tabs [aria-current], .chips-scroll [aria-current]")) {
  const row = here.closest(".tabs, .chips-scroll");
  const [mark, frame] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += mark.left + mark.width / 2 - frame.left - frame.width / 2;
}
