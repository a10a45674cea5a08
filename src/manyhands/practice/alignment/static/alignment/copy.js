// A button that copies a field's text: <button data-copies="frame" hidden> for <textarea id="frame">. Without this file
// the button stays hidden and people mark the text themselves.
const copied = (name) => document.querySelector(`[data-copied="${name}"]`);

for (const button of document.querySelectorAll("[data-copies]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // No clipboard without HTTPS: the text is marked, so the keys for copying do it.
    return;
  }
  copied(button.dataset.copies).hidden = false;
});
