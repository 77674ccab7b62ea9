import { Fragment } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Bubble, PendingBubble } from "./bubble.tsx";
import { Details } from "./details.tsx";
import { dayName } from "./format.ts";
import { DownIcon } from "./icons.tsx";
import { Rating } from "./rating.tsx";
import { linesOf } from "./timeline.ts";
import { useChatState, useTools } from "./use-chat.ts";

const nearPx = 80;

/** Stays at the end while the reader is at the end; otherwise nothing moves under the reader's eyes. */
function useSticking(newestKey: string, oldestKey: string) {
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ newestKey: "", oldestKey: "", height: 0 });
  const [below, setBelow] = useState(false);

  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  useLayoutEffect(() => {
    const at = box.current;
    if (!at) return;
    const last = before.current;
    if (last.oldestKey && last.oldestKey !== oldestKey && last.newestKey === newestKey)
      at.scrollTop += at.scrollHeight - last.height;
    else if (last.newestKey !== newestKey) {
      if (atEnd.current) toEnd();
      else setBelow(true);
    }
    before.current = { newestKey, oldestKey, height: at.scrollHeight };
  });
  // Pictures arrive after their bubbles, the keyboard after the focus.
  useLayoutEffect(() => {
    const at = box.current;
    if (!at) return;
    const watcher = new ResizeObserver(() => atEnd.current && toEnd());
    watcher.observe(at);
    if (at.firstElementChild) watcher.observe(at.firstElementChild);
    return () => watcher.disconnect();
  }, []);
  const onScroll = () => {
    const at = box.current;
    if (!at) return;
    atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < nearPx;
    if (atEnd.current) setBelow(false);
  };
  return { box, below, onScroll, toEnd };
}

export function Log() {
  const { chat, texts, config } = useTools();
  const { t } = texts;
  const { timeline, pending, sendingId, online, closed, loadingOlder, detailsDone, phase, user } =
    useChatState();
  const { completion, skipped, writer } = useChatState();
  const lines = linesOf(timeline.messages);
  const newestKey = pending.at(-1)?.externalId ?? timeline.messages.at(-1)?.id ?? "";
  const { box, below, onScroll, toEnd } = useSticking(newestKey, timeline.messages[0]?.id ?? "");
  const said = timeline.messages.filter(({ direction }) => direction === "in").length;
  // Asked after the first words, and not held against anyone who goes on without answering.
  const asks = said > 0 && said < 3 && !timeline.more && !closed && !detailsDone && !user;
  const rates = completion !== null && (completion.rating !== null || skipped !== completion.name);
  return (
    <div class="log-area">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section class="log-scroll" ref={box} onScroll={onScroll} tabIndex={0} aria-label={t("log")}>
        <div
          class="log"
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          aria-busy={phase === "opening"}
        >
          {timeline.more && (
            <button
              type="button"
              class="link older"
              disabled={loadingOlder}
              onClick={() => void chat.loadOlder()}
            >
              {t("older")}
            </button>
          )}
          {!timeline.more && phase !== "lost" && phase !== "gone" && (
            <div class="message theirs first greeting">
              <div class="bubble">
                <p class="words" dir="auto">
                  {config.greeting ?? t("writeFirst")}
                </p>
              </div>
            </div>
          )}
          {lines.map((line) => (
            <Fragment key={line.message.id}>
              {line.newDay && <div class="day">{dayName(line.message.at, texts)}</div>}
              <Bubble line={line} />
            </Fragment>
          ))}
          {pending.map((message) => (
            <PendingBubble
              key={message.externalId}
              message={message}
              sending={message.externalId === sendingId}
              online={online}
            />
          ))}
          {closed && pending.length === 0 && <p class="note">{t("closed")}</p>}
          {closed && pending.length === 0 && completion && rates && (
            <Rating key={completion.name} completion={completion} />
          )}
          {asks && <Details />}
        </div>
      </section>
      <div class="writer" role="status">
        {writer !== null && (
          <p>
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {writer ? t("writes", { name: writer }) : t("someoneWrites")}
          </p>
        )}
      </div>
      {below && (
        <button type="button" class="below" onClick={toEnd}>
          <DownIcon />
          {t("newBelow")}
        </button>
      )}
    </div>
  );
}
