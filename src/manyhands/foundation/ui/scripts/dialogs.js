// <button data-opens="withdraw"> opens <dialog id="withdraw">; [data-closes] closes it.
// <input data-type-to-go-on="withdraw"> keeps the form's submit button shut until the word stands there.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
  if (event.target.matches("dialog.dialog:modal")) event.target.close();
});

const guard = (field) => {
  const button = field.form?.querySelector("[type=submit]");
  const typed = field.value.trim().toLocaleLowerCase();
  if (button) button.disabled = typed !== field.dataset.typeToGoOn.trim().toLocaleLowerCase();
};
document.addEventListener("input", (event) => { if (event.target.matches("[data-type-to-go-on]")) guard(event.target); });

const start = (root) => {
  for (const field of root.querySelectorAll("[data-type-to-go-on]")) guard(field);
  for (const field of root.querySelectorAll(".range-field input")) show(field);
};
const show = (field) => { field.closest(".range-field").querySelector("output").value = field.value; };
document.addEventListener("input", (event) => { if (event.target.closest(".range-field")) show(event.target); });
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
