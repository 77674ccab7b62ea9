import { type ChannelAnswer, type Html, html } from "@okno/kit";
import type { FormConfig } from "../manifest.ts";
import type { Faults, Typed } from "./fields.ts";
import { addressOf, described, faultText, page, type View } from "./layout.ts";
import type { TextKey } from "./texts.ts";

export type Topic = { id: string; name: string };
/** A file of an earlier attempt: browsers forget what was chosen, so the handle is kept for them. */
export type Kept = { handle: string; name: string };

export type FormState = {
  once: string;
  typed: Typed;
  faults: Faults;
  kept: Kept | undefined;
  notice: TextKey | undefined;
  status: number;
};

/** What both forms have besides their fields: the once-token, the trap for robots, the kept file. */
export function hiddenFields({ t }: View, once: string): Html {
  return html`<input type="hidden" name="once" value="${once}">
<div class="trap" aria-hidden="true"><label>${t("trap")} <input type="text" name="website" tabindex="-1" autocomplete="off"></label></div>`;
}

export function fileField(
  { t }: View,
  { kept, fault }: { kept: Kept | undefined; fault: TextKey | undefined },
): Html {
  return html`<div class="field">
<label for="file">${t("file")} <small>${t("optional")}</small></label>
${
  kept &&
  html`<div class="kept"><input type="hidden" name="kept" value="${kept.handle}"><span dir="auto">${t("fileKept", { name: kept.name })}</span>
<label><input type="checkbox" name="drop" value="1">${t("fileDrop")}</label></div>`
}
<input type="file" id="file" name="file"${described("file", { fault, hint: true })}>
<p class="hint" id="file-hint">${t("fileHint")}</p>
${faultText(t, "file", fault)}
</div>`;
}

function topicField({ t }: View, topics: readonly Topic[], chosen: string): Html | false {
  if (topics.length < 2) return false;
  const choices = topics.map(
    ({ id, name }) =>
      html`<label class="choice"><input type="radio" name="topic" value="${id}"${id === chosen && html` checked`}><span dir="auto">${name}</span></label>`,
  );
  return html`<fieldset>
<legend>${t("topic")} <small>${t("optional")}</small></legend>
<div class="choices">${choices}</div>
</fieldset>`;
}

function textField(
  { t }: View,
  name: "name" | "contact",
  {
    value,
    fault,
    autocomplete,
    hint,
  }: { value: string; fault: TextKey | undefined; autocomplete: string; hint?: TextKey },
): Html {
  return html`<div class="field">
<label for="${name}">${t(name)} <small>${t("optional")}</small></label>
<input type="text" id="${name}" name="${name}" value="${value}" autocomplete="${autocomplete}" maxlength="400" dir="auto"${described(name, { fault, hint: hint !== undefined })}>
${hint && html`<p class="hint" id="${name}-hint">${t(hint)}</p>`}
${faultText(t, name, fault)}
</div>`;
}

export function messageField(
  { t }: View,
  { value, fault, label }: { value: string; fault: TextKey | undefined; label: TextKey },
): Html {
  return html`<div class="field">
<label for="message">${t(label)}</label>
<textarea id="message" name="message" rows="6" maxlength="10000" dir="auto"${described("message", { fault })}>
${value}</textarea>
${faultText(t, "message", fault)}
</div>`;
}

export function noticeOf(
  { t }: View,
  { notice, faults }: Pick<FormState, "notice" | "faults">,
): Html | undefined {
  const said = notice ?? (Object.keys(faults).length > 0 ? "faultsTitle" : undefined);
  return said && html`<p class="notice" role="alert">${t(said)}</p>`;
}

/** The form, empty or with everything typed in its place. */
export function formPage(view: View, topics: readonly Topic[], state: FormState): ChannelAnswer {
  const { t, channel } = view;
  const { title, intro } = channel.config as FormConfig;
  const { typed, faults, kept, once, status } = state;
  const heading = title || t("title");
  const content = html`<h1 dir="auto">${heading}</h1>
${intro && html`<p class="intro" dir="auto">${intro}</p>`}
${noticeOf(view, state)}
<form method="post" action="${addressOf(view)}" enctype="multipart/form-data" accept-charset="utf-8">
${hiddenFields(view, once)}
${topicField(view, topics, typed.topic)}
${messageField(view, { value: typed.message, fault: faults.message, label: "message" })}
${textField(view, "name", { value: typed.name, fault: faults.name, autocomplete: "name" })}
${textField(view, "contact", { value: typed.contact, fault: faults.contact, autocomplete: "email", hint: "contactHint" })}
${fileField(view, { kept, fault: faults.file })}
<button type="submit">${t("send")}</button>
</form>`;
  return page(view, heading, content, status);
}
