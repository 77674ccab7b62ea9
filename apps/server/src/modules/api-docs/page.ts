import { errorCodes } from "@okno/contract";
import { type Html, html } from "@okno/kit";
import { curlOf } from "./example.ts";
import type { Answer, OpenApi, Operation, Parameter } from "./openapi.ts";
import { fieldNotes, type SchemaContext, schemaTree, typeName } from "./page-schema.ts";
import { type Language, languages, words } from "./words.ts";

/** Stands in the rendered page for the address under which it was asked for. */
export const originMark = "https://okno.invalid";

type Placed = { path: string; method: string; operation: Operation };
type Context = SchemaContext & { document: OpenApi };

function operationsByTag(document: OpenApi): Map<string, Placed[]> {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return Map.groupBy(all, ({ operation }) => operation.tags[0] ?? "");
}

function accessOf({ security, ...operation }: Operation, { words: w }: Context): Html {
  const scope = operation["x-scope"];
  if (security.length === 0) return html`${w.anyone}`;
  if (!scope) return html`${w.session}`;
  return html`${w.key}; ${w.scope} <code>${scope}</code>, ${w.role} <code>${operation["x-role"]}</code>`;
}

function parameterRow({ name, in: where, required, description, schema }: Parameter, context: Context): Html {
  const { words: w } = context;
  return html`<li><div class="field"><code class="name">${name}</code> <span class="type" lang="en">${typeName(schema, context)}</span>
<span class="where">${w[where]}</span>${required && html` <span class="mark">${w.required}</span>`}</div>${
    description && html`<p class="note" lang="en">${description}</p>`
  }${fieldNotes(schema, context)}</li>`;
}

function bodyOf({ requestBody }: Operation, context: Context): Html | undefined {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!type || !content) return undefined;
  return html`<h4>${context.words.body} <span class="media">${type}</span></h4>${schemaTree(content.schema, context)}`;
}

function answerOf({ responses }: Operation, context: Context): Html {
  const { words: w } = context;
  const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? [];
  const [type, content] = Object.entries((answer as Answer | undefined)?.content ?? {})[0] ?? [];
  const title = html`<h4>${w.answer} <span class="status ok">${status}</span>${type && html` <span class="media">${type}</span>`}</h4>`;
  if (!content) return html`${title}<p class="limits">${w.noContent}</p>`;
  return html`${title}${schemaTree(content.schema, { ...context, sent: false })}`;
}

function errorsOf(operation: Operation, { words: w }: Context): Html {
  const codes = operation["x-codes"];
  return html`<h4>${w.errors}</h4><ul class="codes">${codes.map(
    (code) =>
      html`<li><a href="#error-${code}"><span class="status">${errorCodes[code].status}</span> ${code}</a></li>`,
  )}</ul>`;
}

function operationSection({ path, method, operation }: Placed, context: Context): Html {
  const { words: w, document } = context;
  const id = operation.operationId;
  const parameters = operation.parameters ?? [];
  return html`<section class="route" id="${id}" aria-labelledby="${id}-title">
<div class="what">
<h3 id="${id}-title"><a href="#${id}" lang="en">${operation.summary}</a></h3>
<p class="address"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></p>
<p class="access"><span>${w.access}:</span> ${accessOf(operation, context)}</p>
${parameters.length > 0 && html`<h4>${w.parameters}</h4><ul class="tree">${parameters.map((each) => parameterRow(each, context))}</ul>`}
${bodyOf(operation, context)}
${answerOf(operation, context)}
${errorsOf(operation, context)}
</div>
<div class="how"><figure><figcaption><span id="${id}-example">${w.example}</span><button type="button" class="copy" hidden data-copied="${w.copied}" aria-describedby="${id}-example">${w.copy}</button></figcaption><pre tabindex="0" role="region" aria-label="${w.example}: ${id}"><code>${curlOf(originMark, path, method, operation, document)}</code></pre></figure></div>
</section>`;
}

function errorTable({ words: w }: Context): Html {
  const rows = Object.entries(errorCodes).map(
    ([code, { status, title, retryable }]) =>
      html`<tr id="error-${code}"><td><code>${code}</code></td><td>${status}</td><td><span lang="en">${title}</span>${
        retryable && html` <span class="mark">${w.retry}</span>`
      }</td></tr>`,
  );
  return html`<section id="errors" aria-labelledby="errors-title"><h2 id="errors-title">${w.allErrors}</h2>
<table><thead><tr><th scope="col">${w.code}</th><th scope="col">${w.status}</th><th scope="col">${w.meaning}</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function navigation(groups: Map<string, Placed[]>, { words: w }: Context): Html {
  const items = [...groups].map(
    ([tag, placed]) =>
      html`<li><a class="tag" href="#${tag}" lang="en">${tag}</a><ul>${placed.map(
        ({ method, operation }) =>
          html`<li><a href="#${operation.operationId}" lang="en"><span class="method ${method}" aria-hidden="true">${method.toUpperCase()}</span> ${operation.summary}</a></li>`,
      )}</ul></li>`,
  );
  return html`<nav aria-label="${w.contents}"><ul><li><a class="tag" href="#start">${w.start}</a></li>${items}<li><a class="tag" href="#errors">${w.allErrors}</a></li></ul></nav>`;
}

function languageLinks(language: Language, label: string): Html {
  const names = { ru: "Русский", en: "English" };
  return html`<ul class="languages" aria-label="${label}">${languages.map(
    (each) =>
      html`<li><a href="?lang=${each}" lang="${each}" hreflang="${each}"${each === language && html` aria-current="true"`}>${names[each]}</a></li>`,
  )}</ul>`;
}

/** The documentation as one page: complete without a script. */
export function renderPage(document: OpenApi, language: Language): string {
  const w = words[language];
  const context: Context = { document, schemas: document.components.schemas, words: w, sent: true };
  const groups = operationsByTag(document);
  const sections = [...groups].map(
    ([tag, placed]) =>
      html`<section class="resource" id="${tag}" aria-labelledby="${tag}-title"><h2 id="${tag}-title" lang="en">${tag}</h2>${placed.map((each) => operationSection(each, context))}</section>`,
  );
  return String(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${w.title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
<link rel="stylesheet" href="/docs/reference.css">
<script src="/docs/docs.js" defer></script>
</head>
<body>
<a class="skip" href="#content">${w.skip}</a>
<header><p class="brand"><a class="home" href="/docs/${language}">${w.guides}</a> / ${w.title} <span class="version">${document.info.version}</span></p>${languageLinks(language, w.language)}</header>
<div class="columns">
${navigation(groups, context)}
<main id="content">
<section id="start" aria-labelledby="start-title"><h1 id="start-title">${w.title}</h1>
<p class="lead">${w.lead} <a href="/openapi.json">openapi.json</a></p>
<ul class="hints"><li>${w.startAuth}</li><li>${w.startErrors}</li><li>${w.startRepeat}</li><li>${w.startLists}</li></ul></section>
${sections}
${errorTable(context)}
</main>
</div>
</body>
</html>
`);
}
