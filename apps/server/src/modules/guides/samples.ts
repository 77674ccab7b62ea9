import { type Html, html } from "@okno/kit";
import { readSample } from "./guide.ts";
import type { Words } from "./words.ts";

/** The languages of the samples, by the ends of their files' names, in the order of their tabs. */
export const sampleLanguages = { sh: "curl", py: "Python", php: "PHP", mjs: "JavaScript" } as const;
type SampleLanguage = keyof typeof sampleLanguages;

const sampleFile = /^\.\.\/samples\/(?<name>[a-z-]+)\.(?<end>sh|py|php|mjs)$/u;

/** One block of code, with its button. The button stays hidden where it could do nothing. */
export function codeFigure(code: Html | string, label: string, w: Words): Html {
  return html`<figcaption><span>${label}</span><button type="button" class="copy" hidden data-copied="${w.copied}">${w.copy}</button></figcaption><pre tabindex="0" role="region" aria-label="${label}"><code>${code}</code></pre>`;
}

function languageOf(file: string): SampleLanguage | undefined {
  return sampleFile.exec(file)?.groups?.end as SampleLanguage | undefined;
}

/** Is this the address of a sample? A paragraph of nothing but such links is shown as the samples themselves. */
export function isSample(address: string): boolean {
  return languageOf(address) !== undefined;
}

/** One task in several languages: tabs that are radio buttons, so that they work without a script. */
export function sampleTabs(addresses: readonly string[], group: string, w: Words): Html {
  const samples = addresses.flatMap((address) => {
    const language = languageOf(address);
    return language ? [{ language, file: address.replace("../samples/", "") }] : [];
  });
  const tabs = samples.map(({ language }, index) => {
    const id = `${group}-${language}`;
    return html`<input type="radio" name="${group}" id="${id}" value="${language}"${index === 0 && html` checked`}><label for="${id}">${sampleLanguages[language]}</label>`;
  });
  const panels = samples.map(
    ({ language, file }) =>
      html`<figure data-file="${file}">${codeFigure(readSample(file), `${sampleLanguages[language]}: ${file}`, w)}</figure>`,
  );
  // One language needs no choice.
  if (panels.length === 1) return html`<div class="sample">${panels}</div>`;
  return html`<fieldset class="samples"><legend>${w.sampleLanguage}</legend>${tabs}${panels}</fieldset>`;
}
