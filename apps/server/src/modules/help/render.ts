import { Html, html } from "@okno/kit";
import { Marked } from "marked";

export const helpLanguages = ["ru", "en"] as const;
export type HelpLanguage = (typeof helpLanguages)[number];

const names: Record<HelpLanguage, string> = { ru: "Русский", en: "English" };
const words = {
  ru: { skip: "К тексту", contents: "Содержание", language: "Язык", back: "К заявкам" },
  en: {
    skip: "Skip to the content",
    contents: "Contents",
    language: "Language",
    back: "Back to the tickets",
  },
} as const;

type Heading = { id: string; text: string };

/** An address part made of a heading: letters of any language, joined by hyphens. */
function idOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/gu, "");
}

/** Markdown of the repository, trusted as its code is; pictures and neighbouring guides are found under `/help`. */
function toHtml(markdown: string): { title: string; body: string; headings: Heading[] } {
  const headings: Heading[] = [];
  let title = "";
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const text = this.parser.parseInline(tokens);
        const plain = text.replaceAll(/<[^>]+>/gu, "");
        if (depth === 1) title = plain;
        if (depth === 2) headings.push({ id: idOf(plain), text: plain });
        return `<h${depth} id="${idOf(plain)}">${text}</h${depth}>\n`;
      },
      image({ href, text }) {
        const address = href.replace(/^\.\.\/screens\//u, "/help/screens/");
        return `<a href="${address}"><img src="${address}" alt="${text}" loading="lazy"></a>`;
      },
      link({ href, tokens }) {
        const address = href.replace(/^operator\.(ru|en)\.md/u, "/help/$1");
        return `<a href="${address}">${this.parser.parseInline(tokens)}</a>`;
      },
    },
  });
  const body = marked.parse(markdown, { async: false });
  return { title, body, headings };
}

/** A guide as a page that is complete without a script. */
export function renderGuide(markdown: string, language: HelpLanguage): string {
  const w = words[language];
  const { title, body, headings } = toHtml(markdown);
  const links = headings.map(({ id, text }) => html`<li><a href="#${id}">${new Html(text)}</a></li>`);
  const languages = helpLanguages.map(
    (each) =>
      html`<li><a href="/help/${each}" lang="${each}" hreflang="${each}"${each === language && html` aria-current="true"`}>${names[each]}</a></li>`,
  );
  return String(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${new Html(title)} · Okno</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
<link rel="stylesheet" href="/help/help.css">
</head>
<body>
<a class="skip" href="#content">${w.skip}</a>
<header><p class="brand"><a class="home" href="/">${w.back}</a></p><ul class="languages" aria-label="${w.language}">${languages}</ul></header>
<div class="columns">
<nav aria-label="${w.contents}"><ul>${links}</ul></nav>
<main id="content" class="guide">${new Html(body)}</main>
</div>
</body>
</html>
`);
}
