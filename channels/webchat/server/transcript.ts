import {
  type ChannelAnswer,
  type ChannelInstance,
  type ChannelPorts,
  type ConversationMessage,
  html,
} from "@okno/kit";
import type { WebchatConfig } from "../manifest.ts";
import { presentMessage } from "./present.ts";
import { identityOf, type Visitor } from "./visitor.ts";

const pageSize = 100;
/** The newest so many: a file that any program opens. */
const longest = 5000;

const words = {
  ru: {
    title: "Переписка",
    you: "Вы",
    file: "файл",
    empty: "Сообщений нет.",
    zone: "Время",
    older: "Показаны последние сообщения.",
  },
  en: {
    title: "Conversation",
    you: "You",
    file: "file",
    empty: "No messages.",
    zone: "Time",
    older: "The latest messages are shown.",
  },
};

async function wholeOf(channel: ChannelInstance, ports: ChannelPorts, visitor: Visitor) {
  let messages: ConversationMessage[] = [];
  for (let more = true; more && messages.length < longest; ) {
    const before = messages[0]?.id;
    const page = await ports.conversation(channel, identityOf(visitor), {
      limit: pageSize,
      ...(before && { beforeId: before }),
    });
    messages = [...page.messages, ...messages];
    more = page.more;
    if (!more) return { messages, cut: false };
  }
  return { messages, cut: true };
}

type Options = { format: "text" | "html"; lang: "ru" | "en" | undefined };

/** What was said, and nothing of what was not meant for the visitor, as a file to keep. */
export async function transcript(
  channel: ChannelInstance,
  ports: ChannelPorts,
  visitor: Visitor,
  { format, lang = channel.project.locale }: Options,
): Promise<ChannelAnswer> {
  const { messages, cut } = await wholeOf(channel, ports, visitor);
  const text = words[lang];
  const { timeZone, name } = channel.project;
  const title = (channel.config as WebchatConfig).title || name;
  const clock = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short", timeZone });
  const lines = messages.map((message) => {
    const { direction, author, body, attachments, at } = presentMessage(visitor, message);
    const files = attachments.map((file) => `[${text.file}: ${file.name}]`);
    return {
      at: clock.format(new Date(at)),
      author: direction === "in" ? text.you : (author ?? title),
      body: [body, ...files].filter((part) => part !== "").join("\n"),
    };
  });
  const about = `${text.zone}: ${timeZone}${cut ? `. ${text.older}` : ""}`;
  const headers = {
    "content-disposition": `attachment; filename="chat.${format === "html" ? "html" : "txt"}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  if (format === "text") {
    const said = lines.map(({ at, author, body }) => `${at}, ${author}\n${body}`);
    const parts = [`${text.title}: ${title}`, about, ...(said.length > 0 ? said : [text.empty])];
    return { text: `\uFEFF${parts.join("\n\n")}\n`, type: "text/plain; charset=utf-8", headers };
  }
  const page = html`<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${text.title}: ${title}</title></head>
<body><h1>${text.title}: ${title}</h1><p>${about}</p>
${lines.map(({ at, author, body }) => html`<section><h2>${author}, <time>${at}</time></h2><pre dir="auto">${body}</pre></section>\n`)}
${lines.length === 0 ? html`<p>${text.empty}</p>` : ""}</body>
</html>
`;
  return {
    html: String(page),
    headers: { ...headers, "content-security-policy": "default-src 'none'; sandbox" },
  };
}
