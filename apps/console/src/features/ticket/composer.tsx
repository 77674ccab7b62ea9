import { type Message, maxBodyLength, type ThenAct, type Ticket } from "@okno/contract";
import { cx, IconButton, SegmentedControl, TextArea, toast } from "@okno/ui";
import { CornerUpLeft, Paperclip, StickyNote } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import type { Mode } from "../../shared/drafts/draft-text.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useNarrow } from "../../shared/layout/use-media.ts";
import { useMe } from "../../shared/session/session.ts";
import { useComposeT } from "./compose-messages.ts";
import { ComposerFiles } from "./composer-files.tsx";
import { ComposerStatus } from "./composer-status.tsx";
import { MentionList, mentionOption } from "./mention-list.tsx";
import { useT } from "./messages.ts";
import { SendButtons } from "./send-buttons.tsx";
import { useComposerCommands } from "./use-composer-commands.ts";
import { useCustomerLanguage } from "./use-customer-language.ts";
import { useMaxLength } from "./use-max-length.ts";
import { useMentions } from "./use-mentions.ts";
import { useUploads } from "./use-uploads.ts";
import type { Writing } from "./use-writing.ts";

export type ComposerProps = {
  ticket: Ticket;
  writing: Writing;
  /** What was said, for the language that it was said in. */
  messages: readonly Message[];
  canComplete: boolean;
  canPostpone: boolean;
  /** Escape: done with writing for now. */
  onLeave: () => void;
};

function useDrop(onFiles: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false);
  const has = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!has(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!has(event)) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}

