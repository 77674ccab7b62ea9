import type { Attachment, Message } from "@okno/contract";
import { Avatar, cx, FileChip, formatBytes, formatDateTime } from "@okno/ui";
import { Check, CheckCheck, CircleAlert, Clock, StickyNote } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { actorName } from "./describe-event.ts";
import { HeldMark } from "./held-mark.tsx";
import { linkify } from "./linkify.ts";
import { splitMentions } from "./mention-query.ts";
import { MessageMenu } from "./message-menu.tsx";
import { useT } from "./messages.ts";

/** Plain words, with the colleagues that a note names marked. */
function Words({ text, mentions }: { text: string; mentions: Message["mentions"] }) {
  if (mentions.length === 0) return <span>{text}</span>;
  let at = 0;
  return splitMentions(text, mentions).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.mention ? (
      <mark key={key} className="rounded-control bg-accent-soft px-0.5 font-medium text-accent">
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}

/** A customer's words as text and nothing else: isolated in direction, links made by us. */
export function BodyText({ text, mentions = [] }: { text: string; mentions?: Message["mentions"] }) {
  let at = 0;
  const pieces = linkify(text).map((piece) => {
    const key = at;
    at += piece.text.length;
    return { piece, key };
  });
  return (
    <p dir="auto" className="text-message whitespace-pre-wrap [unicode-bidi:isolate]">
      {pieces.map(({ piece, key }) =>
        piece.kind === "link" ? (
          <a
            key={key}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-accent underline decoration-1 underline-offset-2 hover:decoration-2"
          >
            {piece.text}
          </a>
        ) : (
          <Words key={key} text={piece.text} mentions={mentions} />
        ),
      )}
    </p>
  );
}

export function Attachments({ files }: { files: readonly Attachment[] }) {
  const t = useT();
  const locale = useLocale();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t("attachments")} className="mt-2 flex flex-wrap items-start gap-2">
      {files.map((file) => (
        <li key={file.id} className="min-w-0 max-w-full">
          {file.inline ? (
            <a
              href={file.url}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t("open.image", { name: file.name })}
              className="block overflow-hidden rounded-control border"
            >
              <img
                src={file.url}
                alt={file.name}
                loading="lazy"
                className="max-h-60 max-w-full object-contain"
              />
            </a>
          ) : (
            <FileChip name={file.name} detail={formatBytes(file.sizeBytes, locale)} href={file.url} />
          )}
        </li>
      ))}
    </ul>
  );
}

const marks = {
  queued: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
} as const;

function StatusMark({ status }: { status: Message["status"] }) {
  const t = useT();
  if (status === "received") return null;
  const Mark = marks[status];
  const tone = status === "failed" ? "text-late" : status === "read" ? "text-accent" : "text-text-3";
  return (
    <span title={t(`status.${status}`)} className={cx("inline-flex items-center gap-1 text-12", tone)}>
      <Mark aria-hidden="true" className="size-3.5" />
      <span className={status === "failed" ? "" : "sr-only"}>{t(`status.${status}`)}</span>
    </span>
  );
}

/** When it was, by the clock: the day stands above. */
export function Time({ at }: { at: string }) {
  const locale = useLocale();
  const date = new Date(at);
  const short = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(date);
  return (
    <time dateTime={at} title={formatDateTime(date, locale)} className="text-12 text-text-3 tabular-nums">
      {short}
    </time>
  );
}

type FrameProps = {
  name: string;
  seed: string;
  joined: boolean;
  look: "customer" | "us" | "note";
  head: ReactNode;
  children: ReactNode;
};

/** The shape of everything somebody wrote: also of what is still on its way. */
export function MessageFrame({ name, seed, joined, look, head, children }: FrameProps) {
  const t = useT();
  return (
    <div className="flex gap-3">
      <span className="w-8 shrink-0 max-md:hidden">
        {joined ? null : <Avatar name={name} seed={seed} decorative />}
      </span>
      <div className="min-w-0 flex-1">
        <header className={cx("flex flex-wrap items-center gap-x-2 pr-9", joined ? "sr-only" : "mb-1")}>
          <bdi className="min-w-0 truncate text-14 font-semibold">{name}</bdi>
          {look === "note" ? (
            <span className="inline-flex items-center gap-1 text-12 font-medium text-soon [&_svg]:size-3">
              <StickyNote aria-hidden="true" />
              {t("internal.note")}
            </span>
          ) : null}
          {head}
        </header>
        <div
          className={cx(
            look === "note" && "w-fit max-w-full rounded-panel bg-soon-soft px-3.5 py-2.5",
            look === "us" && "w-fit max-w-full rounded-panel bg-accent-soft px-3.5 py-2.5",
          )}
        >
          {children}
        </div>
      </div>
    </div>
  );
}

/** One message or note. */
export function MessageItem({ message, joined }: { message: Message; joined: boolean }) {
  const t = useT();
  const name = actorName(message.author, { t });
  const look = message.visibility === "internal" ? "note" : message.direction === "out" ? "us" : "customer";
  return (
    <article
      data-testid="message"
      data-visibility={message.visibility}
      aria-label={name}
      className={cx("group/message relative", joined ? "mt-1" : "mt-5")}
    >
      <MessageFrame
        name={name}
        seed={message.author.id ?? name}
        joined={joined}
        look={look}
        head={
          <>
            <Time at={message.createdAt} />
            {look === "us" ? <StatusMark status={message.status} /> : null}
          </>
        }
      >
        {message.body ? <BodyText text={message.body} mentions={message.mentions} /> : null}
        <Attachments files={message.attachments} />
      </MessageFrame>
      {message.heldUntil ? (
        <div className="mt-1 md:pl-11">
          <HeldMark message={message} until={message.heldUntil} />
        </div>
      ) : (
        <span className={cx("absolute right-0", joined ? "-top-1" : "-top-1.5")}>
          <MessageMenu message={message} />
        </span>
      )}
    </article>
  );
}
