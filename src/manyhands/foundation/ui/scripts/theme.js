// Light, dark, or whatever the device says; remembered on this device only.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-switch-theme]")) return;
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage is forbidden here */ }
});
