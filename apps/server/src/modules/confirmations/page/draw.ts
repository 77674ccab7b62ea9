import { type Html, html } from "@okno/kit";
import type { ConfirmationRow } from "../queries.ts";
import { addressOf, headline, type Page, page, type Tone, type View } from "./layout.ts";
import type { TextKey } from "./texts.ts";

export const maxReason = 1_000;
export const maxQuestion = 5_000;

export type Notice = { key: TextKey; values?: Record<string, string | number>; bad?: true };
export type Typed = { reason?: string; question?: string };

export function momentOf({ locale, project }: View, at: Date): string {
  return at.toLocaleString(locale, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: project.timeZone,
    timeZoneName: "short",
  });
}

const plain = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

/** What is to be confirmed: the words, and what else a kind shows, by name. */
function subject(snapshot: Record<string, unknown>): Html {
  const { text, ticket: _, ...facts } = snapshot;
  const rows = Object.entries(facts).filter(([, value]) => plain(value));
  return html`${plain(text) && html`<div class="subject" dir="auto">${text}</div>`}
${rows.length > 0 && html`<dl>${rows.map(([name, value]) => html`<dt dir="auto">${name}</dt><dd dir="auto">${plain(value) && value}</dd>`)}</dl>`}`;
}

function about(view: View, row: ConfirmationRow, number: number): Html {
  const { t } = view;
  return html`<p class="about"><span>${t("ticket", { number })}</span>${row.expires_at && html`<span>${t("until", { time: momentOf(view, row.expires_at) })}</span>`}</p>`;
}

const noticeOf = ({ t }: View, notice: Notice | undefined) =>
  notice &&
  html`<p class="notice${notice.bad && html` bad`}" role="${notice.bad ? "alert" : "status"}">${t(notice.key, notice.values)}</p>`;

function codeField({ t }: View): Html {
  return html`<div class="field">
<label for="code">${t("code")}</label>
<input type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" aria-describedby="code-hint">
<p class="hint" id="code-hint">${t("codeHint")}</p>
</div>`;
}

/** Yes: at once, or with the code that has to be sent for first. */
function confirming(view: View, row: ConfirmationRow, begin: Html): Html {
  const { t } = view;
  const form = (content: Html) =>
    html`<form method="post" action="${addressOf(view)}">${begin}${content}</form>`;
  const yes = html`<button class="main" type="submit" name="answer" value="confirm">${t("confirm")}</button>`;
  if (!row.code_required) return form(yes);
  const send = (words: TextKey, look: Html | false) =>
    html`<button${look} type="submit" name="answer" value="code">${t(words)}</button>`;
  if (row.codes_sent === 0)
    return form(html`<p class="lead">${t("codeFirst")}</p>${send("codeButton", html` class="main"`)}`);
  return html`${form(html`${codeField(view)}${yes}`)}${form(send("codeAgain", false))}`;
}

function forms(view: View, row: ConfirmationRow, form: string, typed: Typed): Html {
  const { t } = view;
  const action = addressOf(view);
  const begin = html`<input type="hidden" name="form" value="${form}">`;
  return html`${confirming(view, row, begin)}
<details class="more"${typed.reason !== undefined && html` open`}><summary>${t("refuse")}</summary>
<form method="post" action="${action}">${begin}
<div class="field"><label for="reason">${t("reason")}</label><textarea id="reason" name="reason" maxlength="${maxReason}" dir="auto" aria-describedby="reason-hint">
${typed.reason ?? ""}</textarea><p class="hint" id="reason-hint">${t("reasonHint")}</p></div>
<button type="submit" name="answer" value="refuse">${t("refuseButton")}</button></form></details>
<details class="more"${typed.question !== undefined && html` open`}><summary>${t("question")}</summary>
<form method="post" action="${action}">${begin}
<div class="field"><label for="question">${t("questionField")}</label><textarea id="question" name="question" maxlength="${maxQuestion}" required dir="auto" aria-describedby="question-hint">
${typed.question ?? ""}</textarea><p class="hint" id="question-hint">${t("questionHint")}</p></div>
<button type="submit" name="answer" value="ask">${t("questionButton")}</button></form></details>`;
}

export type Asked = {
  row: ConfirmationRow;
  number: number;
  form: string;
  notice?: Notice | undefined;
  typed?: Typed;
  status?: number;
};

/** The question, open: read, then answer. */
export function askingPage(view: View, { row, number, form, notice, typed = {}, status }: Asked): Page {
  const { t } = view;
  const content = html`${headline(t("ask"))}
<p class="lead">${t("askHint")}</p>
${noticeOf(view, notice)}
${subject(row.snapshot)}
${about(view, row, number)}
${forms(view, row, form, typed)}`;
  return page(view, { title: t("ask"), content, ...(status && { status }), watched: row.opened_at === null });
}

/** A page that only says how it stands. */
export function sayingPage(
  view: View,
  said: { title: TextKey; words: string; tone: Tone; row?: ConfirmationRow; status?: number },
): Page {
  const { t } = view;
  const { title, words, tone, row, status } = said;
  const content = html`${headline(t(title), tone)}
<p class="lead">${words}</p>
${row && subject(row.snapshot)}`;
  return page(view, { title: t(title), content, ...(status && { status }) });
}

/** What was shown is no longer so: the new version is, to be confirmed by its own link. */
export function changedPage(view: View, snapshot: Record<string, unknown>): Page {
  const { t } = view;
  const content = html`${headline(t("changed"), "late")}
<p class="lead">${t("changedHint")}</p>
${subject(snapshot)}
<p class="lead">${t("changedNext")}</p>`;
  return page(view, { title: t("changed"), content, status: 409 });
}
