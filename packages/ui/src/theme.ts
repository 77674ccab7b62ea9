export type Theme = "light" | "dark" | "system";
export type Density = "comfortable" | "compact";

/** Puts the reader's choice on <html>; `system` leaves it to the operating system. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** Puts the density on <html>. */
export function applyDensity(density: Density): void {
  document.documentElement.dataset.density = density;
}
