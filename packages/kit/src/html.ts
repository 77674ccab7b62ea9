/** Markup that is already safe: made by `html` alone. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string" || typeof value === "number")
    return String(value).replace(/[&<>"']/gu, (c) => entities[c] ?? c);
  return value.map(render).join("");
}

/**
 * A template of a page that customers see: everything put into it is shown as text, in elements and in quoted attributes;
 * only the result of another `html` stays markup. Never put a value into a script, a style or an unquoted attribute.
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(parts.reduce((page, part, i) => page + render(values[i - 1]) + part));
}
