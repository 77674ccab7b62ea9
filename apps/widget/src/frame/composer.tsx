import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ChosenFiles } from "./chosen-files.tsx";
import { ClipIcon, SendIcon } from "./icons.tsx";
import { useTools } from "./use-chat.ts";
import { useUploads } from "./use-uploads.ts";

const hasFiles = (data: DataTransfer | null) => data?.types.includes("Files") ?? false;

/** Files dropped anywhere in the frame belong to the next message. */
function useDrop(add: (files: Iterable<File>) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(false);
      latest.current(event.dataTransfer?.files ?? []);
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, []);
  return over;
}

export function Composer() {
  const { chat, texts, config } = useTools();
  const { t, count } = texts;
  const [draft, setDraft] = useState(() => chat.memory.get("draft") ?? "");
  const uploads = useUploads();
  const over = useDrop(uploads.add);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  // Grows with the words up to its max-height, then scrolls.
  useLayoutEffect(() => {
    const at = field.current;
    if (!at) return;
    at.style.height = "auto";
    at.style.height = `${at.scrollHeight}px`;
  }, [draft]);

  const excess = draft.trim().length - config.maxLength;
  const empty = draft.trim() === "" && uploads.done.length === 0;
  const cannot = empty || excess > 0 || !uploads.ready;

  function write(text: string) {
    setDraft(text);
    chat.memory.set("draft", text || undefined);
    chat.wrote(text !== "");
  }

  function send(event?: Event) {
    event?.preventDefault();
    field.current?.focus();
    if (cannot) return;
    chat.say(draft.trim(), uploads.done);
    uploads.forget(uploads.chosen);
    write("");
  }

  return (
    <form class="composer" onSubmit={send}>
      {over && <div class="drop">{t("drop")}</div>}
      <ChosenFiles uploads={uploads} />
      {uploads.tooMany && (
        <p class="wrong" role="alert">
          {t("tooManyFiles", { n: count(config.maxAttachments, "files") })}
        </p>
      )}
      {excess > 0 && (
        <p class="wrong" role="status">
          {t("tooLong", { n: count(excess, "characters") })}
        </p>
      )}
      <div class="composer-row">
        <button
          type="button"
          class="icon-button"
          aria-label={t("attach")}
          title={t("attach")}
          onClick={() => picker.current?.click()}
        >
          <ClipIcon />
        </button>
        <input
          ref={picker}
          class="hidden"
          type="file"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          onChange={({ currentTarget }) => {
            uploads.add(currentTarget.files ?? []);
            currentTarget.value = "";
            field.current?.focus();
          }}
        />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={draft}
          placeholder={t("placeholder")}
          aria-label={t("placeholder")}
          enterkeyhint="send"
          onInput={({ currentTarget }) => write(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
          }}
          onPaste={(event) => {
            const files = event.clipboardData?.files;
            if (!files?.length) return;
            event.preventDefault();
            uploads.add(files);
          }}
        />
        <button type="submit" class="send" aria-label={t("send")} title={t("send")} aria-disabled={cannot}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
