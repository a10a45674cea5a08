// What stands on the map for hands and eyes: buttons for closer and farther, and a field that finds a name.

const button = (words, sign, press) => {
  const made = document.createElement("button");
  made.type = "button";
  made.setAttribute("aria-label", words);
  made.textContent = sign;
  made.addEventListener("click", press);
  return made;
};

export const tools = (stage, word) => {
  const made = document.createElement("div");
  made.className = "net-tools";
  made.append(button(word.wordCloser, "+", () => stage.zoom(1.5)), button(word.wordFarther, "−", () => stage.zoom(1 / 1.5)),
    button(word.wordWhole, "⤢", () => { stage.chosen = -1; stage.whole(); }));
  return made;
};

export const finder = (stage, words) => {
  const holder = document.createElement("div");
  holder.className = "net-find";
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control";
  field.setAttribute("aria-label", words);
  field.placeholder = words;
  const found = document.createElement("ul");
  found.className = "net-found";
  field.addEventListener("input", () => {
    const typed = field.value.trim().toLowerCase();
    const hits = typed ? stage.byKnown.filter((at) => stage.marks[at].name.toLowerCase().includes(typed)).slice(0, 6) : [];
    found.replaceChildren(...hits.map((at) => {
      const item = document.createElement("li");
      const pick = document.createElement("button");
      pick.type = "button";
      pick.textContent = stage.marks[at].name;
      pick.addEventListener("click", () => { found.replaceChildren(); field.value = ""; stage.goTo(at); });
      item.append(pick);
      return item;
    }));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); found.querySelector("button")?.click(); }
    if (event.key === "Escape") found.replaceChildren();
  });
  holder.append(field, found);
  return holder;
};
