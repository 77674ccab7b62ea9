import { Html, html } from "@okno/kit";
import { Marked, type Token, type Tokens } from "marked";
import type { Language } from "../api-docs/index.ts";
import { codeFigure, isSample, sampleTabs } from "./samples.ts";
import { tableOf } from "./tables.ts";
import { words } from "./words.ts";

export type Heading = { id: string; text: string; depth: number };
export type Rendered = { body: string; headings: Heading[] };

/** Stands in a rendered page for the variables of the samples, which are not the same for everybody. */
export const environmentMark = "<!--environment-->";

const directive = /^<!-- (?<name>[a-z]+) -->\s*$/u;
const safeAddress = /^(?:https:\/\/|\/(?!\/)|#)/u;
const neighbour = /^(?<name>[a-z-]+)\.md(?<part>#.*)?$/u;

/** An address part made of a heading: letters of any language, joined by hyphens. */
function idOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/gu, "");
}

const plainOf = (text: string) => text.replaceAll(/<[^>]+>/gu, "");

/** The addresses of a paragraph that consists of links to samples; undefined for any other. */
function samplesOf(tokens: readonly Token[]): string[] | undefined {
  const links = tokens.flatMap((token) => (token.type === "link" ? (token as Tokens.Link).href : []));
  const between = tokens.filter(({ type }) => type !== "link").every(({ raw }) => /^[\s·]*$/u.test(raw));
  return links.length > 0 && between && links.every(isSample) ? links : undefined;
}

/** Where a link of a guide leads: to its neighbours, into this site, or by https. @throws for any other */
function addressOf(href: string, language: Language): string {
  const { name, part = "" } = neighbour.exec(href)?.groups ?? {};
  if (name === "index") return `/docs/${language}${part}`;
  if (name) return `/docs/${language}/${name}${part}`;
  if (!safeAddress.test(href)) throw new Error(`a guide leads to ${href}`);
  return href;
}

/** A guide's text as markup: raw markup in it is shown as text, but for the directives that name a table. */
export function renderMarkdown(text: string, language: Language): Rendered {
  const w = words[language];
  const headings: Heading[] = [];
  let groups = 0;
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const inner = this.parser.parseInline(tokens);
        const id = idOf(plainOf(inner));
        if (depth > 1) headings.push({ id, text: plainOf(inner), depth });
        return `<h${depth} id="${id}">${inner} <a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1">#</a></h${depth}>\n`;
      },
      paragraph({ tokens }) {
        const samples = samplesOf(tokens);
        if (!samples) return `<p>${this.parser.parseInline(tokens)}</p>\n`;
        groups += 1;
        return String(sampleTabs(samples, `sample-${groups}`, w));
      },
      code({ text: code, lang }) {
        return String(html`<figure class="code">${codeFigure(code, lang || w.code, w)}</figure>`);
      },
      link({ href, tokens }) {
        const inner = new Html(this.parser.parseInline(tokens));
        return String(html`<a href="${addressOf(href, language)}">${inner}</a>`);
      },
      image({ text: alt }) {
        return String(html`${alt}`);
      },
      html({ text: raw }) {
        const name = directive.exec(raw)?.groups?.name;
        if (name === "environment") return environmentMark;
        return String((name && tableOf(name, language)) || html`${raw}`);
      },
      table(token) {
        const cells = (row: typeof token.header, tag: "th" | "td") =>
          row
            .map(
              (cell) =>
                `<${tag}${tag === "th" ? ' scope="col"' : ""}>${this.parser.parseInline(cell.tokens)}</${tag}>`,
            )
            .join("");
        const rows = token.rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("");
        return `<table><thead><tr>${cells(token.header, "th")}</tr></thead><tbody>${rows}</tbody></table>\n`;
      },
    },
  });
  return { body: marked.parse(text, { async: false }), headings };
}
