export type Lang = "ru" | "en";

/** Whether somebody is there, and how soon an answer comes. */
export type Desk = {
  open: boolean;
  opensAt: string | null;
  changesAt: string | null;
  replyMinutes: number | null;
  text: string | null;
};

export type Config = {
  key: string;
  title: string;
  greeting: string | null;
  locale: Lang;
  accent: { light: string; onLight: string; dark: string; onDark: string };
  maxLength: number;
  maxAttachments: number;
  rating: "five" | "two" | "off";
  desk: Desk;
};

/** The settings the server wrote into the page. */
export function readConfig(): Config {
  return JSON.parse(document.documentElement.dataset.config ?? "{}") as Config;
}

/** The site's choice, then the visitor's browser, then the project. */
export function chooseLang(config: Config): Lang {
  const chosen = document.documentElement.dataset.lang;
  if (chosen === "ru" || chosen === "en") return chosen;
  for (const language of navigator.languages) {
    if (/^(ru|be|kk|uk)\b/iu.test(language)) return "ru";
    if (/^en\b/iu.test(language)) return "en";
  }
  return config.locale;
}

export function paintAccent({ accent }: Config): void {
  const { style } = document.documentElement;
  style.setProperty("--accent-light", accent.light);
  style.setProperty("--on-accent-light", accent.onLight);
  style.setProperty("--accent-dark", accent.dark);
  style.setProperty("--on-accent-dark", accent.onDark);
}
