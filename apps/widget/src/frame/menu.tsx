import { useEffect, useRef, useState } from "preact/hooks";
import { MoreIcon } from "./icons.tsx";
import { useChatState, useTools } from "./use-chat.ts";

/** Hands a file over that was fetched with the visitor's token. */
function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The few things done once in a long while: the sound, and a copy of the conversation. */
export function Menu() {
  const { chat, texts } = useTools();
  const { t } = texts;
  const { timeline, sound } = useChatState();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    box.current?.querySelector("button")?.focus();
    const leave = ({ target }: Event) => {
      if (!(target instanceof Node) || box.current?.parentElement?.contains(target)) return;
      setOpen(false);
    };
    addEventListener("pointerdown", leave);
    addEventListener("focusin", leave);
    return () => {
      removeEventListener("pointerdown", leave);
      removeEventListener("focusin", leave);
    };
  }, [open]);

  function close() {
    setOpen(false);
    button.current?.focus();
  }
  async function copy(format: "text" | "html") {
    setFailed(false);
    try {
      save(await chat.api.transcript(format, texts.lang), `chat.${format === "text" ? "txt" : "html"}`);
      close();
    } catch {
      setFailed(true);
    }
  }
  return (
    <div class="menu">
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={t("menu")}
        title={t("menu")}
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => setOpen(!open)}
      >
        <MoreIcon />
      </button>
      {open && (
        <fieldset
          ref={box}
          id="menu"
          class="menu-items"
          aria-label={t("menu")}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            close();
          }}
        >
          <button type="button" role="switch" aria-checked={sound} onClick={() => chat.setSound(!sound)}>
            {t("sound")}
            <span aria-hidden="true">{t(sound ? "on" : "off")}</span>
          </button>
          {timeline.messages.length > 0 && (
            <>
              <button type="button" onClick={() => void copy("text")}>
                {t("transcriptText")}
              </button>
              <button type="button" onClick={() => void copy("html")}>
                {t("transcriptPage")}
              </button>
            </>
          )}
          {failed && (
            <p class="wrong" role="alert">
              {t("transcriptFailed")}
            </p>
          )}
        </fieldset>
      )}
    </div>
  );
}
