/** One thing looked at: fine, worth knowing, or what keeps Okno from working as it must. */
export type Finding = {
  level: "ok" | "warn" | "fail";
  /** What was looked at: one or two words. */
  about: string;
  text: string;
  /** What to do; absent where all is well. */
  advice?: string;
};

export const ok = (about: string, text: string): Finding => ({ level: "ok", about, text });
export const warn = (about: string, text: string, advice: string): Finding => ({
  level: "warn",
  about,
  text,
  advice,
});
export const fail = (about: string, text: string, advice: string): Finding => ({
  level: "fail",
  about,
  text,
  advice,
});
