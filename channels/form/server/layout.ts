import { type ChannelAnswer, type ChannelInstance, type Html, html } from "@okno/kit";
import { styleSheet } from "./style.ts";
import type { Locale, TextKey, Translate } from "./texts.ts";

/** What every page of the form is drawn with. */
export type View = {
  channel: ChannelInstance;
  locale: Locale;
  /** The language stands in the address, and stays there. */
  lang: Locale | undefined;
  embed: boolean;
  t: Translate;
};

/** An address of this form, which keeps the reader's language and the frame. */
export function addressOf({ channel, lang, embed }: View, path = ""): string {
  const query = new URLSearchParams({ ...(lang && { lang }), ...(embed && { embed: "1" }) });
  return `/form/${channel.publicKey}${path}${query.size > 0 ? `?${query}` : ""}`;
}

function policyOf({ embed }: View): string {
  return [
    "default-src 'none'",
    `script-src ${embed ? "'self'" : "'none'"}`,
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${embed ? "*" : "'none'"}`,
  ].join("; ");
}

/** A page with its style and policy; there is a script in it only when it stands in another site's frame. */
export function page(view: View, title: string, content: Html, status = 200): ChannelAnswer {
  const { channel, locale, embed } = view;
  const base = `/form/${channel.publicKey}`;
  const { version } = styleSheet(channel.project.accent);
  const text = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title} — ${channel.project.name}</title>
<link rel="stylesheet" href="${base}/style.css?v=${version}">
${embed && html`<script src="${base}/height.js" defer></script>`}
</head>
<body${embed && html` class="embed"`}>
<main>
${!embed && html`<p class="project" dir="auto">${channel.project.name}</p>`}
<div class="card">
${content}
</div>
</main>
</body>
</html>
`;
  return { html: String(text), status, headers: { "content-security-policy": policyOf(view) } };
}

/** The word beside a field that cannot stay as it is. */
export const faultText = (t: Translate, name: string, fault: TextKey | undefined) =>
  fault && html`<p class="fault" id="${name}-fault">${t(fault)}</p>`;

/** Ties a field to its fault and hint for those who hear the page. */
export function described(
  name: string,
  { fault, hint }: { fault: TextKey | undefined; hint?: boolean },
): Html {
  const ids = [fault && `${name}-fault`, hint && `${name}-hint`].filter(Boolean).join(" ");
  return html`${fault && html` aria-invalid="true"`}${ids && html` aria-describedby="${ids}"`}`;
}
