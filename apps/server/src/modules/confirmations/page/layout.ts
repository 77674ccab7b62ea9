import { createHash } from "node:crypto";
import { accentPair, Html, html } from "@okno/kit";
import type { Locale, Translate } from "./texts.ts";

/** What every page is drawn with. */
export type View = {
  locale: Locale;
  /** The language stands in the address, and stays there. */
  lang: Locale | undefined;
  t: Translate;
  project: { name: string; accent: string; timeZone: string };
  token: string;
};

export type Page = { status: number; html: string; headers: Record<string, string> };

const rules = `
*{box-sizing:border-box;margin:0}
body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text-1);background:var(--ground-2);-webkit-text-size-adjust:100%}
main{max-width:560px;margin:0 auto;padding:40px 20px 64px}
header{display:flex;gap:16px;align-items:baseline;justify-content:space-between;margin:0 2px 12px;font-size:14px}
.project{min-width:0;font-weight:600;color:var(--text-2);overflow-wrap:anywhere}
header a{flex:none;padding:8px 0}
.card{padding:32px;border:1px solid var(--line);border-radius:10px;background:var(--ground)}
h1{display:flex;gap:12px;align-items:center;font-size:28px;line-height:1.25;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h1 svg{flex:none;width:28px;height:28px}
.good{color:var(--good)}.late{color:var(--late)}.calm{color:var(--text-3)}
.hint,.about{font-size:14px;color:var(--text-3)}
.lead{margin-top:8px;color:var(--text-2)}
.about{margin-top:16px;display:flex;flex-wrap:wrap;gap:4px 16px;font-variant-numeric:tabular-nums}
.subject{margin-top:20px;padding:16px 20px;border-inline-start:3px solid var(--accent);border-radius:0 8px 8px 0;background:var(--ground-2);font-size:18px;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
dl{display:grid;grid-template-columns:minmax(0,auto) minmax(0,1fr);gap:6px 16px;margin-top:16px}
dt{color:var(--text-3)}dd{overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.notice{margin-top:20px;padding:12px 16px;border-radius:8px;background:var(--notice);color:var(--text-1)}
.notice.bad{box-shadow:inset 3px 0 0 var(--late)}
form{display:grid;gap:16px;margin-top:24px}
form+form{margin-top:12px}
form+.more{margin-top:28px}
.more{border-top:1px solid var(--line)}
summary{display:flex;align-items:center;min-height:48px;font-weight:600;cursor:pointer;color:var(--text-2);list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"";width:8px;height:8px;margin-inline:2px 14px;border-right:2px solid;border-bottom:2px solid;transform:rotate(-45deg)}
details[open] summary::before{transform:rotate(45deg)}
.more form{margin:4px 0 16px}
.field{display:grid;gap:6px}
label{font-weight:600;font-size:15px}
input[type=text],textarea{width:100%;min-height:48px;padding:10px 12px;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--control);border-radius:6px}
input[name=code]{max-width:11em;font-size:20px;letter-spacing:.2em;font-variant-numeric:tabular-nums}
textarea{min-height:112px;resize:vertical}
button{justify-self:start;min-height:48px;padding:0 24px;font:inherit;font-weight:600;border:1px solid var(--control);border-radius:6px;background:var(--ground);color:var(--text-1);cursor:pointer}
button.main{border-color:transparent;background:var(--accent);color:var(--on-accent)}
button:hover{filter:brightness(1.06)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
a{color:var(--accent);text-underline-offset:3px}
@media(max-width:520px){main{padding:0 0 40px}header{margin:16px 20px 0}.card{border:0;border-radius:0;padding:16px 20px 24px}body{background:var(--ground)}h1{font-size:24px}button{width:100%}}`;

function styleOf(accent: string): string {
  const pair = accentPair(accent);
  return `:root{color-scheme:light dark;--ground:#fff;--ground-2:#f5f6f8;--text-1:#171c23;--text-2:#46505d;--text-3:#5c6674;--line:#e4e7ec;--control:#868f9c;--late:#b3261e;--good:#1a7f4b;--notice:#eef4f4;--accent:${pair.light};--on-accent:${pair.onLight}}
@media(prefers-color-scheme:dark){:root{--ground:#161a1f;--ground-2:#0f1216;--text-1:#e9ecf0;--text-2:#b3bcc7;--text-3:#9aa4b0;--line:#2b323b;--control:#6b7581;--late:#f58f84;--good:#5cc98d;--notice:#232931;--accent:${pair.dark};--on-accent:${pair.onDark}}}${rules}
`;
}

// Tells that the page is in front of somebody. Nothing else needs a script, and this one changes no answer.
const seenScript =
  'setTimeout(function(){if(document.visibilityState==="visible")fetch(location.pathname+"/seen",{method:"POST",headers:{"content-type":"application/x-www-form-urlencoded"},body:"seen=1",keepalive:true})},900)';

const hashSource = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

export const addressOf = ({ token, lang }: View, path = "") =>
  `/c/${encodeURIComponent(token)}${path}${lang ? `?lang=${lang}` : ""}`;

const icons = {
  good: '<path d="m7 12.5 3.5 3.5L17 9"/>',
  late: '<path d="M12 7v6M12 16.5v.5"/>',
  calm: '<path d="M8 12h8"/>',
} as const;
export type Tone = keyof typeof icons;

/** A headline with its sign: meaning is not carried by colour alone. */
export function headline(text: string, tone?: Tone): Html {
  const sign =
    tone &&
    new Html(
      `<svg class="${tone}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="10"/>${icons[tone]}</svg>`,
    );
  return html`<h1>${sign}<span>${text}</span></h1>`;
}

/** One page: everything in it is its own, nothing is kept, followed or indexed. */
export function page(
  view: View,
  {
    title,
    content,
    status = 200,
    watched = false,
  }: { title: string; content: Html; status?: number; watched?: boolean },
): Page {
  const { locale, t, project, token } = view;
  const style = styleOf(project.accent);
  const other = locale === "ru" ? "en" : "ru";
  const text = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}${project.name && html` — ${project.name}`}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<header><p class="project" dir="auto">${project.name}</p><a href="/c/${encodeURIComponent(token)}?lang=${other}" lang="${other}" hreflang="${other}">${t("language")}</a></header>
<div class="card">
${content}
</div>
</main>
${watched && html`<script>${new Html(seenScript)}</script>`}
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src ${hashSource(style)}`,
    `script-src ${watched ? hashSource(seenScript) : "'none'"}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    status,
    html: String(text),
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-frame-options": "DENY",
      "x-robots-tag": "noindex, nofollow",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  };
}
