// Runs before the first paint, so that a dark page never flashes light. Remembered on this device only.
try {
  const remembered = localStorage.getItem("theme");
  if (remembered === "light" || remembered === "dark") document.documentElement.dataset.theme = remembered;
} catch {
  // A browser that forbids storage still gets the device's own theme.
}
