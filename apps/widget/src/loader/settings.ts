/** What the server writes into the script when it hands it out. */
type Channel = {
  key: string;
  title: string;
  locale: "ru" | "en";
  accent: { light: string; onLight: string; dark: string; onDark: string };
};

declare const __OKNO_CHAT__: Channel;

export type Settings = Channel & {
  /** `https://desk.example/chat/KEY/`: where the script came from. */
  base: string;
  lang: "ru" | "en";
  /** Set by the site; otherwise the frame goes by the visitor's browser. */
  chosenLang: "ru" | "en" | undefined;
  position: "left" | "right";
  /** The site's signed word about its user, from the tag. */
  identity: string | undefined;
};

const known = (value: string | undefined): "ru" | "en" | undefined =>
  value === "ru" || value === "en" ? value : undefined;

/** The settings, from the script's own tag; undefined when the tag cannot be found. */
export function readSettings(): Settings | undefined {
  const channel = __OKNO_CHAT__;
  const script =
    document.currentScript ?? document.querySelector(`script[src*="/chat/${channel.key}/loader.js"]`);
  if (!(script instanceof HTMLScriptElement)) return undefined;
  const chosenLang = known(script.dataset.lang);
  return {
    ...channel,
    base: new URL(".", script.src).href,
    chosenLang,
    lang: chosenLang ?? (/^(ru|be|kk|uk)\b/iu.test(navigator.language) ? "ru" : "en"),
    position: script.dataset.position === "left" ? "left" : "right",
    identity: script.dataset.identity || undefined,
  };
}
