// What is typed into <form data-keep> stays on this device until it is sent: through a lost connection, a closed
// page, an expired session. `data-keep="name"` tells forms at one address apart. Passwords and files are not kept.
const PREFIX = "draft:";
const DAYS = 14;
const key = (form) => `${PREFIX}${location.pathname}#${form.dataset.keep || form.id}`;
const kept = (field) => field.name && field.name !== "csrfmiddlewaretoken"
  && !["password", "file", "hidden", "submit", "button"].includes(field.type);
const valueOf = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);

const read = (form) => {
  try {
    const draft = JSON.parse(localStorage.getItem(key(form)));
    return draft && Date.now() - draft.at < DAYS * 86400e3 ? draft : null;
  } catch { return null; }
};

const save = (form) => {
  const fields = [...form.elements].filter(kept).map((field) => [field.name, field.value, valueOf(field)]);
  try { localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), fields })); } catch { /* nothing to be done */ }
};

const forget = (form) => { try { localStorage.removeItem(key(form)); } catch { /* nothing was kept */ } };

const restore = (form) => {
  // A form that comes back with errors already holds the words that were sent; they are newer than the draft.
  const draft = form.querySelector("[aria-invalid=true]") ? null : read(form);
  let changed = false;
  for (const field of draft ? [...form.elements].filter(kept) : []) {
    const choosing = ["checkbox", "radio"].includes(field.type);
    const found = draft.fields.find(([name, value]) => name === field.name && (!choosing || value === field.value));
    if (!found || valueOf(field) === found[2]) continue;
    if (choosing) field.checked = found[2]; else field.value = found[2];
    changed = true;
  }
  const note = form.querySelector("[data-kept-note]");
  // Called again when htmx has looked at the page: what was said stays said.
  if (note && changed) note.hidden = false;
};

const start = (root) => { for (const form of root.querySelectorAll("form[data-keep]")) restore(form); };

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (form) save(form);
});
// A plain form leaves the page: whether it arrived is known only when the next page says so with a success message.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-keep]")) return;
  save(form);
  try { sessionStorage.setItem("draft-sent", key(form)); } catch { /* it will be offered once more */ }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form && event.detail.successful) forget(form);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-forget-draft]");
  if (!button) return;
  const form = button.closest("form");
  forget(form);
  form.reset();
  button.closest("[data-kept-note]").hidden = true;
});

try {
  const sent = sessionStorage.getItem("draft-sent");
  sessionStorage.removeItem("draft-sent");
  // Back on a page without that form: it was taken. Still on it, or asked to sign in first: it was not.
  const stillHere = [...document.querySelectorAll("form[data-keep]")].some((form) => key(form) === sent);
  if (sent && !stillHere && !document.querySelector("[data-draft-not-sent]")) localStorage.removeItem(sent);
} catch { /* storage is forbidden here */ }
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
