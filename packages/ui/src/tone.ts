/** The four meanings and "none". Meaning is never carried by the colour alone: words or an icon go with it. */
export type Tone = "neutral" | "info" | "good" | "soon" | "late";

export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  neutral: "bg-surface-3 text-text-2",
  info: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  soon: "bg-soon-soft text-soon",
  late: "bg-late-soft text-late",
};

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: "text-text-3",
  info: "text-accent",
  good: "text-good",
  soon: "text-soon",
  late: "text-late",
};
