// Toasts go when closed, or by themselves after a while unless someone is reading, pointing or may still undo.
const WAIT = 9000;

const fadeLater = (toast) => setTimeout(() => {
  if (toast.matches(":hover, :focus-within")) fadeLater(toast);
  else toast.remove();
}, WAIT);

const watch = (root) => {
  for (const toast of root.querySelectorAll("[data-fades]:not([data-watched])")) {
    toast.dataset.watched = "";
    if (!toast.querySelector("form")) fadeLater(toast);
  }
};

document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast")?.remove());
document.addEventListener("htmx:load", (event) => watch(event.target.parentElement ?? document));
watch(document);
