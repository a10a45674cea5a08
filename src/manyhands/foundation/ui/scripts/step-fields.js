// The − and + beside a number; the number itself can be typed and sent without any of this.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const field = button?.closest("[data-step-field]")?.querySelector("input");
  if (!field) return;
  if (button.dataset.step > 0) field.stepUp(); else field.stepDown();
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
});
