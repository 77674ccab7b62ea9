import { useEffect } from "react";
import { onPresence } from "../live/live.ts";

type Said = { ticket: string | null; doing: "viewing" | "typing" | null; active: boolean };

/** Well within the twenty seconds after which the server forgets a viewer. */
const repeatMs = 8_000;
/** Well within the ten seconds after which it forgets that somebody types. */
const typingRepeatMs = 4_000;
/** A pause in typing that is longer is none. */
const typingPauseMs = 6_000;
/** How often, at most, it is worth saying that somebody is at the keys. */
const activeEveryMs = 60_000;

const tab = crypto.randomUUID();
let joined = false;
let ticket: string | null = null;
let typedAt = Number.NEGATIVE_INFINITY;
let touchedAt = 0;
let saidActiveAt = Number.NEGATIVE_INFINITY;
let saidTyping = false;
let saidAt = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setInterval> | undefined;

const visible = () => document.visibilityState === "visible";
const isTypingNow = () => performance.now() - typedAt < typingPauseMs;

/** Kept alive, so that the farewell of a closing page still arrives; nobody waits for the answer. */
function post(said: Said): void {
  const body = { ...said, tab };
  void fetch("/v1/presence", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    keepalive: true,
  }).catch(() => undefined);
}

function say(): void {
  const now = performance.now();
  const active = touchedAt > saidActiveAt || saidActiveAt === Number.NEGATIVE_INFINITY;
  if (active) saidActiveAt = now;
  saidTyping = ticket !== null && isTypingNow();
  saidAt = now;
  post({ ticket, doing: saidTyping ? "typing" : "viewing", active });
}

function leave(from: string): void {
  post({ ticket: from, doing: null, active: false });
}

function tick(): void {
  if (!joined || !visible()) return;
  const now = performance.now();
  const quiet = now - saidAt;
  if (saidTyping !== (ticket !== null && isTypingNow())) say();
  else if (saidTyping && quiet >= typingRepeatMs) say();
  else if (ticket !== null && quiet >= repeatMs) say();
  else if (touchedAt > saidActiveAt && now - saidActiveAt >= activeEveryMs) say();
}

function onTouch(): void {
  touchedAt = performance.now();
  if (joined && touchedAt - saidActiveAt >= activeEveryMs) say();
}

function onVisibility(): void {
  if (visible()) {
    onTouch();
    say();
  } else if (ticket !== null) leave(ticket);
}

const onPageHide = () => {
  if (ticket !== null) leave(ticket);
};

const touches = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** While somebody is signed in: says, from this tab, where they are and that they are there. Answers how to stop. */
export function joinPresence(): () => void {
  joined = true;
  touchedAt = performance.now();
  saidActiveAt = Number.NEGATIVE_INFINITY;
  const quiet = { passive: true, capture: true };
  for (const touch of touches) window.addEventListener(touch, onTouch, quiet);
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("pagehide", onPageHide);
  timer = setInterval(tick, 1_000);
  // The server has begun anew with us, and may have with everybody: it is told at once.
  const stopHearing = onPresence((frame) => {
    if (!frame.reset || !visible()) return;
    saidActiveAt = Number.NEGATIVE_INFINITY;
    say();
  });
  return () => {
    joined = false;
    clearInterval(timer);
    stopHearing();
    for (const touch of touches) window.removeEventListener(touch, onTouch, quiet);
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pagehide", onPageHide);
  };
}

/** Says that the reader looks at this ticket while the component is on the screen. */
export function useBeingAt(id: string): void {
  useEffect(() => {
    ticket = id;
    typedAt = Number.NEGATIVE_INFINITY;
    if (joined && visible()) say();
    return () => {
      if (ticket !== id) return;
      ticket = null;
      if (joined) leave(id);
    };
  }, [id]);
}

/** To be called with each change of a reply by its writer: colleagues see that it is being written. Notes are nobody's concern. */
export function typed(): void {
  const before = saidTyping;
  typedAt = performance.now();
  if (joined && ticket !== null && !before) say();
}

/** The reply is sent or thrown away: nobody types any more. */
export function stoppedTyping(): void {
  typedAt = Number.NEGATIVE_INFINITY;
  if (joined && saidTyping && visible()) say();
}
