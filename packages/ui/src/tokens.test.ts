import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Rgb = readonly [number, number, number];
type Side = "light" | "dark";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const SIDES: readonly Side[] = ["light", "dark"];

function hex(value: string): Rgb {
  const parts = value.match(/[0-9a-f]{2}/gi);
  if (!parts || parts.length < 3) throw new Error(`not a colour: ${value}`);
  const [r = 0, g = 0, b = 0] = parts.map((part) => Number.parseInt(part, 16));
  return [r, g, b];
}

function alphaOf(value: string): number {
  return value.length === 9 ? Number.parseInt(value.slice(7), 16) / 255 : 1;
}

function raw(name: string, side: Side): string {
  const pair = css.match(new RegExp(`--${name}: light-dark\\((#[0-9a-f]+), (#[0-9a-f]+)\\);`, "i"));
  const value = side === "light" ? pair?.[1] : pair?.[2];
  if (!value) throw new Error(`no pair for --${name}`);
  return value;
}

function mix(top: Rgb, share: number, bottom: Rgb): Rgb {
  const channel = (index: 0 | 1 | 2) => top[index] * share + bottom[index] * (1 - share);
  return [channel(0), channel(1), channel(2)];
}

function token(name: string, side: Side): Rgb {
  return hex(raw(name, side));
}

/** A translucent token laid over a surface. */
function over(name: string, surface: string, side: Side): Rgb {
  return mix(token(name, side), alphaOf(raw(name, side)), token(surface, side));
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** Contrast ratio of WCAG 2.2. */
function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const SURFACES = ["surface-1", "surface-2", "surface-3", "surface-overlay"];
const TEXTS = ["text-1", "text-2", "text-3"];
const MEANINGS = ["accent", "late", "soon", "good"];
const HUES = [1, 2, 3, 4, 5, 6, 7, 8].map((hue) => `hue-${hue}`);

test("the formula gives the known ratios", () => {
  expect(contrast(hex("#000000"), hex("#ffffff"))).toBeCloseTo(21, 5);
  expect(contrast(hex("#777777"), hex("#ffffff"))).toBeCloseTo(4.48, 2);
});

for (const side of SIDES) {
  const ratio = (foreground: string, background: string) =>
    contrast(token(foreground, side), token(background, side));

  test(`${side}: every text is readable on every surface (AA 4.5)`, () => {
    for (const text of TEXTS) {
      for (const surface of SURFACES) {
        expect(ratio(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test(`${side}: every text stays readable on hovered, pressed and selected rows`, () => {
    for (const text of TEXTS) {
      for (const state of ["hover", "pressed", "selected"]) {
        for (const surface of ["surface-1", "surface-2", "surface-overlay"]) {
          const background = over(state, surface, side);
          expect(
            contrast(token(text, side), background),
            `${text} on ${state} on ${surface}`,
          ).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });

  test(`${side}: the meanings are readable as text, on surfaces and on their own tints`, () => {
    for (const meaning of MEANINGS) {
      for (const surface of ["surface-1", "surface-2", "surface-overlay", `${meaning}-soft`]) {
        expect(ratio(meaning, surface), `${meaning} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
      expect(ratio("text-1", `${meaning}-soft`)).toBeGreaterThanOrEqual(4.5);
      expect(ratio("text-2", `${meaning}-soft`)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test(`${side}: words on filled buttons are readable, at rest and hovered`, () => {
    for (const fill of ["accent", "accent-strong"])
      expect(ratio("on-accent", fill)).toBeGreaterThanOrEqual(4.5);
    for (const fill of ["late", "late-strong"]) expect(ratio("on-late", fill)).toBeGreaterThanOrEqual(4.5);
  });

  test(`${side}: edges of controls and the focus ring stand out (3:1)`, () => {
    for (const surface of ["surface-1", "surface-2", "surface-overlay"]) {
      expect(ratio("line-control", surface), `edge on ${surface}`).toBeGreaterThanOrEqual(3);
      expect(ratio("accent", surface), `ring on ${surface}`).toBeGreaterThanOrEqual(3);
    }
  });

  test(`${side}: initials are readable on the tint of each hue`, () => {
    for (const hue of HUES) {
      const tint = mix(token(hue, side), 0.14, token("surface-1", side));
      expect(contrast(token(hue, side), tint), hue).toBeGreaterThanOrEqual(4.5);
    }
  });
}

test("every colour of the tokens is a pair", () => {
  const declarations = css.match(/^\s*--[\w-]+:[^;]*#[0-9a-f]{3,8}[^;]*;/gim) ?? [];
  expect(declarations.length).toBeGreaterThan(30);
  for (const declaration of declarations) expect(declaration).toContain("light-dark(");
});
