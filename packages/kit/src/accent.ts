/** A project's accent made readable: a background for buttons and a colour for links, with text on it, in each theme. */
export type AccentPair = { light: string; onLight: string; dark: string; onDark: string };

type Rgb = [number, number, number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
const lightGround: Rgb = [255, 255, 255];
const darkGround: Rgb = [22, 26, 31];
/** WCAG 2.2 AA for text. */
const enough = 4.5;

function parse(hex: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/iu.exec(hex)?.[1] ?? "0f766e";
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as Rgb;
}

const format = (rgb: Rgb) => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const s = part / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast of two colours, 1…21. */
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const mix = (from: Rgb, to: Rgb, share: number) =>
  from.map((part, i) => part + ((to[i] ?? 0) - part) * share) as Rgb;

/** Moves the colour towards `to` until it can be read on the ground. */
function readableOn(ground: Rgb, colour: Rgb, to: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mix(colour, to, share);
    if (contrast(tried, ground) >= enough) return tried;
  }
  return to;
}

const textOn = (ground: Rgb) => (contrast(white, ground) >= enough ? white : black);

/** Any `#rrggbb` → colours with a contrast of at least 4.5 : 1 on a light and on a dark page, and for text on them. */
export function accentPair(hex: string): AccentPair {
  const accent = parse(hex);
  const light = readableOn(lightGround, accent, black);
  const dark = readableOn(darkGround, accent, white);
  return {
    light: format(light),
    onLight: format(textOn(light)),
    dark: format(dark),
    onDark: format(textOn(dark)),
  };
}
