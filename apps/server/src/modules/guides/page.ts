import { Html, html } from "@okno/kit";
import { type Language, languages } from "../api-docs/index.ts";
import type { Guide } from "./guide.ts";
import { environmentMark, type Heading, type Rendered } from "./markdown.ts";
import { codeFigure } from "./samples.ts";
import { environmentLines, type SandboxAccess } from "./sandbox.ts";
import { ago, inFull } from "./updated.ts";
import { type Words, words } from "./words.ts";

/** A guide with its text made into markup: the same for everybody. */
export type Page = Guide & Rendered;

/** Who reads, where and when. */
export type Reader = {
  language: Language;
  origin: string;
  now: Date;
  signedIn: boolean;
  sandbox: SandboxAccess | undefined;
};

const names: Record<Language, string> = { ru: "Русский", en: "English" };

function addressOf(language: Language, name: string): string {
  return name === "index" ? `/docs/${language}` : `/docs/${language}/${name}`;
}

function languageLinks({ name }: Guide, { language }: Reader, w: Words): Html {
  return html`<ul class="languages" aria-label="${w.language}">${languages.map(
    (each) =>
      html`<li><a href="${addressOf(each, name)}" lang="${each}" hreflang="${each}"${each === language && html` aria-current="true"`}>${names[each]}</a></li>`,
  )}</ul>`;
}

function headingList(headings: readonly Heading[], depths: readonly number[]): Html {
  return html`<ul>${headings
    .filter(({ depth }) => depths.includes(depth))
    .map(
      ({ id, text, depth }) => html`<li class="depth-${depth}"><a href="#${id}">${new Html(text)}</a></li>`,
    )}</ul>`;
}

function navigation(pages: readonly Page[], page: Page, { language }: Reader, w: Words): Html {
  const items = pages.map((each) => {
    const here = each.name === page.name;
    return html`<li><a class="tag" href="${addressOf(language, each.name)}"${here && html` aria-current="page"`}>${each.title}</a>${
      here && page.headings.length > 0 && headingList(page.headings, [2])
    }</li>`;
  });
  return html`<nav aria-label="${w.guides}"><ul>${items}<li><a class="tag" href="/docs/reference?lang=${language}">${w.reference}</a></li></ul></nav>`;
}

function updatedLine({ updated }: Guide, { language, now }: Reader, w: Words): Html {
  return html`<p class="updated">${w.updated} <time datetime="${updated}" title="${inFull(updated, language)}">${ago(updated, now, language)}</time></p>`;
}

/** What stands for the variables of the samples: a sandbox that works at once, or where to find one's own. */
function environmentBlock({ origin, sandbox }: Reader, w: Words): Html {
  const lines = environmentLines(origin, sandbox, w.names);
  return html`<p>${sandbox ? w.sandbox : w.noSandbox}</p><figure class="code environment">${codeFigure(lines, w.variables, w)}</figure>`;
}

/** The index leads to every page, each with what it is about. */
function cards(pages: readonly Page[], reader: Reader, w: Words): Html {
  const { language } = reader;
  const items = pages
    .filter(({ name }) => name !== "index")
    .map(
      (each) =>
        html`<li><a href="${addressOf(language, each.name)}">${each.title}</a><p>${each.summary}</p>${updatedLine(each, reader, w)}</li>`,
    );
  return html`<ul class="cards">${items}<li><a href="/docs/reference?lang=${language}">${w.reference}</a><p>${w.referenceSummary}</p></li></ul>`;
}

function nextLink(pages: readonly Page[], page: Page, { language }: Reader, w: Words): Html | undefined {
  const next = pages[pages.findIndex(({ name }) => name === page.name) + 1];
  return (
    next &&
    html`<p class="next"><span>${w.next}</span> <a href="${addressOf(language, next.name)}">${next.title}</a></p>`
  );
}

/** Whoever is not signed in is told so, and how to come in. */
function notice({ language, signedIn }: Reader, here: string, w: Words): Html | undefined {
  if (signedIn) return undefined;
  return html`<p class="notice">${w.anonymous} <a href="/sign-in?next=${encodeURIComponent(here)}">${w.signInInside}</a> ${w.or} <a href="/docs/${language}/access">${w.access}</a>.</p>`;
}

/** A page of the guides: complete without a script. */
export function renderPage(pages: readonly Page[], page: Page, reader: Reader): string {
  const { language, signedIn } = reader;
  const w = words[language];
  const here = addressOf(language, page.name);
  const door = signedIn
    ? html`<a class="door" href="/">${w.console}</a>`
    : html`<a class="door" href="/sign-in?next=${encodeURIComponent(here)}">${w.signIn}</a>`;
  const body = page.body.replaceAll(environmentMark, () => String(environmentBlock(reader, w)));
  return String(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${page.summary}">
<title>${page.title} · Okno</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
<link rel="stylesheet" href="/docs/guides.css">
<script src="/docs/docs.js" defer></script>
</head>
<body>
<a class="skip" href="#content">${w.skip}</a>
<header><p class="brand"><a class="home" href="/docs/${language}">${w.site}</a></p><div class="doors">${languageLinks(page, reader, w)}${door}</div></header>
<div class="columns">
${navigation(pages, page, reader, w)}
<main id="content" class="guide">
${notice(reader, here, w)}
<h1>${page.title}</h1>
${updatedLine(page, reader, w)}
${page.headings.length > 1 && html`<details class="contents"><summary>${w.onPage}</summary>${headingList(page.headings, [2, 3])}</details>`}
${new Html(body)}
${page.name === "index" && cards(pages, reader, w)}
${page.name !== "index" && nextLink(pages, page, reader, w)}
</main>
</div>
</body>
</html>
`);
}
