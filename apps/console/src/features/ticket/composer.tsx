import type { Attachment } from "@okno/contract";
import {
  Button,
  cx,
  DropdownItem,
  DropdownMenu,
  FileChip,
  formatBytes,
  IconButton,
  SegmentedControl,
  TextArea,
} from "@okno/ui";
import { ChevronDown, CornerUpLeft, Paperclip, StickyNote } from "lucide-react";
import { type DragEvent, type KeyboardEvent, type Ref, useRef, useState } from "react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useMedia, useNarrow } from "../../shared/layout/use-media.ts";
import type { Draft, Mode } from "./drafts.ts";
import { useT } from "./messages.ts";
import { type Upload, useUploads } from "./use-uploads.ts";

export type ComposerProps = {
  draft: Draft;
  change: (next: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void;
  customer: string | undefined;
  canComplete: boolean;
  field: Ref<HTMLTextAreaElement>;
  onSend: (complete: boolean) => void;
  onLeave: () => void;
};

function Files({
  draft,
  change,
  uploads,
  onRetry,
  onRemove,
}: Pick<ComposerProps, "draft" | "change"> & {
  uploads: readonly Upload[];
  onRetry: (upload: Upload) => void;
  onRemove: (key: string) => void;
}) {
  const t = useT();
  const locale = useLocale();
  if (draft.attachments.length + uploads.length === 0) return null;
  return (
    <ul aria-label={t("attachments")} className="flex flex-wrap gap-2 px-3 pb-1">
      {draft.attachments.map((file: Attachment) => (
        <li key={file.id}>
          <FileChip
            name={file.name}
            detail={formatBytes(file.sizeBytes, locale)}
            removeLabel={t("file.remove", { name: file.name })}
            onRemove={() =>
              change((before) => ({ attachments: before.attachments.filter((each) => each.id !== file.id) }))
            }
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.key}>
          <FileChip
            name={upload.file.name}
            detail={upload.error ?? t("file.uploading")}
            state={upload.error ? "failed" : "uploading"}
            progress={upload.progress}
            retryLabel={t("file.retry")}
            onRetry={() => onRetry(upload)}
            removeLabel={t("file.remove", { name: upload.file.name })}
            onRemove={() => onRemove(upload.key)}
          />
        </li>
      ))}
    </ul>
  );
}

function SendButtons({
  mode,
  disabled,
  canComplete,
  onSend,
}: { mode: Mode; disabled: boolean } & Pick<ComposerProps, "canComplete" | "onSend">) {
  const t = useT();
  // Between phone and desktop the keys would push the button onto a line of its own.
  const shortcut = useMedia("(max-width: 62rem)") ? undefined : "mod+enter";
  if (mode === "note")
    return (
      <Button size="sm" shortcut={shortcut} disabled={disabled} onClick={() => onSend(false)}>
        {t("compose.save")}
      </Button>
    );
  return (
    <span className="flex">
      <Button
        size="sm"
        shortcut={shortcut}
        disabled={disabled}
        onClick={() => onSend(false)}
        className={canComplete ? "rounded-r-none!" : ""}
      >
        {t("compose.send")}
      </Button>
      {canComplete ? (
        <DropdownMenu
          side="top"
          trigger={
            <IconButton
              size="sm"
              variant="secondary"
              label={t("compose.more")}
              icon={<ChevronDown />}
              disabled={disabled}
              className="-ml-px rounded-l-none!"
            />
          }
        >
          <DropdownItem shortcut="mod+shift+enter" onSelect={() => onSend(true)}>
            {t("compose.send.complete")}
          </DropdownItem>
        </DropdownMenu>
      ) : null}
    </span>
  );
}

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

/** Where replies and notes are written. The text belongs to the draft; this draws it and takes files. */
export function Composer(props: ComposerProps) {
  const { draft, change, customer, canComplete, field, onSend, onLeave } = props;
  const t = useT();
  const picker = useRef<HTMLInputElement>(null);
  const { uploads, add, retry, remove } = useUploads(draft.attachments.length, (done) =>
    change((before) => ({ attachments: [...before.attachments, done] })),
  );
  const { over, handlers } = useDrop(add);
  const narrow = useNarrow();
  const { mode } = draft;
  const note = mode === "note";
  const empty = draft[mode].trim() === "" || uploads.some((upload) => !upload.error);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      onLeave();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || empty) return;
    event.preventDefault();
    onSend(event.shiftKey && canComplete && !note);
  };
  const placeholder = note
    ? t("compose.note.label")
    : customer
      ? t("compose.reply.to", { name: customer })
      : t("compose.reply.label");
  return (
    <div
      data-testid="composer"
      {...handlers}
      className={cx(
        "relative rounded-panel border border-line-strong transition-colors ring-within",
        note ? "bg-soon-soft" : "bg-surface-1",
      )}
    >
      <TextArea
        ref={field}
        look="plain"
        minRows={narrow ? 1 : 2}
        maxRows={14}
        dir="auto"
        aria-label={note ? t("compose.note.label") : t("compose.reply.label")}
        placeholder={placeholder}
        value={draft[mode]}
        onChange={(event) => change({ [mode]: event.target.value })}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          add(files);
        }}
        className="text-16! md:text-14!"
      />
      <Files draft={draft} change={change} uploads={uploads} onRetry={retry} onRemove={remove} />
      <div className="flex flex-wrap items-center gap-1.5 p-2">
        <SegmentedControl<Mode>
          size="sm"
          label={t("compose.mode")}
          value={mode}
          onValueChange={(next) => change({ mode: next })}
          options={[
            { value: "reply", label: t("compose.reply"), icon: narrow ? null : <CornerUpLeft /> },
            { value: "note", label: t("compose.note"), icon: narrow ? null : <StickyNote /> },
          ]}
        />
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
            add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <span className="flex-1" />
        <SendButtons mode={mode} disabled={empty} canComplete={canComplete} onSend={onSend} />
      </div>
      {over ? (
        <div className="absolute inset-0 grid place-items-center rounded-panel border-2 border-accent bg-overlay text-14 font-medium text-accent">
          {t("compose.drop")}
        </div>
      ) : null}
    </div>
  );
}
