import { useEffect, useState } from "preact/hooks";
import { Composer } from "./composer.tsx";
import { deskWords } from "./desk.ts";
import { CloseIcon } from "./icons.tsx";
import { Log } from "./log.tsx";
import { Menu } from "./menu.tsx";
import type { Parent } from "./parent.ts";
import { useChatState, useTools } from "./use-chat.ts";

const patienceMs = 2_000;

/** Says that the line is down only when it stays down: most breaks heal before anybody could read of them. */
function useTrouble(): "offline" | "reconnecting" | "failed" | undefined {
  const { online, connected, phase } = useChatState();
  const down = !online || !connected;
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    setLasting(false);
    if (!down) return;
    const timer = setTimeout(() => setLasting(true), online ? patienceMs : 0);
    return () => clearTimeout(timer);
  }, [down, online]);
  if (!down || !lasting) return undefined;
  if (!online) return "offline";
  return phase === "opening" ? "failed" : "reconnecting";
}

function Ended({ phase }: { phase: "lost" | "gone" }) {
  const { chat, texts } = useTools();
  return (
    <div class="ended">
      <p role="alert">{texts.t(phase)}</p>
      {phase === "lost" && (
        <button type="button" class="quiet" onClick={() => chat.startAnew()}>
          {texts.t("startAnew")}
        </button>
      )}
    </div>
  );
}

export function App({ parent }: { parent: Parent }) {
  const { texts, config } = useTools();
  const { t } = texts;
  const { phase, desk } = useChatState();
  const expect = deskWords(desk, texts);
  const trouble = useTrouble();
  return (
    <main class="frame">
      <header class="head">
        <div class="head-text">
          <h1 dir="auto">{config.title}</h1>
          {expect && <p class={desk.open ? "desk" : "desk shut"}>{expect}</p>}
        </div>
        <Menu />
        {parent.framed && (
          <button
            type="button"
            class="icon-button"
            aria-label={t("close")}
            title={t("close")}
            onClick={() => parent.post("close")}
          >
            <CloseIcon />
          </button>
        )}
      </header>
      <div class="trouble" role="status">
        {trouble && <p>{t(trouble)}</p>}
      </div>
      <Log />
      {phase === "lost" || phase === "gone" ? <Ended phase={phase} /> : <Composer />}
    </main>
  );
}
