import { type ChannelAnswer, type ConversationMessage, type Html, html } from "@okno/kit";
import { type FormState, fileField, hiddenFields, messageField, noticeOf } from "./form-page.ts";
import { addressOf, page, type View } from "./layout.ts";
import type { Writer } from "./once.ts";

export type Conversation = { messages: ConversationMessage[]; more: boolean; closed: boolean };

// The reader's time zone is not known here: the zone is shown, so that nobody has to guess.
const momentOf = (at: string, locale: string) =>
  new Date(at).toLocaleString(locale, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
    timeZoneName: "short",
  });

const firstName = (name: string | null) => name?.trim().split(/\s+/u)[0];

function files(view: View, writer: Writer, message: ConversationMessage): Html | false {
  if (message.attachments.length === 0) return false;
  const links = message.attachments.map(({ id, name, inline }) => {
    const address = addressOf(view, `/t/${writer.token}/files/${id}`);
    return inline
      ? html`<a href="${address}"><img src="${address}" alt="${name}"></a>`
      : html`<a href="${address}" download="${name}" dir="auto">${name}</a>`;
  });
  return html`<div class="files">${links}</div>`;
}

function messageItem(view: View, writer: Writer, message: ConversationMessage): Html {
  const { t, channel, locale } = view;
  const ours = message.direction === "out";
  const who = ours ? (firstName(message.authorName) ?? channel.project.name) : t("you");
  return html`<li${ours && html` class="ours"`}>
<p class="who"><span dir="auto">${who}</span> <time datetime="${message.at}">${momentOf(message.at, locale)}</time></p>
${message.body !== "" && html`<p class="words" dir="auto">${message.body}</p>`}
${files(view, writer, message)}
</li>`;
}

/** The private page: thanks at first, then the answers, and a field to write again. */
export function conversationPage(
  view: View,
  writer: Writer,
  { messages, more, closed }: Conversation,
  state: FormState,
): ChannelAnswer {
  const { t } = view;
  const answered = messages.some(({ direction }) => direction === "out");
  const heading = t(answered ? "answered" : "received");
  const content = html`<h1>${heading}</h1>
<p class="intro">${t("receivedHint")}</p>
${more && html`<p class="again">${t("older")}</p>`}
<ol class="log">${messages.map((message) => messageItem(view, writer, message))}</ol>
<p class="again"><a href="${addressOf(view, `/t/${writer.token}`)}">${t("refresh")}</a></p>
<div class="reply">
${closed && html`<p class="intro">${t("closed")}</p>`}
${noticeOf(view, state)}
<form method="post" action="${addressOf(view, `/t/${writer.token}`)}" enctype="multipart/form-data" accept-charset="utf-8">
${hiddenFields(view, state.once)}
${messageField(view, { value: state.typed.message, fault: state.faults.message, label: "reply" })}
${fileField(view, { kept: state.kept, fault: state.faults.file })}
<button type="submit">${t("send")}</button>
</form>
</div>`;
  return page(view, heading, content, state.status);
}
