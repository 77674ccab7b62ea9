import type { NotificationFrame, PresenceFrame, StreamEvent } from "@okno/contract";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { reportSessionLost } from "../api/client.ts";
import { LiveConnection } from "./connection.ts";
import type { LiveCommand, LiveMessage } from "./protocol.ts";

type Line = { post: (command: LiveCommand) => void };

/** A short break is not worth a word. */
const offlineAfterMs = 2000;

const eventListeners = new Set<(event: StreamEvent) => void>();
const notificationListeners = new Set<(frame: NotificationFrame) => void>();
const presenceListeners = new Set<(frame: PresenceFrame) => void>();
const resyncListeners = new Set<() => void>();
const lineListeners = new Set<() => void>();
const soundListeners = new Set<(up: boolean) => void>();
let line: Line | undefined;
let up = false;
let offline = false;
let offlineTimer: ReturnType<typeof setTimeout> | undefined;

function setOffline(next: boolean): void {
  if (offline === next) return;
  offline = next;
  for (const listener of lineListeners) listener();
}

function setLine(next: boolean): void {
  up = next;
  for (const listener of soundListeners) listener(up);
  clearTimeout(offlineTimer);
  if (up) setOffline(false);
  else offlineTimer = setTimeout(() => setOffline(true), offlineAfterMs);
}

function hear(message: LiveMessage): void {
  if (message.kind === "event") for (const listener of eventListeners) listener(message.event);
  else if (message.kind === "notification")
    for (const listener of notificationListeners) listener(message.frame);
  else if (message.kind === "presence") for (const listener of presenceListeners) listener(message.frame);
  else if (message.kind === "resync") for (const listener of resyncListeners) listener();
  else if (message.kind === "line") setLine(message.up);
  else reportSessionLost();
}

function openShared(): Line {
  const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "okno-live",
  });
  worker.port.addEventListener("message", (event: MessageEvent<LiveMessage>) => hear(event.data));
  worker.port.start();
  return { post: (command) => worker.port.postMessage(command) };
}

/** For browsers without SharedWorker: the tab keeps a stream of its own. */
function openOwn(): Line {
  const connection = new LiveConnection({ send: hear });
  const act = {
    join: () => {
      connection.start();
      hear({ kind: "resync" });
    },
    leave: () => connection.stop(),
    wake: () => connection.wake(),
  };
  return { post: (command) => act[command.kind]() };
}

const wake = () => line?.post({ kind: "wake" });
const leave = () => line?.post({ kind: "leave" });

/** Joins the stream of this session; answers how to leave it. */
export function joinLive(session: string): () => void {
  line ??= typeof SharedWorker === "undefined" ? openOwn() : openShared();
  const joined = line;
  const rejoin = (event: PageTransitionEvent) => {
    // Back from the browser's page cache: the worker has forgotten this tab.
    if (event.persisted) joined.post({ kind: "join", session });
  };
  joined.post({ kind: "join", session });
  window.addEventListener("online", wake);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", rejoin);
  return () => {
    leave();
    clearTimeout(offlineTimer);
    setOffline(false);
    window.removeEventListener("online", wake);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("pageshow", rejoin);
  };
}

/** Hears every event of the journal that the person may see, in order. */
export function useLiveEvents(handler: (event: StreamEvent) => void): void {
  const handle = useEffectEvent(handler);
  useEffect(() => {
    const listener = (event: StreamEvent) => handle(event);
    eventListeners.add(listener);
    return () => {
      eventListeners.delete(listener);
    };
  }, []);
}

/** Hears what the person is told, once in every tab. */
export function useNotificationFrames(handler: (frame: NotificationFrame) => void): void {
  const handle = useEffectEvent(handler);
  useEffect(() => {
    const listener = (frame: NotificationFrame) => handle(frame);
    notificationListeners.add(listener);
    return () => {
      notificationListeners.delete(listener);
    };
  }, []);
}

/** Hears who is where, for what keeps it; answers how to stop. */
export function onPresence(listener: (frame: PresenceFrame) => void): () => void {
  presenceListeners.add(listener);
  return () => {
    presenceListeners.delete(listener);
  };
}

/** Called when events may have been missed: fetch again what is on the screen. */
export function useResync(handler: () => void): void {
  const handle = useEffectEvent(handler);
  useEffect(() => {
    const listener = () => handle();
    resyncListeners.add(listener);
    return () => {
      resyncListeners.delete(listener);
    };
  }, []);
}

/** Is the server heard now? */
export const isLineUp = (): boolean => up;

/** Calls back whenever the server is heard, or is heard no more. */
export function onLine(listener: (up: boolean) => void): () => void {
  soundListeners.add(listener);
  return () => soundListeners.delete(listener);
}

function subscribeLine(listener: () => void): () => void {
  lineListeners.add(listener);
  return () => lineListeners.delete(listener);
}

/** True when the stream has been down for more than two seconds. */
export function useOffline(): boolean {
  return useSyncExternalStore(
    subscribeLine,
    () => offline,
    () => false,
  );
}
