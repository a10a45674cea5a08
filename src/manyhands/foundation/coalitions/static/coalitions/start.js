// The preview beside the form follows what is typed and the colour that is picked.
const form = document.querySelector("[data-start]");
const preview = document.querySelector("[data-preview-of=name]");
const empty = preview?.textContent;

form?.addEventListener("input", (event) => {
  const field = event.target;
  if (field.name === "name") preview.textContent = field.value.trim() || empty;
  if (field.name === "accent") document.documentElement.dataset.accent = field.value;
});
