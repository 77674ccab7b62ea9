import { errorCodes, eventTypes, webhookSchedule } from "@okno/contract";
import { type Html, html } from "@okno/kit";
import type { Language } from "../api-docs/index.ts";
import { type Words, words } from "./words.ts";

function errorsTable(w: Words): Html {
  const rows = Object.entries(errorCodes).map(
    ([code, { status, title, retryable }]) =>
      html`<tr><td class="long"><code>${code}</code></td><td>${status}</td><td><span lang="en">${title}</span>${retryable && html` <span class="mark">${w.repeat}</span>`}</td></tr>`,
  );
  return html`<table><thead><tr><th scope="col">${w.code}</th><th scope="col">${w.status}</th><th scope="col">${w.meaning}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function eventsList(): Html {
  const groups = Map.groupBy(eventTypes, (type) => type.slice(0, type.indexOf(".")));
  return html`<ul class="events" lang="en">${[...groups].map(
    ([group, types]) =>
      html`<li><code>${group}.*</code><ul>${types.map((type) => html`<li><code>${type}</code></li>`)}</ul></li>`,
  )}</ul>`;
}

/** A pause in the largest whole unit. */
function pauseOf(seconds: number, language: Language): string {
  if (seconds === 0) return words[language].seconds;
  const [unit, size] =
    seconds % 3600 === 0 ? ["hour", 3600] : seconds % 60 === 0 ? ["minute", 60] : ["second", 1];
  return new Intl.NumberFormat(language, { style: "unit", unit: String(unit), unitDisplay: "long" }).format(
    seconds / Number(size),
  );
}

function scheduleTable(w: Words, language: Language): Html {
  const rows = webhookSchedule.map(
    (seconds, index) => html`<tr><td>${index + 1}</td><td>${pauseOf(seconds, language)}</td></tr>`,
  );
  return html`<table class="short"><thead><tr><th scope="col">${w.attempt}</th><th scope="col">${w.pause}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What a guide takes from the contract by `<!-- name -->`. */
export function tableOf(name: string, language: Language): Html | undefined {
  const w = words[language];
  if (name === "errors") return errorsTable(w);
  if (name === "events") return eventsList();
  return name === "schedule" ? scheduleTable(w, language) : undefined;
}
