import type { ComponentChildren } from "preact";
import { Attachment } from "./attachment.tsx";
import { fileSize, timeOfDay } from "./format.ts";
import { AlertIcon, CheckIcon, ChecksIcon, ClockIcon, FileIcon } from "./icons.tsx";
import { linkify } from "./linkify.ts";
import type { Line } from "./timeline.ts";
import type { Pending } from "./types.ts";
import { useTools } from "./use-chat.ts";

function Words({ body }: { body: string }) {
  return (
    <p class="words" dir="auto">
      {linkify(body).map(({ text, href }) =>
        href ? (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {text}
          </a>
        ) : (
          text
        ),
      )}
    </p>
  );
}

function Mark({ icon, text }: { icon: ComponentChildren; text: string }) {
  return (
    <span class="mark" title={text}>
      {icon}
      <span class="hidden">{text}</span>
    </span>
  );
}

export function Bubble({ line }: { line: Line }) {
  const { texts, config } = useTools();
  const { message, first, last, answered } = line;
  const { direction, body, attachments, at } = message;
  const own = direction === "in";
  const author = own ? texts.t("you") : (message.author ?? config.title);
  return (
    <div class={`message ${own ? "own" : "theirs"}${first ? " first" : ""}`}>
      <span class={own || !first ? "hidden" : "author"}>{author}</span>
      <div class="bubble">
        {attachments.map((file) => (
          <Attachment key={file.id} file={file} />
        ))}
        {body !== "" && <Words body={body} />}
      </div>
      {last && (
        <span class="meta">
          <time dateTime={at}>{timeOfDay(at, texts)}</time>
          {own &&
            (answered || message.status === "read" ? (
              <Mark icon={<ChecksIcon />} text={texts.t("read")} />
            ) : (
              <Mark icon={<CheckIcon />} text={texts.t("sent")} />
            ))}
        </span>
      )}
    </div>
  );
}

export function PendingBubble({
  message,
  sending,
  online,
}: {
  message: Pending;
  sending: boolean;
  online: boolean;
}) {
  const { chat, texts } = useTools();
  const { t } = texts;
  const { refused, externalId } = message;
  return (
    <div class="message own pending">
      <span class="hidden">{t("you")}</span>
      <div class="bubble">
        {message.uploads.map((file) => (
          <span key={file.handle} class="file">
            <FileIcon />
            <span class="file-name" dir="auto">
              {file.name}
            </span>
            <span class="file-size">{fileSize(file.sizeBytes, texts)}</span>
          </span>
        ))}
        {message.body !== "" && <Words body={message.body} />}
      </div>
      {refused ? (
        <span class="meta refused">
          <AlertIcon />
          {t(refused)}
          <button type="button" class="link" onClick={() => chat.retry(externalId)}>
            {t("again")}
          </button>
          <button type="button" class="link" onClick={() => chat.discard(externalId)}>
            {t("discard")}
          </button>
        </span>
      ) : (
        <span class="meta">
          <Mark icon={<ClockIcon />} text={t(sending || online ? "sending" : "waiting")} />
          <span aria-hidden="true">{t(sending || online ? "sending" : "waiting")}</span>
        </span>
      )}
    </div>
  );
}
