// Runs before the first paint, so that neither theme, density nor language ever flashes. A file of its own because the
// page's content security policy allows no inline script. The key and form are those of src/shared/preferences.
(() => {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("okno.preferences") || "{}");
  } catch {
    // Storage may be forbidden or hold something else; the system's theme and the browser's language then stand.
  }
  const root = document.documentElement;
  if (kept.theme === "light" || kept.theme === "dark") root.dataset.theme = kept.theme;
  if (kept.density === "compact") root.dataset.density = "compact";
  const russian = (navigator.languages || []).some((tag) => tag.toLowerCase().startsWith("ru"));
  root.lang = kept.locale === "ru" || kept.locale === "en" ? kept.locale : russian ? "ru" : "en";
})();
