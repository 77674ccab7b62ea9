import { createHash } from "node:crypto";
import { accentPair } from "@okno/kit";

const rules = `
*{box-sizing:border-box;margin:0}
body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text-1);background:var(--ground-2);-webkit-text-size-adjust:100%}
main{max-width:600px;margin:0 auto;padding:40px 20px 64px}
.card{padding:32px;border:1px solid var(--line);border-radius:10px;background:var(--ground)}
.embed{background:transparent}.embed main{max-width:none;padding:0}.embed .card{border:0;padding:4px}
.project{margin:0 0 12px 2px;font-size:14px;font-weight:600;color:var(--text-2);overflow-wrap:anywhere}
h1{font-size:28px;line-height:1.25;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
.intro{margin-top:8px;color:var(--text-2);white-space:pre-line}
.notice{margin-top:20px;padding:12px 16px;border-radius:8px;background:var(--notice);color:var(--notice-text)}
form{display:grid;gap:20px;margin-top:24px}
fieldset{padding:0;border:0;min-width:0}
legend,label{font-weight:600;font-size:15px}
legend{padding:0;margin-bottom:8px}
small{font-size:13px;font-weight:400;color:var(--text-3)}
.field{display:grid;gap:6px}
.hint{font-size:13px;color:var(--text-3)}
.fault{font-size:14px;color:var(--late)}
input[type=text],textarea{width:100%;min-height:44px;padding:10px 12px;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--control);border-radius:6px}
textarea{min-height:150px;resize:vertical;line-height:1.5}
input[aria-invalid=true],textarea[aria-invalid=true]{border-color:var(--late);box-shadow:0 0 0 1px var(--late)}
input[type=file]{max-width:100%;font:inherit;font-size:14px;color:var(--text-2)}
input[type=file]::file-selector-button{font:inherit;min-height:40px;padding:0 14px;margin-inline-end:12px;border:1px solid var(--control);border-radius:6px;background:var(--ground);color:var(--text-1);cursor:pointer}
.choices{display:grid;gap:2px}
.choice{display:flex;align-items:center;gap:10px;min-height:44px;padding:6px 10px;margin:0 -10px;border-radius:6px;font-weight:400;font-size:16px;cursor:pointer}
.choice:hover{background:var(--ground-2)}
.choice input{width:20px;height:20px;flex:none;margin:0;accent-color:var(--accent)}
.kept{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;font-size:14px;overflow-wrap:anywhere}
.kept label{font-weight:400;font-size:14px;display:flex;gap:8px;align-items:center}
button{justify-self:start;min-height:44px;padding:0 24px;font:inherit;font-weight:600;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);cursor:pointer}
button:hover{filter:brightness(1.06)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
a{color:var(--accent);text-underline-offset:3px}
.trap{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.log{display:grid;gap:20px;margin:28px 0 0;padding:0;list-style:none}
.log li{padding-inline-start:14px;border-inline-start:3px solid var(--line);min-width:0}
.log li.ours{border-color:var(--accent)}
.who{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:baseline;font-size:14px;font-weight:600}
time{font-size:13px;font-weight:400;color:var(--text-3);font-variant-numeric:tabular-nums}
.words{margin-top:4px;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
.files{display:grid;gap:8px;margin-top:8px}
.files img{display:block;max-width:100%;max-height:320px;border-radius:6px}
.again{margin-top:20px;font-size:14px}
.reply{margin-top:28px;padding-top:24px;border-top:1px solid var(--line)}
.reply form{margin-top:0}.reply .intro+form,.reply .notice+form{margin-top:16px}
.reply textarea{min-height:96px}
@media(max-width:520px){main{padding:0}.card{border:0;border-radius:0;padding:24px 20px 40px}body{background:var(--ground)}.project{margin:20px 20px 0}h1{font-size:24px}.embed .project{display:none}button{width:100%}}
@media print{.reply,.again,.notice .hint{display:none}body{background:#fff;color:#000}.card{border:0;padding:0}}`;

/** The style of the form's pages; `version` changes with it. */
export function styleSheet(accent: string): { css: string; version: string } {
  const pair = accentPair(accent);
  const css = `:root{color-scheme:light dark;--ground:#fff;--ground-2:#f5f6f8;--text-1:#171c23;--text-2:#46505d;--text-3:#5c6674;--line:#e4e7ec;--control:#868f9c;--late:#b3261e;--notice:#eef4f4;--notice-text:#171c23;--accent:${pair.light};--on-accent:${pair.onLight}}
@media(prefers-color-scheme:dark){:root{--ground:#161a1f;--ground-2:#0f1216;--text-1:#e9ecf0;--text-2:#b3bcc7;--text-3:#9aa4b0;--line:#2b323b;--control:#6b7581;--late:#f58f84;--notice:#232931;--notice-text:#e9ecf0;--accent:${pair.dark};--on-accent:${pair.onDark}}}${rules}
`;
  return { css, version: createHash("sha256").update(css).digest("hex").slice(0, 12) };
}