function Attach({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const t = useT();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        size="sm"
        label={t("compose.attach")}
        icon={<Paperclip />}
        onClick={() => picker.current?.click()}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        data-testid="file-input"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}

function ModeSwitch({ mode, hidden, onMode }: { mode: Mode; hidden: boolean; onMode: (mode: Mode) => void }) {
  const t = useT();
  const narrow = useNarrow();
  if (hidden) return null;
  return (
    <SegmentedControl<Mode>
      size="sm"
      label={t("compose.mode")}
      value={mode}
      onValueChange={onMode}
      options={[
        { value: "reply", label: t("compose.reply"), icon: narrow ? null : <CornerUpLeft /> },
        { value: "note", label: t("compose.note"), icon: narrow ? null : <StickyNote /> },
      ]}
    />
  );
}

function usePlaceholder(note: boolean, customer: string | undefined, onlyNotes: boolean): string {
  const t = useT();
  if (onlyNotes) return t("internal.note");
  if (note) return t("compose.note.label");
  return customer ? t("compose.reply.to", { name: shortened(customer) }) : t("compose.reply.label");
}

const longestName = 40;

/** A placeholder is one line, whatever people call themselves. */
function shortened(name: string): string {
  const points = [...name];
  return points.length <= longestName
    ? name
    : `${points
        .slice(0, longestName - 1)
        .join("")
        .trimEnd()}…`;
}

/** Notes alone are few and short; so is room on a phone. */
function useLeastRows(onlyNotes: boolean): number {
  return useNarrow() || onlyNotes ? 1 : 2;
}

/** Where replies and notes are written. The text belongs to the draft; this draws it, takes files, names and keys. */
export function Composer({ ticket, writing, messages, canComplete, canPostpone, onLeave }: ComposerProps) {
  const { draft, change, field, submit } = writing;
  const t = useT();
  const compose = useComposeT();
  const locale = useLocale();
  const { preferences } = useMe();
  const list = useId();
  const [menu, setMenu] = useState(false);
  const language = useCustomerLanguage(ticket, messages);
  const { mode } = draft;
  const note = mode === "note";
  const text = draft[mode];
  const max = useMaxLength(note ? null : ticket.channelType);
  const { uploads, add, retry, remove } = useUploads(draft.attachments.length, (done) =>
    change((before) => ({ attachments: [...before.attachments, done] })),
  );
  const { over, handlers } = useDrop(add);
  const mentions = useMentions({
    project: ticket.project,
    enabled: note,
    text,
    field,
    onText: (next, mention) =>
      change((before) => ({
        [mode]: next,
        mentions: [...before.mentions.filter((each) => each.id !== mention.id), mention],
      })),
  });
  const trimmed = text.trim();
  const disabled =
    trimmed === "" ||
    trimmed.length > Math.min(max, maxBodyLength) ||
    uploads.some((upload) => !upload.error);
  const send = (andThen?: ThenAct) => {
    if (!disabled) void submit(andThen);
  };
  const sign = () => {
    if (preferences.signature === "") return toast({ title: compose("signature.none") });
    change((before) => ({
      mode: "reply",
      reply: `${before.reply.trimEnd()}\n\n${preferences.signature}`.trimStart(),
    }));
    field.current?.focus();
  };
  useComposerCommands({
    field,
    disabled,
    canComplete,
    canPostpone,
    onSend: send,
    onPostponeMenu: () => setMenu(true),
    onSignature: sign,
    onMention: () => {
      change((before) => ({ mode: "note", note: `${before.note}${/\S$/u.test(before.note) ? " " : ""}@` }));
      requestAnimationFrame(() => {
        field.current?.focus();
        mentions.look();
      });
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (mentions.onKeyDown(event) || event.key !== "Escape") return;
    event.preventDefault();
    onLeave();
  };
  return (
    <div
      data-testid="composer"
      data-mode={mode}
      {...handlers}
      className={cx(
        "relative rounded-panel border transition-colors ring-within",
        note ? "border-soon bg-soon-soft" : "border-line-strong bg-surface-1",
      )}
    >
      {mentions.open ? (
        <MentionList id={list} shown={mentions.shown} current={mentions.current} onChoose={mentions.choose} />
      ) : null}
      <TextArea
        ref={field}
        look="plain"
        minRows={useLeastRows(writing.onlyNotes)}
        maxRows={14}
        dir="auto"
        lang={note ? locale : (language?.tag ?? locale)}
        spellCheck
        aria-label={note ? t("compose.note.label") : t("compose.reply.label")}
        aria-autocomplete={note ? "list" : undefined}
        aria-controls={mentions.open ? list : undefined}
        aria-activedescendant={mentions.open ? mentionOption(list, mentions.current) : undefined}
        placeholder={usePlaceholder(note, ticket.contact?.name ?? undefined, writing.onlyNotes)}
        value={text}
        onChange={(event) => {
          change({ [mode]: event.target.value });
          mentions.look();
        }}
        onSelect={mentions.look}
        onBlur={() => {
          mentions.close();
          writing.save();
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          add(files);
        }}
        className="text-16! md:text-14!"
      />
      <ComposerFiles
        files={draft.attachments}
        uploads={uploads}
        onTakeOut={(id) =>
          change((before) => ({ attachments: before.attachments.filter((file) => file.id !== id) }))
        }
        onRetry={retry}
        onRemove={remove}
      />
      <div className="flex flex-wrap items-center gap-1.5 p-2">
        <ModeSwitch hidden={writing.onlyNotes} mode={mode} onMode={(next) => change({ mode: next })} />
        <Attach onFiles={add} />
        <ComposerStatus
          writing={writing}
          language={note ? undefined : language}
          length={trimmed.length}
          max={max}
        />
        <SendButtons
          mode={mode}
          reply={!writing.onlyNotes}
          disabled={disabled}
          canComplete={canComplete}
          canPostpone={canPostpone}
          open={menu}
          onOpenChange={setMenu}
          onSend={send}
          onSignature={sign}
        />
      </div>
      {over ? (
        <div className="absolute inset-0 grid place-items-center rounded-panel border-2 border-accent bg-overlay text-14 font-medium text-accent">
          {t("compose.drop")}
        </div>
      ) : null}
    </div>
  );
}
