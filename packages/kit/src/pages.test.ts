import { expect, test } from "vitest";
import { accentPair } from "./accent.ts";
import { html } from "./html.ts";

function luminance(hex: string): number {
  const part = (at: number) => {
    const s = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const x = luminance(a) + 0.05;
  const y = luminance(b) + 0.05;
  return x > y ? x / y : y / x;
}

test.each(["#2f7d5b", "#ffff00", "#000000", "#ffffff", "#b4552d", "#7a3fc0", "#7f7f7f"])(
  "whatever accent a project chooses (%s), it can be read in both themes",
  (accent) => {
    const pair = accentPair(accent);
    expect(contrast(pair.light, "#ffffff")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(pair.dark, "#161a1f")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(pair.light, pair.onLight)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(pair.dark, pair.onDark)).toBeGreaterThanOrEqual(4.5);
  },
);

test("an accent that is no colour falls back instead of reaching a style sheet", () => {
  expect(accentPair("red;}</style>")).toEqual(accentPair("#0f766e"));
});

test("what is put into a page stays text, in elements and in attributes", () => {
  const name = `<script>alert(1)</script>" onload='x' &amp;`;
  const page = String(html`<p title="${name}">${name}</p>`);
  expect(page).not.toContain("<script");
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;amp;");
});

test("lists, nothing, and nested templates are joined", () => {
  const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
  expect(String(html`<ul>${items}${false}${undefined}${null}${0}</ul>`)).toBe(
    "<ul><li>a</li><li>&lt;b&gt;</li>0</ul>",
  );
});
